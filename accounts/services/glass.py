"""Breaking the glass: where a life is at stake an officer reads without a yes, for a reason and a while; the person is told."""

from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

import msgspec

from accounts.errors import TooLong
from accounts.models import BrokenGlass, Membership, Resident
from accounts.models.broken_glass import LONGEST
from accounts.selectors.agreements import data_classes
from accounts.services.notices import notify
from accounts.services.reasons import reason_given
from kernel.access import end_accesses
from kernel.ids import new_id
from kernel.problems import NotAllowed, NotFound
from kernel.use_case import Act, Key, use_case

LEAST_REASON = 10  # signs; a word alone is none
AT_ONCE = 200


class Broken(msgspec.Struct, frozen=True):
    """The broken glass: until when it is open."""

    id: UUID
    ends_at: datetime


@use_case("accounts.break_glass", key=Key.REQUIRED, status=201)
def break_glass(act: Act, *, subject_id: UUID, classes: list[str], minutes: int, reason: str) -> Broken:
    """Let the acting officer read these classes of one person's data for ``minutes`` (at most 240), without a yes.

    For the protection of life, body or property where a yes is hard to get (個人情報保護法27条1項2号, 69条2項).
    The reason stands in the person's access log; they are told when the time is over.

    :raises NotAllowed: without the right, and for oneself; :raises NotFound: for an unknown person or class;
    :raises ReasonMissing: :raises ReasonTooShort: for fewer than ten signs of reason; :raises TooLong: for more than four hours.
    """
    office = _office_of(act)
    reason = reason_given(reason, field="reason", least=LEAST_REASON)
    if not 1 <= minutes <= LONGEST // timedelta(minutes=1):
        raise TooLong(most_minutes=LONGEST // timedelta(minutes=1))
    if not classes or not set(classes) <= set(data_classes()):
        raise NotFound
    if not Resident.objects.filter(pk=subject_id, closed_at=None).exists():
        raise NotFound
    glass = BrokenGlass.objects.create(
        id=new_id(act.at),
        subject_id=subject_id,
        officer_id=act.principal.actor,
        recipient=office,
        classes=sorted(set(classes)),
        reason=reason,
        broken_at=act.at,
        ends_at=act.at + timedelta(minutes=minutes),
    )
    act.audit(
        subject=subject_id, what={"glass": str(glass.id), "classes": glass.classes, "minutes": minutes}, why=reason
    )
    return Broken(id=glass.id, ends_at=glass.ends_at)


@use_case("accounts.close_glass")
def close_glass(act: Act, *, glass_id: UUID) -> None:
    """End one's reading before its time. :raises NotFound: where it is another's, or over."""
    glass = BrokenGlass.objects.select_for_update().filter(
        pk=glass_id, officer_id=act.principal.actor, ended_at=None, ends_at__gt=act.at
    )
    found = glass.first()
    if found is None:
        raise NotFound
    found.ended_at = act.at
    found.save(update_fields=["ended_at"])
    act.after_commit(partial(end_accesses, found.subject_id))
    act.audit(subject=found.subject_id, what={"glass": str(glass_id)})


@use_case("accounts.tell_of_glass")
def tell_of_glass(act: Act) -> list[UUID]:
    """Tell the people whose glass was broken, once it is over; for the schedule. Each is told once."""
    over = BrokenGlass.objects.select_for_update(skip_locked=True).filter(told_at=None)
    due = [glass for glass in over.order_by("ends_at", "id")[:AT_ONCE] if (glass.ended_at or glass.ends_at) <= act.at]
    for glass in due:
        glass.told_at = act.at
        glass.save(update_fields=["told_at"])
        notify(act, to=glass.subject_id, message="accounts.read_in_emergency", values={}, dedupe=str(glass.id))
    return [glass.subject_id for glass in due]


def _office_of(act: Act) -> UUID:
    """Return the department for which the officer reads; :raises NotAllowed: for who is no officer with the right."""
    if not act.principal.may("accounts.break_glass"):
        raise NotAllowed
    works = Membership.objects.filter(resident_id=act.principal.actor, ended_at=None, organisation__kind="city")
    found = works.order_by("began_at", "id").values_list("department_id", "organisation_id").first()
    if found is None:
        raise NotAllowed
    return found[0] or found[1]
