"""Devices come and go: one asks and shows a code, a person who may answers for it, and may end it at any time (RFC 8628)."""

import secrets
from datetime import timedelta
from functools import partial
from uuid import UUID

import msgspec

from accounts.engine.tokens import hashed
from accounts.engine.user_codes import ALPHABET, LENGTH, normalised, shown
from accounts.engine.wording import Value
from accounts.errors import DeviceCodeUnknown, DeviceOfAnotherKind
from accounts.models import DEVICES_OF, Device, DeviceRequest, Organisation, TokenFamily
from accounts.selectors.devices import DeviceView, device_view, right_to_approve, user_code_hash
from accounts.selectors.roles import who_answers_for
from accounts.services.notices import notify
from accounts.services.notices.naming import names_of
from accounts.services.partners.tokens import Taken, end_families
from kernel.ids import new_id, secret_token
from kernel.problems import NotAllowed, NotFound
from kernel.realtime import check_again
from kernel.use_case import Act, Key, use_case

CODES_LIVE = timedelta(minutes=15)
DEVICE_LIVES = timedelta(days=365)
INTERVAL_S = 5
FASTER_ALLOWED_S = 0.5  # a poll that leaves in time may travel faster than the one before
State = DeviceRequest.State


class Waiting(msgspec.Struct, frozen=True):
    """What a device that asks is told: one code for itself, one to show."""

    device_code: str
    user_code: str
    expires_in: int
    interval: int


class Polled(msgspec.Struct, frozen=True):
    """What a waiting device hears: ``error`` as RFC 8628 (3.5) names it, or the family of its tokens."""

    error: str | None = None
    taken: Taken | None = None


@use_case("accounts.ask_for_device")
def ask_for_device(act: Act, *, client_id: str, kind: str) -> Waiting:
    """Note that a device waits. This function will keep both codes as hashes, for a quarter of an hour."""
    device_code, user_code = secret_token(256), "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    DeviceRequest.objects.create(
        id=new_id(act.at),
        client_id=client_id,
        kind=kind,
        device_code_hash=hashed(device_code),
        user_code_hash=user_code_hash(user_code),
        interval_s=INTERVAL_S,
        asked_at=act.at,
        expires_at=act.at + CODES_LIVE,
    )
    act.audit(what={"client": client_id, "kind": kind})
    return Waiting(device_code, shown(user_code), int(CODES_LIVE.total_seconds()), INTERVAL_S)


@use_case("accounts.approve_device", key=Key.REQUIRED, status=201)
def approve_device(act: Act, *, user_code: str, organisation_id: UUID, label: str) -> DeviceView:
    """Let the waiting device in at an organisation; who calls this answers for it.

    :raises DeviceCodeUnknown: where none waits under the code; :raises NotFound: for an organisation that is unknown or closed;
    :raises NotAllowed: without the right there; :raises DeviceOfAnotherKind: for one that does not stand in such a place.
    """
    request = _waiting(act, user_code)
    organisation = Organisation.objects.filter(pk=organisation_id, closed_at=None).first()
    if organisation is None:
        raise NotFound
    if not act.principal.may(right_to_approve(request.kind), within=organisation_id):
        raise NotAllowed
    if request.kind not in DEVICES_OF[organisation.kind]:
        raise DeviceOfAnotherKind
    device = Device.objects.create(
        id=new_id(act.at),
        client_id=request.client_id,
        organisation=organisation,
        kind=request.kind,
        label=label,
        approved_by_id=act.principal.actor,
        at=act.at,
        last_seen_at=act.at,
    )
    request.state, request.device = State.APPROVED, device
    request.save(update_fields=["state", "device"])
    _tell(act, device, "accounts.device_let_in")
    act.audit(what={"device": str(device.pk), "organisation": str(organisation_id), "kind": request.kind})
    return device_view(device)


@use_case("accounts.deny_device")
def deny_device(act: Act, *, user_code: str) -> None:
    """Send the waiting device away. :raises DeviceCodeUnknown: where none waits under the code."""
    request = _waiting(act, user_code)
    request.state = State.DENIED
    request.save(update_fields=["state"])
    act.audit(what={"request": str(request.pk), "kind": request.kind})


@use_case("accounts.poll_device")
def poll_device(act: Act, *, client_id: str, device_code: str) -> Polled:
    """Tell a waiting device what became of it; the first look after the approval, and no other, begins its tokens' family.

    Who asks faster than it was told must wait five seconds longer from then on.
    """
    request = (
        DeviceRequest.objects.select_for_update(of=("self",)).select_related("device")
        .filter(device_code_hash=hashed(device_code), client_id=client_id).first()
    )  # fmt: skip
    if request is None or request.state == State.TAKEN:
        return Polled(error="invalid_grant")
    if request.expires_at <= act.at:
        return Polled(error="expired_token")
    before, request.polled_at = request.polled_at, act.at
    is_hasty = before is not None and (act.at - before).total_seconds() < request.interval_s - FASTER_ALLOWED_S
    if is_hasty:
        request.interval_s = min(request.interval_s + INTERVAL_S, 60)
    taken = None
    if (
        request.state == State.APPROVED
        and not is_hasty
        and request.device is not None
        and request.device.ended_at is None
    ):
        request.state, taken = State.TAKEN, _begin(act, request.device)
    request.save(update_fields=["state", "polled_at", "interval_s"])
    act.audit(what={"request": str(request.pk), "state": request.state})
    if taken is not None:
        return Polled(taken=taken)
    waits = {State.WAITING: "authorization_pending", State.APPROVED: "access_denied", State.DENIED: "access_denied"}
    return Polled(error="slow_down" if is_hasty else waits[State(request.state)])


@use_case("accounts.rename_device")
def rename_device(act: Act, *, device_id: UUID, label: str) -> DeviceView:
    """Call a device otherwise. :raises NotFound: as :func:`end_device` does."""
    device = Device.objects.select_for_update(of=("self",)).select_related("organisation").filter(
        pk=device_id, ended_at=None
    ).first()  # fmt: skip
    if device is None or not act.principal.may(right_to_approve(device.kind), within=device.organisation_id):
        raise NotFound
    act.audit(what={"device": str(device_id), "before": device.label, "after": label})
    device.label = label
    device.save(update_fields=["label"])
    return device_view(device)


@use_case("accounts.end_device")
def end_device(act: Act, *, device_id: UUID) -> None:
    """End a device: its tokens are worth nothing with the next request, its sockets close at once.

    :raises NotFound: for one of an organisation where the caller has no say, or one that has ended.
    """
    device = Device.objects.select_for_update().filter(pk=device_id, ended_at=None).first()
    if device is None or not act.principal.may(right_to_approve(device.kind), within=device.organisation_id):
        raise NotFound
    device.ended_at, device.ended_by_id = act.at, act.principal.actor
    device.save(update_fields=["ended_at", "ended_by"])
    end_families(TokenFamily.objects.filter(device=device), at=act.at)
    act.after_commit(partial(check_again, device_id))
    _tell(act, device, "accounts.device_ended")
    act.audit(what={"device": str(device_id), "organisation": str(device.organisation_id)})


@use_case("accounts.remove_old_device_requests")
def remove_old_requests(act: Act) -> None:
    """Forget requests a day after their codes have run out."""
    removed, _each = DeviceRequest.objects.filter(expires_at__lt=act.at - timedelta(days=1)).delete()
    act.audit(what={"removed": removed})


def _waiting(act: Act, user_code: str) -> DeviceRequest:
    signs = normalised(user_code)
    found = DeviceRequest.objects.select_for_update().filter(
        user_code_hash=user_code_hash(signs or ""), state=State.WAITING, expires_at__gt=act.at
    ).first()  # fmt: skip
    if found is None:
        raise DeviceCodeUnknown
    return found


def _tell(act: Act, device: Device, message: str) -> None:
    """Tell who answers for the place, whoever of them did it: a till that nobody of them knows is somebody else's."""
    values: dict[str, Value] = {"place": names_of(device.organisation), "label": device.label}
    for to in who_answers_for(device.organisation):
        notify(act, to=to, message=message, values=values, dedupe=str(device.pk))


def _begin(act: Act, device: Device) -> Taken:
    family = TokenFamily.objects.create(
        id=new_id(act.at),
        client_id=device.client_id,
        device=device,
        began_at=act.at,
        expires_at=act.at + DEVICE_LIVES,
    )
    return Taken(family_id=family.pk, user_id=None, resident_id=None, scopes=["device"])
