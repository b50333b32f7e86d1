"""Addresses, numbers, sessions and passkeys of before are sealed."""

import hashlib
import os
from typing import Any

import msgspec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.contrib.sessions.backends.db import SessionStore as ClearSessions
from django.db import migrations

from kernel import clock, keys
from kernel.access import access
from kernel.blind_index import blind_index
from kernel.principal import SYSTEM_ACTOR

MARK, CONTACT, AUTHENTICATOR = "sealed:", "accounts.contact", "accounts.authenticator"
CLEAR = "^.{1,39}$"  # a row's key has 40 signs


def seal_contacts(apps: Any, _editor: Any) -> None:
    """Seal each address and number with its person's key. Done again, this function will go on where it stopped."""
    for model, name in (("account.EmailAddress", "email"), ("accounts.PhoneNumber", "number")):
        rows = apps.get_model(model).objects.select_related("user").order_by("pk")
        for row in list(rows.exclude(**{f"{name}__startswith": MARK})):
            _seal_contact(apps.get_model("accounts.Contact"), row, name)


def _seal_contact(contacts: Any, row: Any, name: str) -> None:
    clear, resident = getattr(row, name).lower(), row.user.resident_id
    token = MARK + blind_index(clear, CONTACT)
    with access(purpose="accounts.seal_contacts", actor=SYSTEM_ACTOR, subject=resident, classes=["contacts"]) as opened:
        contact = contacts(resident_id=resident, token=token, sealed=opened.seal(clear, CONTACT))
        contacts.objects.bulk_create([contact], ignore_conflicts=True)
        type(row).objects.filter(pk=row.pk).update(**{name: token})


def seal_sessions(apps: Any, _editor: Any) -> None:
    """Name each session by the hash of its key and seal what it holds, so that nobody is signed out."""
    sessions, devices = apps.get_model("sessions.Session"), apps.get_model("usersessions.UserSession")
    sessions.objects.filter(expire_date__lt=clock.now()).delete()
    for clear in list(sessions.objects.filter(session_key__regex=CLEAR)):
        key, data = clear.session_key, ClearSessions().decode(clear.session_data)
        row = keys.base64url(hashlib.sha256(b"machi session row\0" + key.encode()).digest())[:40]
        sessions.objects.create(session_key=row, session_data=_sealed_session(key, data), expire_date=clear.expire_date)
        devices.objects.filter(session_key=key).update(session_key=row)
        clear.delete()
    devices.objects.filter(session_key__regex=CLEAR).delete()
    devices.objects.update(ip="0.0.0.0", user_agent="")  # noqa: S104 - nobody listens there


def _sealed_session(key: str, data: Any) -> str:
    nonce, cipher = os.urandom(12), AESGCM(hashlib.sha256(b"machi session seal\0" + key.encode()).digest())
    return keys.base64url(nonce + cipher.encrypt(nonce, msgspec.json.encode(data), None))


def seal_authenticators(apps: Any, _editor: Any) -> None:
    """Seal passkeys."""
    authenticators = apps.get_model("mfa.Authenticator")
    for row in list(authenticators.objects.exclude(data__has_key="sealed")):
        sealed = keys.seal_message(msgspec.json.encode(row.data), AUTHENTICATOR)
        authenticators.objects.filter(pk=row.pk).update(data={"sealed": keys.base64url(sealed)})


class Migration(migrations.Migration):
    """Each person in a transaction of their own, so that the log has each reading; what is clear no more cannot be made clear."""

    atomic = False
    dependencies = [
        ("accounts", "0013_sealed_contacts"),
        ("account", "0009_emailaddress_unique_primary_email"),
        ("mfa", "0003_authenticator_type_uniq"),
        ("sessions", "0001_initial"),
        ("usersessions", "0001_initial"),
    ]
    operations = [
        migrations.RunPython(seal_contacts, migrations.RunPython.noop),
        migrations.RunPython(seal_sessions, migrations.RunPython.noop, atomic=True),
        migrations.RunPython(seal_authenticators, migrations.RunPython.noop, atomic=True),
    ]
