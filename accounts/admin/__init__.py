"""The staff's doors of this floor. People have no page here: they are read for a reason, one at a time."""

import allauth.account.admin
import allauth.idp.oidc.admin
import allauth.mfa.admin
import allauth.usersessions.admin  # noqa: F401 - registers what is taken away below
import django.contrib.auth.admin  # noqa: F401 - the same
from allauth.account.models import EmailAddress
from allauth.idp.oidc.models import Client, Token
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.contrib.auth.models import Group

from accounts.admin import agreements, broadcasts, glass, mandates, organisations, partners

for personal in (EmailAddress, Authenticator, UserSession, Group, Client, Token):
    if admin.site.is_registered(personal):
        admin.site.unregister(personal)

__all__ = ["agreements", "broadcasts", "glass", "mandates", "organisations", "partners"]
