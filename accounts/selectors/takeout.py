"""Everything the accounts floor keeps about a person, as the person takes it home."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

import msgspec
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.utils.translation import get_language

from accounts.engine.archive import json_of
from accounts.engine.scopes import classes_of
from accounts.models import (
    FAMILY_PLACE,
    IDENTITY_PLACE,
    NAME_PLACE,
    BrokenGlass,
    Card,
    Connection,
    Device,
    FamilyName,
    HomeChoices,
    Identity,
    Mandate,
    Membership,
    NightCredential,
    PhoneNumber,
    Profile,
    User,
    Verification,
)
from accounts.selectors.contacts import contacts_in
from accounts.selectors.identities import OwnIdentity, VerificationView, verification_view
from accounts.selectors.organisations import reader_names
from accounts.selectors.sign_ins import devices_of
from accounts.selectors.staff import called_in
from accounts.selectors.takeout_consents import consent_parts
from accounts.selectors.takeout_log import log_parts
from accounts.selectors.takeout_messages import message_parts
from kernel.access import access
from kernel.contributions import ExportPart
from kernel.models import TreeHead
from kernel.problems import _

PURPOSE = "accounts.my_export"


class ProfileRecord(msgspec.Struct, frozen=True):
    """Who I am."""

    resident_id: UUID
    display_name: str
    language: str
    account_level: int
    account_level_since: datetime | None
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
    called: str = ""


class IdentityRecord(msgspec.Struct, frozen=True):
    """Who I am by my papers, and each step in how surely the city knows me."""

    identity: OwnIdentity | None
    card_bound_at: datetime | None
    steps: list[VerificationView]


class MandateRecord(msgspec.Struct, frozen=True):
    """Who acts or acted for me, or for whom I do or did: ``name`` is the other's, while the mandate stands."""

    acts_for_me: bool
    name: str
    role: str
    scopes: list[str]
    evidence: str
    created_at: datetime
    starts_at: datetime
    ends_at: datetime | None
    ended_at: datetime | None
    ended_because: str


class ConnectionRecord(msgspec.Struct, frozen=True):
    """A service that knows or knew me by this ID."""

    service: str
    organisation: str
    scopes: list[str]
    classes: list[str]
    connected_at: datetime
    last_used_at: datetime
    ended_at: datetime | None


class DeviceRecord(msgspec.Struct, frozen=True):
    """A till or another device for which I answer."""

    kind: str
    label: str
    organisation: str
    approved_at: datetime
    last_seen_at: datetime
    ended_at: datetime | None


class NightRecord(msgspec.Struct, frozen=True):
    """What one of my phones holds for a night without the city's servers: its pseudonym, the phone's key, the days it is good."""

    pseudonym: UUID
    phone_key: str
    issued_at: datetime
    expires_at: datetime


class EmergencyRecord(msgspec.Struct, frozen=True):
    """That my data could be read without my consent, for whom, why, from when to when."""

    office: str
    classes: list[str]
    reason: str
    broken_at: datetime
    ends_at: datetime
    ended_at: datetime | None


class HomeRecord(msgspec.Struct, frozen=True):
    """Which kinds of cards I want first on Home, and which not at all."""

    pinned: list[str]
    hidden: list[str]


def parts_about(resident_id: UUID, *, head: TreeHead | None, at: datetime) -> Iterator[ExportPart]:
    """Return the files, read with the person as actor, in the language active now.

    ``head`` is the signed head under which each entry of the access log is proved; None where nothing is signed yet.
    """
    user = User.objects.select_related("resident").get(resident_id=resident_id)
    name, contacts = _opened(resident_id)
    profile = ProfileRecord(
        resident_id, name, user.language, user.account_level, user.account_level_since, user.resident.created_at
    )
    yield _part("profile", profile, _("プロフィール"))
    yield _part("contacts", _contacts(user.pk, contacts), _("連絡先"))
    yield _part("identity", _identity(resident_id), _("本人確認の情報と履歴"))
    yield _part("sign_ins", _sign_ins(user.pk), _("サインインの方法と機器"))
    yield _part("roles", _roles(resident_id), _("役割"))
    yield _part("family", _mandates(resident_id), _("家族と代理"))
    yield _part("connections", _connections(resident_id), _("連携サービス"))
    yield _part("devices", _devices(resident_id), _("責任者になっている端末"))
    yield _part("night_credentials", _night(resident_id), _("停電の夜のための証明"))
    yield _part("emergencies", _emergencies(resident_id), _("緊急の閲覧"))
    yield _part("home", _home(resident_id), _("ホームの設定"))
    yield from message_parts(resident_id, at=at)
    yield from consent_parts(resident_id, at=at)
    yield from log_parts(resident_id, head=head, at=at)


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


def _identity(me: UUID) -> IdentityRecord:
    bound_at = Card.objects.filter(pk=me).values_list("bound_at", flat=True).first()
    with access(purpose=PURPOSE, actor=me, subject=me, classes=["identity"]) as opened:
        row, identity = Identity.objects.filter(pk=me).first(), None
        if row is not None:
            values = msgspec.json.decode(opened.unseal(bytes(row.values), IDENTITY_PLACE))
            identity = OwnIdentity(**values, source=row.source, checked_at=row.checked_at)
        steps = Verification.objects.filter(resident_id=me).order_by("created_at", "id")
        return IdentityRecord(identity, bound_at, [verification_view(each) for each in steps])


def _sign_ins(user_id: UUID) -> list[SignInRecord]:
    ways = Authenticator.objects.filter(user_id=user_id).order_by("created_at", "id")
    kept = [SignInRecord(way.type, str(way), way.created_at, way.last_used_at) for way in ways]
    return kept + [SignInRecord("device", row.user_agent, row.created_at, None) for row in devices_of(user_id)]


def _roles(resident_id: UUID) -> list[RoleRecord]:
    rows = Membership.objects.filter(resident_id=resident_id).select_related("organisation").order_by("began_at", "id")
    return [RoleRecord(row.organisation.name, row.role, row.began_at, row.ended_at, called_in(row)) for row in rows]


def _mandates(me: UUID) -> list[MandateRecord]:
    with access(purpose=PURPOSE, actor=me, subject=me, classes=["family"]) as opened:
        rows = FamilyName.objects.filter(subject_id=me)
        names = {row.mandate_id: opened.unseal(bytes(row.name), FAMILY_PLACE) for row in rows}
    held = Mandate.objects.filter(principal_id=me) | Mandate.objects.filter(delegate_id=me)
    return [
        MandateRecord(
            row.principal_id == me, names.get(row.pk, ""), row.role, row.scopes, row.evidence, row.created_at,
            row.starts_at, row.ends_at, row.ended_at, row.ended_because,
        )
        for row in held.order_by("created_at", "id")
    ]  # fmt: skip


def _connections(me: UUID) -> list[ConnectionRecord]:
    rows = Connection.objects.filter(resident_id=me).select_related("partner__organisation").order_by("at", "id")
    is_japanese = (get_language() or "ja").startswith("ja")
    return [
        ConnectionRecord(
            row.partner.name if is_japanese else row.partner.name_en,
            row.partner.organisation.name if is_japanese else row.partner.organisation.name_en,
            row.scopes.split(), classes_of(row.scopes.split()), row.at, row.last_used_at, row.ended_at,
        )
        for row in rows
    ]  # fmt: skip


def _devices(me: UUID) -> list[DeviceRecord]:
    rows = Device.objects.filter(approved_by_id=me).select_related("organisation").order_by("at", "id")
    return [
        DeviceRecord(row.kind, row.label, row.organisation.name, row.at, row.last_seen_at, row.ended_at) for row in rows
    ]


def _night(me: UUID) -> list[NightRecord]:
    rows = NightCredential.objects.filter(resident_id=me).order_by("issued_at", "id")
    return [NightRecord(row.pk, row.thumbprint, row.issued_at, row.expires_at) for row in rows]


def _emergencies(me: UUID) -> list[EmergencyRecord]:
    rows = list(BrokenGlass.objects.filter(subject_id=me).order_by("broken_at", "id"))
    names = reader_names({row.recipient for row in rows})
    return [
        EmergencyRecord(names.get(row.recipient, ""), row.classes, row.reason, row.broken_at, row.ends_at, row.ended_at)
        for row in rows
    ]


def _home(me: UUID) -> HomeRecord:
    with access(purpose=PURPOSE, actor=me, subject=me, classes=["home"]):
        chosen = HomeChoices.objects.filter(pk=me).first() or HomeChoices(resident_id=me)
        return HomeRecord(chosen.pinned, chosen.hidden)


def _part(name: str, records: object, title: object) -> ExportPart:
    return ExportPart(f"accounts/{name}.json", json_of(records), title)
