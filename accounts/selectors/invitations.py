"""An invitation to act for somebody, as the invited one reads it before saying yes."""

from datetime import datetime
from uuid import UUID

import msgspec
from django.db.models import QuerySet

from accounts.errors import InvitationGone, NotForDelegates
from accounts.models import NAME_PLACE, Mandate, Profile
from accounts.selectors.mandates import Scope, scope_views
from kernel.access import access
from kernel.ids import token_hash
from kernel.principal import SYSTEM_ACTOR, Principal

PURPOSE = "accounts.name_the_other"


class InvitationView(msgspec.Struct, frozen=True):
    """Who invites, as what one would act, in which services, until when; and until when the invitation can be taken up."""

    name: str
    role: str
    scopes: list[Scope]
    ends_at: datetime | None
    open_until: datetime


def open_invitation(rows: "QuerySet[Mandate]", principal: Principal, token: str, *, at: datetime) -> Mandate:
    """Return the invitation that a token opens, from these rows (locked, for who takes it up).

    :raises InvitationGone: for one that was taken, withdrawn or has run out, and likewise for one that never was, so that who
    guesses learns nothing; :raises NotForDelegates: for who acts for another, and for one's own.
    """
    if principal.subject != principal.actor:
        raise NotForDelegates
    standing = rows.filter(delegate=None, ended_at=None, invitation_ends_at__gt=at, principal__closed_at=None)
    found = standing.filter(invitation_hash=token_hash(token)).first()
    if found is None:
        raise InvitationGone
    if found.principal_id == principal.actor:
        raise NotForDelegates
    return found


def access_invitation_for(principal: Principal, token: str, *, at: datetime) -> InvitationView:
    """Return an invitation in the reader's words. That the name was given stands in the access log of who invites.

    :raises InvitationGone: and :raises NotForDelegates: as above.
    """
    found = open_invitation(Mandate.objects.all(), principal, token, at=at)
    return InvitationView(
        name=_name_of(found.principal_id),
        role=found.role,
        scopes=[each for each in scope_views() if each.name in found.scopes],
        ends_at=found.ends_at,
        open_until=found.invitation_ends_at or at,
    )


def _name_of(resident_id: UUID) -> str:
    with access(purpose=PURPOSE, actor=SYSTEM_ACTOR, subject=resident_id, classes=["profile"]) as opened:
        profile = Profile.objects.filter(pk=resident_id).first()
        return opened.unseal(bytes(profile.display_name), NAME_PLACE) if profile is not None else ""
