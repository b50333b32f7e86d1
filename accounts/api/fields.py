"""The telephone number as a form field: typed in any of the usual ways, kept in E.164."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.engine.telephone import Fault, NumberRefused, normalise
from accounts.gateways.sms import sms_gateway

WORDS = {
    Fault.UNREADABLE: _("電話番号を確認してください。例：090-1234-5678（海外の番号は + と国番号から）"),
    Fault.NO_SMS: _("SMSを受け取れる携帯電話の番号（060・070・080・090）を入力してください。"),
}
NO_SMS_HERE = _("このまちでは電話番号でのサインインはまだ使えません。メールアドレスをご利用ください。")


class TelephoneField(forms.CharField):
    """Reads a number; where the city sends no SMS it refuses every one and says so."""

    def __init__(self, **kwargs: Any) -> None:
        """Bound what is read."""
        super().__init__(max_length=32, **kwargs)

    def clean(self, value: Any) -> str:
        """Return E.164, empty for nothing; :raises ValidationError: with words for the person."""
        typed: str = super().clean(value)
        if not typed:
            return ""
        if sms_gateway() is None:
            raise ValidationError(NO_SMS_HERE, code="phone_not_offered")
        try:
            return normalise(typed)
        except NumberRefused as refused:
            raise ValidationError(WORDS[refused.fault], code=refused.fault.value) from None
