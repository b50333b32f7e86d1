"""People of a shop: a manager invites, sees who works there, makes another a manager, and dismisses at once."""

from datetime import datetime, timedelta
from uuid import UUID

import msgspec
from django.db.models import QuerySet

from accounts.errors import LastManager
from accounts.models import Membership, Organisation, StaffInvitation
from accounts.selectors.staff import EMPLOY, MANAGER, PLACE, open_staff_invitation, standing_invitations
from accounts.services.notices import notify
from accounts.services.notices.naming import names_of
from accounts.services.organisations import Appointed, appoint, dismiss
from kernel.ids import new_id, secret_token, token_hash
from kernel.keys import seal_message
from kernel.problems import NotAllowed, NotFound
from kernel.use_case import Act, use_case

INVITED_FOR = timedelta(hours=24)


class StaffInvited(msgspec.Struct, frozen=True):
    """The invitation; ``token`` is shown once, to the manager who invites."""

    id: UUID
    token: str
    ends_at: datetime


@use_case("accounts.invite_staff", status=201)
def invite_staff(act: Act, *, organisation_id: UUID, role: str) -> StaffInvited:
    """Ask somebody to work at a merchant; whoever shows the token within a day is the one.

    :raises NotAllowed: without the right ``accounts.employ`` there.
    """
    if act.principal.subject != act.principal.actor or not act.principal.may(EMPLOY, within=organisation_id):
        raise NotAllowed
    token = secret_token()
    row = StaffInvitation.objects.create(
        id=new_id(act.at), organisation_id=organisation_id, role=role, hash=token_hash(token),
        made_by_id=act.principal.actor, made_at=act.at, ends_at=act.at + INVITED_FOR,
    )  # fmt: skip
    act.audit(what={"invitation": str(row.pk), "organisation": str(organisation_id), "role": role})
    return StaffInvited(row.pk, token, row.ends_at)


@use_case("accounts.withdraw_staff_invitation")
def withdraw_staff_invitation(act: Act, *, invitation_id: UUID) -> None:
    """Take an invitation back. :raises NotFound: for one of another's shop, and one that was taken or is over."""
    row = standing_invitations(at=act.at).select_for_update(of=("self",)).filter(pk=invitation_id).first()
    if row is None or not act.principal.may(EMPLOY, within=row.organisation_id):
        raise NotFound
    row.withdrawn_at = act.at
    row.save(update_fields=["withdrawn_at"])
    act.audit(what={"invitation": str(invitation_id)})


@use_case("accounts.take_up_work", status=201)
def take_up_work(act: Act, *, token: str, name: str) -> Appointed:
    """Begin to work where an invitation asks, called ``name`` by the others there. The first who shows the token is the one.

    :raises InvitationGone: :raises NotForDelegates: as in :func:`accounts.selectors.staff.open_staff_invitation`;
    :raises AlreadyMember: for who works there in that role.
    """
    row = open_staff_invitation(
        standing_invitations(at=act.at).select_for_update(of=("self",)).select_related("organisation"), act.principal,
        token,
    )  # fmt: skip
    row.taken_by_id, row.taken_at = act.principal.actor, act.at
    row.save(update_fields=["taken_by", "taken_at"])
    begun = appoint(act, organisation_id=row.organisation_id, resident_id=act.principal.actor, role=row.role)
    _call(begun.id, name)
    told = {"organisation": names_of(row.organisation)}
    notify(act, to=row.made_by_id, message="accounts.staff_joined", values=told, dedupe=str(row.pk))
    act.audit(what={"invitation": str(row.pk), "membership": str(begun.id)})
    return begun


@use_case("accounts.dismiss_staff")
def dismiss_staff(act: Act, *, membership_id: UUID) -> None:
    """End somebody's work at a merchant, or one's own; their till stops with the next request. Locks: the organisation.

    :raises NotFound: where one has no say, and for work that has ended; :raises LastManager: for the last one.
    """
    row = _locked(act, membership_id, may_be_own=True)
    if row.role == MANAGER and not _managers(row.organisation_id).exclude(pk=row.pk).exists():
        raise LastManager
    _end(act, row)


@use_case("accounts.promote_staff", status=201)
def promote_staff(act: Act, *, membership_id: UUID) -> Appointed:
    """Make somebody who works at a merchant its manager too. Locks: the organisation.

    :raises NotFound: where one has no say; :raises AlreadyMember: for a manager.
    """
    row = _locked(act, membership_id, may_be_own=False)
    called = bytes(row.called)
    begun = appoint(act, organisation_id=row.organisation_id, resident_id=row.resident_id, role=MANAGER)
    Membership.objects.filter(pk=begun.id).update(called=called)
    dismiss(act, membership_id=row.pk, why="promoted")
    return begun


def _locked(act: Act, membership_id: UUID, *, may_be_own: bool) -> Membership:
    """Lock the organisation, then the work: of two managers who dismiss each other at once, one stays."""
    where = Membership.objects.filter(pk=membership_id, ended_at=None).values_list("organisation_id", flat=True).first()
    if where is None:
        raise NotFound
    locked = Organisation.objects.select_for_update().filter(pk=where, kind=Organisation.Kind.MERCHANT).first()
    rows = Membership.objects.select_for_update(of=("self",)).select_related("organisation")
    row = rows.filter(pk=membership_id, ended_at=None).first() if locked is not None else None
    if row is None:
        raise NotFound
    is_own = may_be_own and row.resident_id == act.principal.actor
    if not is_own and not act.principal.may(EMPLOY, within=row.organisation_id):
        raise NotFound
    return row


def _managers(organisation_id: UUID) -> "QuerySet[Membership]":
    return Membership.objects.filter(organisation_id=organisation_id, role=MANAGER, ended_at=None)


def _end(act: Act, row: Membership) -> None:
    dismiss(act, membership_id=row.pk)
    told = {"organisation": names_of(row.organisation)}
    notify(act, to=row.resident_id, message="accounts.role_ended", values=told, dedupe=str(row.pk))


def _call(membership_id: UUID, name: str) -> None:
    Membership.objects.filter(pk=membership_id).update(called=seal_message(name.strip().encode(), PLACE))
