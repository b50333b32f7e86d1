"""Two IDs of one person become one: proposed by one officer with both telephones before them, decided by another."""

from typing import Any
from uuid import UUID

import msgspec
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import IntegrityError

from accounts.errors import (
    MergeDecided,
    MergeHasRoles,
    MergeOfOne,
    MergeOfTwoCards,
    MergeOpenAlready,
    NotYourself,
    SecondOfficerNeeded,
)
from accounts.events import ResidentsMerged
from accounts.models import (
    IDENTITY_PLACE,
    Card,
    CounterCode,
    Identity,
    Membership,
    Merge,
    PhoneNumber,
    Profile,
    Resident,
    User,
    Verification,
)
from accounts.services.counter import require_staff
from accounts.services.counter_codes import use_up
from accounts.services.endings import end_sign_ins
from accounts.services.levels import lock_user, note_level
from kernel.access import access
from kernel.ids import new_id
from kernel.principal import SYSTEM_ACTOR
from kernel.problems import NotFound
from kernel.use_case import Act, Key, use_case

PURPOSE = "accounts.merge"
RIGHT = "accounts.merge"


class Proposed(msgspec.Struct, frozen=True):
    """The proposal."""

    id: UUID


@use_case("accounts.propose_merge", key=Key.REQUIRED, status=201)
def propose_merge(act: Act, *, survivor_code: str, merged_code: str, reason: str) -> Proposed:
    """Propose that two IDs become one. The person shows a code from each: both are theirs to give.

    :raises NotAllowed: or :raises StepUpRequired: for an officer who may not; :raises CounterCodeUnknown:;
    :raises MergeOfOne: for two codes of one ID; :raises NotYourself: for an officer's own; :raises MergeOfTwoCards:, :raises
    MergeHasRoles: where the two cannot be one; :raises MergeOpenAlready: where a proposal waits.
    """
    require_staff(act, RIGHT)
    if _same(survivor_code, merged_code):
        raise MergeOfOne
    survivor_id, merged_id = use_up(survivor_code, at=act.at), use_up(merged_code, at=act.at)
    if act.principal.actor in (survivor_id, merged_id):
        raise NotYourself
    _refuse_obstacles(survivor_id, merged_id)
    try:
        merge = Merge.objects.create(
            id=new_id(act.at), survivor_id=survivor_id, merged_id=merged_id, reason=reason,
            proposed_by=act.principal.actor, proposed_at=act.at,
        )  # fmt: skip
    except IntegrityError:
        raise MergeOpenAlready from None
    act.audit(subject=survivor_id, what={"merge": str(merge.pk), "merged": str(merged_id)}, why=reason)
    return Proposed(id=merge.pk)


@use_case("accounts.confirm_merge")
def confirm_merge(act: Act, *, merge_id: UUID) -> Proposed:
    """Make the two one. The merged ID is closed and points to the survivor; addresses, number and card go over, passkeys do not.

    A passkey is bound to the account that made it (WebAuthn's user handle), so a new one is made. Money follows by the event.
    Locks: the proposal, both users by id.

    :raises SecondOfficerNeeded: for the one who proposed; :raises NotYourself:; :raises NotFound:; :raises MergeDecided:.
    """
    merge = _open_merge(act, merge_id)
    if act.principal.actor == merge.proposed_by:
        raise SecondOfficerNeeded
    _refuse_obstacles(merge.survivor_id, merge.merged_id)
    users = {each: lock_user(each) for each in sorted((merge.survivor_id, merge.merged_id))}
    survivor, merged = users[merge.survivor_id], users[merge.merged_id]
    _move_addresses(survivor, merged)
    _move_card(survivor, merged)
    _move_identity(act, survivor, merged)
    Authenticator.objects.filter(user_id=merged.pk).delete()
    CounterCode.objects.filter(resident_id__in=users).delete()
    merged.is_active = False
    merged.save(update_fields=["is_active"])
    end_sign_ins(act, merged)
    Resident.objects.filter(pk=merged.resident_id).update(closed_at=act.at, merged_into=survivor.resident_id)
    _decide(act, merge, is_confirmed=True)
    act.emit(ResidentsMerged(survivor_id=survivor.resident_id, merged_id=merged.resident_id))
    act.audit(
        subject=survivor.resident_id, what={"merge": str(merge.pk), "merged": str(merged.resident_id)}, why=merge.reason
    )
    return Proposed(id=merge.pk)


@use_case("accounts.reject_merge")
def reject_merge(act: Act, *, merge_id: UUID) -> Proposed:
    """Leave the two as they are; who proposed it may take it back themself. :raises: as :func:`confirm_merge` does."""
    merge = _open_merge(act, merge_id)
    _decide(act, merge, is_confirmed=False)
    act.audit(subject=merge.survivor_id, what={"merge": str(merge.pk)})
    return Proposed(id=merge.pk)


def _open_merge(act: Act, merge_id: UUID) -> Merge:
    require_staff(act, RIGHT)
    merge = Merge.objects.select_for_update().filter(pk=merge_id).first()
    if merge is None:
        raise NotFound
    if act.principal.actor in (merge.survivor_id, merge.merged_id):
        raise NotYourself
    if merge.decided_at is not None:
        raise MergeDecided
    return merge


def _decide(act: Act, merge: Merge, *, is_confirmed: bool) -> None:
    merge.decided_by, merge.decided_at, merge.is_confirmed = act.principal.actor, act.at, is_confirmed
    merge.save(update_fields=["decided_by", "decided_at", "is_confirmed"])


def _same(one: str, other: str) -> bool:
    def bare(code: str) -> str:
        return "".join(sign for sign in code.upper() if sign.isalnum())

    return bare(one) == bare(other)


def _refuse_obstacles(survivor_id: UUID, merged_id: UUID) -> None:
    """:raises MergeOfTwoCards: for two cards, which are two people; :raises MergeHasRoles: where the closed ID works somewhere."""
    if Resident.objects.filter(pk__in=(survivor_id, merged_id), closed_at=None).count() != 2:
        raise MergeDecided
    if Card.objects.filter(pk__in=(survivor_id, merged_id)).count() == 2:
        raise MergeOfTwoCards
    if Membership.objects.filter(resident_id=merged_id, ended_at=None).exists():
        raise MergeHasRoles


def _move_addresses(survivor: User, merged: User) -> None:
    """Give the survivor what the merged ID had confirmed; where both have a number, the survivor's stays."""
    own = EmailAddress.objects.filter(user_id=survivor.pk)
    has_primary = own.filter(primary=True, verified=True).exists()
    confirmed = EmailAddress.objects.filter(user_id=merged.pk, verified=True)
    typed = list(confirmed.values_list("email", flat=True))
    own.filter(email__in=typed, verified=False).delete()
    confirmed.update(primary=False)
    if not has_primary:
        own.update(primary=False)
        first = confirmed.order_by("id").first()
        if first is not None:
            confirmed.filter(pk=first.pk).update(primary=True)
    confirmed.update(user_id=survivor.pk)
    EmailAddress.objects.filter(user_id=merged.pk).delete()
    number = PhoneNumber.objects.filter(pk=merged.pk, is_verified=True).values_list("number", flat=True).first()
    PhoneNumber.objects.filter(pk=merged.pk).delete()
    if number and not PhoneNumber.objects.filter(pk=survivor.pk, is_verified=True).exists():
        PhoneNumber.objects.update_or_create(user_id=survivor.pk, defaults={"number": number, "is_verified": True})


def _move_card(survivor: User, merged: User) -> None:
    card = Card.objects.filter(pk=merged.resident_id).first()
    if card is not None:
        card.delete()
        Card.objects.create(resident_id=survivor.resident_id, ppid_index=card.ppid_index, bound_at=card.bound_at)


def _move_identity(act: Act, survivor: User, merged: User) -> None:
    """Let the surer of the two identities stand, sealed anew for the survivor, and remove what was personal of the other."""
    officer = str(act.principal.actor)
    opening: dict[str, Any] = {"purpose": PURPOSE, "actor": SYSTEM_ACTOR, "classes": ["identity", "profile"]}
    with access(**opening, subject=merged.resident_id, reason=officer) as theirs:
        row = Identity.objects.filter(pk=merged.resident_id).first()
        kept = theirs.unseal(bytes(row.values), IDENTITY_PLACE) if row is not None else None
        Identity.objects.filter(pk=merged.resident_id).delete()
        Profile.objects.filter(pk=merged.resident_id).delete()
    with access(**opening, subject=survivor.resident_id, reason=officer) as own:
        if row is not None and kept is not None and merged.account_level > survivor.account_level:
            sealed = {"source": row.source, "checked_at": row.checked_at, "values": own.seal(kept, IDENTITY_PLACE)}
            Identity.objects.update_or_create(resident_id=survivor.resident_id, defaults=sealed)
        level = max(survivor.account_level, merged.account_level)
        note_level(act, survivor, level, kind=Verification.Kind.MERGE, officer=act.principal.actor)
