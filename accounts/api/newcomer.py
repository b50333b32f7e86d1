"""What a person may say of themself when they sign up, beside the address (allauth's ACCOUNT_SIGNUP_FORM_CLASS)."""

from django import forms
from django.core.validators import RegexValidator
from django.http import HttpRequest

from accounts.engine.names import WITHOUT_CONTROLS
from accounts.models import User


class Newcomer(forms.Form):
    """A name to be called by, and whether the person is a guest of the town."""

    display_name = forms.CharField(max_length=60, required=False, validators=[RegexValidator(WITHOUT_CONTROLS)])
    is_guest = forms.BooleanField(required=False)

    def signup(self, request: HttpRequest, user: User) -> None:
        """Do nothing more: the person came into being in one transaction (allauth calls this after it)."""
