"""Everything the accounts floor keeps about a person, as the person takes it home."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

from accounts.models import NAME_PLACE, Membership, PhoneNumber, Profile, User
from accounts.selectors.contacts import contacts_in
from accounts.selectors.sign_ins import devices_of
from kernel.access import access
from kernel.contributions import ExportPart
from kernel.problems import _

PURPOSE = "accounts.my_export"


class ProfileRecord(msgspec.Struct, frozen=True):
    """Who I am."""

    resident_id: UUID
    display_name: str
    language: str
    account_level: int
    arrived_at: datetime


class ContactRecord(msgspec.Struct, frozen=True):
    """How I am reached."""

    kind: str
    value: str
    is_confirmed: bool
    is_primary: bool


class SignInRecord(msgspec.Struct, frozen=True):
    """A passkey or another way in, or a device where I am signed in."""

    kind: str
    name: str
    created_at: datetime
    last_used_at: datetime | None


class RoleRecord(msgspec.Struct, frozen=True):
    """What I was, where, from when to when."""

    organisation: str
    role: str
    began_at: datetime
    ended_at: datetime | None


def parts_about(resident_id: UUID) -> Iterator[ExportPart]:
    """Return the files, read with the person as actor."""
    user = User.objects.select_related("resident").get(resident_id=resident_id)
    name, contacts = _opened(resident_id)
    profile = ProfileRecord(resident_id, name, user.language, user.account_level, user.resident.created_at)
    yield _part("accounts/profile.json", profile, _("プロフィール"))
    yield _part("accounts/contacts.json", _contacts(user.pk, contacts), _("連絡先"))
    yield _part("accounts/sign_ins.json", _sign_ins(user.pk), _("サインインの方法と機器"))
    yield _part("accounts/roles.json", _roles(resident_id), _("役割"))


def _opened(resident_id: UUID) -> tuple[str, dict[str, str]]:
    me = resident_id
    with access(purpose=PURPOSE, actor=me, subject=me, classes=["contacts", "profile"]) as opened:
        profile = Profile.objects.filter(pk=resident_id).first()
        name = opened.unseal(bytes(profile.display_name), NAME_PLACE) if profile is not None else ""
        return name, contacts_in(resident_id)


def _contacts(user_id: UUID, contacts: dict[str, str]) -> list[ContactRecord]:
    emails = EmailAddress.objects.filter(user_id=user_id).order_by("id").values_list("email", "verified", "primary")
    numbers = PhoneNumber.objects.filter(pk=user_id).values_list("number", "is_verified")
    return [ContactRecord("email", contacts[token], verified, primary) for token, verified, primary in emails] + [
        ContactRecord("phone", contacts[token], verified, is_primary=False) for token, verified in numbers
    ]


def _sign_ins(user_id: UUID) -> list[SignInRecord]:
    ways = Authenticator.objects.filter(user_id=user_id).order_by("created_at", "id")
    kept = [SignInRecord(way.type, str(way), way.created_at, way.last_used_at) for way in ways]
    return kept + [SignInRecord("device", row.user_agent, row.created_at, None) for row in devices_of(user_id)]


def _roles(resident_id: UUID) -> list[RoleRecord]:
    rows = Membership.objects.filter(resident_id=resident_id).select_related("organisation").order_by("began_at", "id")
    return [RoleRecord(row.organisation.name, row.role, row.began_at, row.ended_at) for row in rows]


def _part(path: str, records: Any, title: Any) -> ExportPart:
    return ExportPart(path, msgspec.json.format(msgspec.json.encode(records), indent=2), title)
