"""Families and delegates: who may act for whom is written at the counter, or invited by the person; it ends at once."""

from datetime import date, datetime, timedelta
from functools import partial
from uuid import UUID

import msgspec
from django.db.models import Q

from accounts.engine.agreements import comes_of_age
from accounts.errors import (
    AlreadyDelegate,
    NotForDelegates,
    OfAge,
    ReasonMissing,
    ScopeUnknown,
    TermOver,
)
from accounts.events import MandateEnded
from accounts.models import Mandate, Resident
from accounts.selectors.invitations import open_invitation
from accounts.selectors.mandates import live_mandates, scopes_known
from accounts.services.family_names import forget_each_other, name_each_other
from accounts.services.notices import notify
from accounts.services.reasons import reason_given
from kernel.access import end_accesses
from kernel.ids import new_id, secret_token, token_hash
from kernel.problems import FieldFault, NotAllowed, NotFound, _
from kernel.realtime import check_again
from kernel.use_case import Act, Key, use_case

INVITED_FOR = timedelta(hours=24)
LONGEST = timedelta(days=3 * 366)
AT_ONCE = 500


class Registered(msgspec.Struct, frozen=True):
    """The new mandate."""

    id: UUID


class Invited(msgspec.Struct, frozen=True):
    """The invitation; ``token`` is shown once, to the one who invites."""

    id: UUID
    token: str
    ends_at: datetime


@use_case("accounts.register_mandate", key=Key.REQUIRED, status=201)
def register_mandate(
    act: Act,
    *,
    principal_id: UUID,
    delegate_id: UUID,
    role: str,
    scopes: list[str],
    evidence: str,
    why: str,
    born_on: date | None = None,
    ends_at: datetime | None = None,
) -> Registered:
    """Write down at the counter who acts for whom, after the evidence was seen.

    A parent's right ends when the child turns 18, at midnight in Japan; ``born_on`` is needed for that and not kept. The others
    end with their term, three years at the most for care managers and family.

    :raises NotAllowed: without the right, and for one's own case; :raises NotFound: for unknown people;
    :raises ReasonMissing: without a reason; :raises ScopeUnknown: for a service that nobody acts in;
    :raises OfAge: for a parent of a person of 18 or more; :raises TermOver: for a term that is over already;
    :raises AlreadyDelegate: where the mandate stands.
    """
    if not act.principal.may("accounts.register_mandate") or act.principal.actor in (principal_id, delegate_id):
        raise NotAllowed
    reason_given(why)
    _require_scopes(scopes)
    _require_people(principal_id, delegate_id)
    if live_mandates(at=act.at).filter(principal_id=principal_id, delegate_id=delegate_id, role=role).exists():
        raise AlreadyDelegate
    mandate = Mandate.objects.create(
        id=new_id(act.at),
        principal_id=principal_id,
        delegate_id=delegate_id,
        role=role,
        scopes=sorted(set(scopes)),
        evidence=evidence,
        created_at=act.at,
        created_by=act.principal.actor,
        starts_at=act.at,
        ends_at=_term(act.at, role, born_on, ends_at),
    )
    name_each_other(mandate)
    notify(act, to=mandate.principal_id, message="accounts.mandate_began", values={}, dedupe=f"{mandate.id}/began")
    act.audit(
        subject=principal_id,
        what={"mandate": str(mandate.id), "delegate": str(delegate_id), "role": role, "evidence": evidence},
        why=why,
    )
    return Registered(id=mandate.id)


@use_case("accounts.invite_delegate", status=201)
def invite_delegate(act: Act, *, scopes: list[str], ends_at: datetime | None = None) -> Invited:
    """Invite a member of one's family to act for oneself: whoever shows the token within a day is the one.

    :raises NotForDelegates: for who acts for another; :raises ScopeUnknown: for a service that nobody acts in;
    :raises TermOver: for a term that is over already.
    """
    subject = act.principal.subject
    if subject is None or subject != act.principal.actor:
        raise NotForDelegates
    _require_scopes(scopes)
    token = secret_token()
    mandate = Mandate.objects.create(
        id=new_id(act.at),
        principal_id=subject,
        role="family",
        scopes=sorted(set(scopes)),
        evidence="own_word",
        created_at=act.at,
        created_by=subject,
        starts_at=act.at,
        ends_at=_term(act.at, "family", None, ends_at),
        invitation_hash=token_hash(token),
        invitation_ends_at=act.at + INVITED_FOR,
    )
    act.audit(what={"mandate": str(mandate.id), "scopes": mandate.scopes})
    return Invited(id=mandate.id, token=token, ends_at=act.at + INVITED_FOR)


@use_case("accounts.take_up_mandate", status=201)
def take_up_mandate(act: Act, *, token: str) -> Registered:
    """Become the delegate that an invitation asks for. This function will take the first who shows it.

    :raises NotForDelegates: for who acts for another; :raises InvitationGone: where it was taken, withdrawn or has run out;
    :raises AlreadyDelegate: where one acts for the person as family already.
    """
    mandate = open_invitation(Mandate.objects.select_for_update(of=("self",)), act.principal, token, at=act.at)
    twice = live_mandates(at=act.at).filter(
        principal_id=mandate.principal_id, delegate_id=act.principal.actor, role=mandate.role
    )
    if twice.exists():
        raise AlreadyDelegate
    mandate.delegate_id = act.principal.actor
    mandate.save(update_fields=["delegate"])
    name_each_other(mandate)
    notify(act, to=mandate.principal_id, message="accounts.mandate_began", values={}, dedupe=f"{mandate.id}/began")
    act.audit(subject=mandate.principal_id, what={"mandate": str(mandate.id)})
    return Registered(id=mandate.id)


@use_case("accounts.end_mandate")
def end_mandate(act: Act, *, mandate_id: UUID, why: str = "") -> None:
    """End a mandate: the person, the delegate, or the office with a reason. After this function nothing is read by it any more.

    A child does not end a parent's right, a ward not a guardian's: the office does, on evidence.

    :raises NotFound: where it is another's, unknown or over; :raises NotAllowed: where it is not theirs to end;
    :raises ReasonMissing: for the office without a reason.
    """
    mandate = Mandate.objects.select_for_update().filter(pk=mandate_id, ended_at=None).first()
    if mandate is None:
        raise NotFound
    _end(act, mandate, _who_ends(act, mandate, why), why=why)


@use_case("accounts.end_due_mandates")
def end_due_mandates(act: Act) -> list[UUID]:
    """Write down which mandates have run out; their right ended by the clock. For the schedule at midnight, idempotent."""
    due = Mandate.objects.select_for_update(skip_locked=True).filter(ended_at=None, ends_at__lte=act.at)
    ended = list(due.order_by("ends_at", "id")[:AT_ONCE])
    for mandate in ended:
        _end(act, mandate, "majority" if mandate.role == "parent" else "term")
    gone = Mandate.objects.filter(ended_at=None, delegate=None, invitation_ends_at__lte=act.at)
    gone.update(ended_at=act.at, ended_because="term")
    return [mandate.id for mandate in ended]


def end_mandates_of(act: Act, resident_id: UUID) -> None:
    """End what somebody may do for others, and others for them, inside the use case by which they go."""
    either = Q(principal_id=resident_id) | Q(delegate_id=resident_id)
    for mandate in Mandate.objects.select_for_update().filter(either, ended_at=None).order_by("id"):
        _end(act, mandate, "closed")


def _end(act: Act, mandate: Mandate, because: str, *, why: str = "") -> None:
    mandate.ended_at, mandate.ended_because = act.at, because
    mandate.save(update_fields=["ended_at", "ended_because"])
    act.audit(subject=mandate.principal_id, what={"mandate": str(mandate.id), "because": because}, why=why)
    if mandate.delegate_id is None:
        return
    forget_each_other(mandate)
    told = "accounts.came_of_age" if because == "majority" else "accounts.mandate_ended"
    notify(act, to=mandate.principal_id, message=told, values={}, dedupe=f"{mandate.id}/ended")
    notify(act, to=mandate.delegate_id, message="accounts.mandate_ended", values={}, dedupe=f"{mandate.id}/ended")
    act.emit(
        MandateEnded(
            mandate_id=mandate.id,
            subject_id=mandate.principal_id,
            delegate_id=mandate.delegate_id,
            because=because,
        )
    )
    act.after_commit(partial(end_accesses, mandate.principal_id))
    act.after_commit(partial(check_again, mandate.delegate_id))


def _who_ends(act: Act, mandate: Mandate, why: str) -> str:
    actor = act.principal.actor
    if actor == mandate.delegate_id:
        return "delegate"
    if act.principal.may("accounts.register_mandate") and actor != mandate.principal_id:
        reason_given(why)
        return "office"
    if actor != mandate.principal_id:
        raise NotFound
    if mandate.role in ("parent", "guardian"):
        raise NotAllowed
    return "principal"


def _term(at: datetime, role: str, born_on: date | None, ends_at: datetime | None) -> datetime | None:
    if ends_at is not None and ends_at <= at:
        raise TermOver
    if role == "parent":
        if born_on is None:
            raise ReasonMissing(errors=[FieldFault("born_on", "required", str(_("入力してください。")))])
        majority = comes_of_age(born_on)
        if majority <= at:
            raise OfAge
        return min(majority, ends_at or majority)
    if role == "guardian":
        return ends_at
    return min(ends_at or at + LONGEST, at + LONGEST)


def _require_scopes(scopes: list[str]) -> None:
    if not scopes or not set(scopes) <= scopes_known():
        raise ScopeUnknown(scopes=sorted(scopes_known()))


def _require_people(*ids: UUID) -> None:
    if Resident.objects.filter(pk__in=ids, closed_at=None).count() != len(set(ids)) or len(set(ids)) != len(ids):
        raise NotFound
