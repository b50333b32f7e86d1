"""Who works at a shop, as its managers see them, and an invitation as the invited one reads it."""

from datetime import datetime
from uuid import UUID

import msgspec
from django.db.models import Exists, OuterRef, QuerySet

from accounts.errors import InvitationGone, NotForDelegates
from accounts.models import Membership, Organisation, StaffInvitation
from kernel.ids import token_hash
from kernel.keys import unseal_message
from kernel.principal import Principal
from kernel.problems import NotFound

EMPLOY = "accounts.employ"
MANAGER, CASHIER = "merchant.manager", "merchant.cashier"
PLACE = "accounts.membership.called"


class StaffMember(msgspec.Struct, frozen=True):
    """Somebody who works there: how they are called (empty where they never said), as what, since when."""

    id: UUID
    name: str
    role: str
    since: datetime
    is_me: bool


class OpenInvitation(msgspec.Struct, frozen=True):
    """An invitation that nobody has taken up."""

    id: UUID
    role: str
    ends_at: datetime


class Staff(msgspec.Struct, frozen=True):
    """Who works at an organisation, managers first, and who is invited."""

    people: list[StaffMember]
    invitations: list[OpenInvitation]


class StaffAsk(msgspec.Struct, frozen=True):
    """Where one is asked to work, as what, and until when that can be taken up."""

    organisation: str
    organisation_en: str
    role: str
    open_until: datetime


def access_staff_for(principal: Principal, organisation_id: UUID, *, at: datetime) -> Staff:
    """Return who works at a merchant, to its managers; :raises NotFound: for everybody else."""
    if not principal.may(EMPLOY, within=organisation_id):
        raise NotFound
    rows = Membership.objects.filter(
        organisation_id=organisation_id, ended_at=None, organisation__kind=Organisation.Kind.MERCHANT
    ).order_by("-role", "began_at", "id")
    people = [
        StaffMember(row.pk, called_in(row), row.role, row.began_at, row.resident_id == principal.actor) for row in rows
    ]
    open_ones = standing_invitations(at=at).filter(organisation_id=organisation_id).order_by("made_at", "id")
    return Staff(people, [OpenInvitation(row.pk, row.role, row.ends_at) for row in open_ones])


def called_in(row: Membership) -> str:
    """Return how somebody is called where they work."""
    called = bytes(row.called)
    return unseal_message(called, PLACE).decode() if called else ""


def standing_invitations(*, at: datetime) -> "QuerySet[StaffInvitation]":
    """Return what can be taken up: in time, of an organisation that exists, by somebody who still manages it."""
    manages = Membership.objects.filter(
        organisation=OuterRef("organisation"), resident=OuterRef("made_by"), role=MANAGER, ended_at=None
    )
    return StaffInvitation.objects.filter(
        Exists(manages), taken_by=None, withdrawn_at=None, ends_at__gt=at, organisation__closed_at=None
    )


def open_staff_invitation(rows: "QuerySet[StaffInvitation]", principal: Principal, token: str) -> StaffInvitation:
    """Return the invitation that a token opens, from these rows (locked, for who takes it up).

    :raises InvitationGone: for one that was taken, withdrawn or has run out, and one that never was; :raises NotForDelegates: for
    who acts for another, and for one's own.
    """
    if principal.subject != principal.actor:
        raise NotForDelegates
    found = rows.filter(hash=token_hash(token)).first()
    if found is None:
        raise InvitationGone
    if found.made_by_id == principal.actor:
        raise NotForDelegates
    return found


def access_staff_invitation_for(principal: Principal, token: str, *, at: datetime) -> StaffAsk:
    """Return an invitation to who holds its token. :raises InvitationGone: :raises NotForDelegates:"""
    found = open_staff_invitation(standing_invitations(at=at).select_related("organisation"), principal, token)
    where = found.organisation
    return StaffAsk(where.name, where.name_en, found.role, found.ends_at)
