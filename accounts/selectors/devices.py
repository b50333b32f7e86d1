"""Devices as the people see them who answer for them, and as the doors know them again."""

from datetime import datetime
from uuid import UUID

import msgspec
from django.db.models import QuerySet
from django.utils.crypto import salted_hmac

from accounts.engine.user_codes import normalised
from accounts.errors import DeviceCodeUnknown
from accounts.models import DEVICES_OF, Device, DeviceRequest, Organisation
from accounts.selectors.organisations import OrganisationView, organisations_of
from accounts.selectors.partners import living_token
from accounts.selectors.principals import DevicePrincipal
from kernel.principal import Principal

TILL, OTHERS = "accounts.approve_till", "accounts.approve_device"
SIGN = "signage"


class DeviceView(msgspec.Struct, frozen=True):
    """A device: where it stands, since when, and when it last spoke."""

    id: UUID
    kind: str
    label: str
    organisation_id: UUID
    organisation: str
    organisation_en: str
    approved_at: datetime
    last_seen_at: datetime


class DeviceAsk(msgspec.Struct, frozen=True):
    """A device that waits, and the places where the one who looks may let it in."""

    kind: str
    service: str
    asked_at: datetime
    expires_at: datetime
    places: list[OrganisationView]


def right_to_approve(kind: str) -> str:
    """Return the right to let a device of this kind in: a till is the shop's own matter, everything else the city's."""
    return TILL if kind == "till" else OTHERS


def user_code_hash(signs: str) -> str:
    """Return what is stored of a user code. It is short, so the hash is keyed."""
    return salted_hmac("accounts.user_code", signs, algorithm="sha256").hexdigest()


def access_waiting_device_for(principal: Principal, user_code: str, *, at: datetime) -> DeviceAsk:
    """Return the device that waits under a code; :raises DeviceCodeUnknown: where none does."""
    waiting = DeviceRequest.objects.select_related("client").filter(
        state=DeviceRequest.State.WAITING, expires_at__gt=at
    )
    found = waiting.filter(user_code_hash=user_code_hash(normalised(user_code) or "")).first()
    if found is None:
        raise DeviceCodeUnknown
    return DeviceAsk(
        kind=found.kind,
        service=found.client.name,
        asked_at=found.asked_at,
        expires_at=found.expires_at,
        places=_places(principal, found.kind),
    )


def devices_for(principal: Principal) -> QuerySet[Device]:
    """Return the devices that stand now and that this person may end, for a page of them."""
    standing = Device.objects.select_related("organisation").filter(ended_at=None, organisation__closed_at=None)
    mine = [each.id for each in organisations_of(principal.subject)] if principal.subject is not None else []
    tills = [each for each in mine if principal.may(TILL, within=each)]
    shops = standing.filter(kind="till", organisation_id__in=tills)
    return shops | standing.exclude(kind="till") if principal.may(OTHERS) else shops


def device_view(row: Device) -> DeviceView:
    """Return a device as people see it."""
    where = row.organisation
    return DeviceView(row.pk, row.kind, row.label, where.pk, where.name, where.name_en, row.at, row.last_seen_at)


def signs_standing() -> list[DeviceView]:
    """Return the signs that stand now, wherever they do, by the names of their places and their own."""
    standing = Device.objects.filter(kind=SIGN, ended_at=None, organisation__closed_at=None)
    return [
        device_view(row)
        for row in standing.select_related("organisation").order_by("organisation__name", "label", "id")
    ]


def sign_standing(device_id: UUID) -> DeviceView | None:
    """Return a sign that stands now; None for any other device, and once it has ended."""
    row = (
        Device.objects.filter(pk=device_id, kind=SIGN, ended_at=None, organisation__closed_at=None)
        .select_related("organisation").first()
    )  # fmt: skip
    return None if row is None else device_view(row)


def device_labels(organisation_id: UUID) -> dict[UUID, str]:
    """Return what the devices of an organisation are called, those that have ended too."""
    rows = Device.objects.filter(organisation_id=organisation_id).order_by("id")
    return dict(rows.values_list("id", "label"))


def device_by_token(token: str, *, at: datetime) -> DevicePrincipal | None:
    """Return the device whose access token this is; None for any other token, and once the device has ended."""
    found = living_token(token, at=at)
    return device_principal(found.device_id) if found is not None and found.kind == "at" and found.device_id else None


def device_principal(device_id: UUID) -> DevicePrincipal | None:
    """Return a device that stands now."""
    row = Device.objects.filter(pk=device_id, ended_at=None, organisation__closed_at=None).first()
    return DevicePrincipal(row) if row is not None else None


def workplaces_of(principal: Principal) -> list[UUID]:
    """Return where a person works or a device stands."""
    if isinstance(principal, DevicePrincipal):
        return [principal.organisation_id]
    return [] if principal.subject is None else list({each.id for each in organisations_of(principal.subject)})


def own_device(principal: DevicePrincipal) -> DeviceView:
    """Return a device's own view of itself."""
    return device_view(Device.objects.select_related("organisation").get(pk=principal.actor))


def _places(principal: Principal, kind: str) -> list[OrganisationView]:
    kinds = [place for place, devices in DEVICES_OF.items() if kind in devices]
    rows = Organisation.objects.filter(kind__in=kinds, closed_at=None).order_by("name", "id")
    if kind == "till":
        mine = [each.id for each in organisations_of(principal.subject)] if principal.subject is not None else []
        rows = rows.filter(pk__in=mine)
    right = right_to_approve(kind)
    return [OrganisationView(row.pk, row.name, row.name_en) for row in rows if principal.may(right, within=row.pk)]
