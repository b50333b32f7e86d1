"""Two IDs of one person become one: proposed by one officer with both telephones before them, decided by another."""

from typing import Any
from uuid import UUID

import msgspec
from allauth.account.models import EmailAddress
from django.db import IntegrityError

from accounts.errors import (
    CounterCodeUnknown,
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
    Resident,
    User,
    Verification,
)
from accounts.selectors.contacts import confirmed_phone, contacts_in, has_confirmed_phone
from accounts.services.contacts import keep_contact
from accounts.services.counter import require_staff
from accounts.services.counter_codes import same, use_up
from accounts.services.erasing import erase
from accounts.services.levels import lock_user, note_level
from accounts.services.notices import notify
from kernel import contributions
from kernel.access import access
from kernel.ids import new_id
from kernel.problems import FieldFault, NotFound
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
    if same(survivor_code, merged_code):
        raise MergeOfOne
    survivor_id, merged_id = _shown_by(act, "survivor_code", survivor_code), _shown_by(act, "merged_code", merged_code)
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


def _shown_by(act: Act, field: str, code: str) -> UUID:
    """Return whose code it is; :raises CounterCodeUnknown: naming the field."""
    try:
        return use_up(code, at=act.at)
    except CounterCodeUnknown as refusal:
        raise CounterCodeUnknown(errors=[FieldFault(field, "unknown", str(refusal.title))]) from None


@use_case("accounts.confirm_merge")
def confirm_merge(act: Act, *, merge_id: UUID) -> Proposed:
    """Make the two one. The merged ID is erased and points to the survivor; addresses, number, card and surer identity go over.

    What apps keep sealed goes over too (:class:`kernel.contributions.CarriesOver`), and money follows by the event. What the
    person decided under the merged ID ends with it and is decided anew: yeses, delegates, connections. A passkey is bound to the
    account that made it (WebAuthn's user handle), so a new one is made.
    Locks: the proposal, both users by id.

    :raises SecondOfficerNeeded: for the one who proposed; :raises NotYourself:; :raises NotFound:; :raises MergeDecided:.
    """
    merge = _open_merge(act, merge_id)
    if act.principal.actor == merge.proposed_by:
        raise SecondOfficerNeeded
    _refuse_obstacles(merge.survivor_id, merge.merged_id)
    users = {each: lock_user(each) for each in sorted((merge.survivor_id, merge.merged_id))}
    survivor, merged = users[merge.survivor_id], users[merge.merged_id]
    _hand_over(act, merge, survivor, merged)
    _carry_over(act, merge)
    erase(act, merged.resident_id, purpose=PURPOSE, reason=merge.reason)
    Resident.objects.filter(pk=merged.resident_id).update(merged_into=survivor.resident_id)
    CounterCode.objects.filter(pk=survivor.resident_id).delete()
    _decide(act, merge, is_confirmed=True)
    notify(act, to=survivor.resident_id, message="accounts.ids_merged", values={}, dedupe=str(merge.pk))
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


def _refuse_obstacles(survivor_id: UUID, merged_id: UUID) -> None:
    """:raises MergeOfTwoCards: for two cards, which are two people; :raises MergeHasRoles: where the closed ID works somewhere."""
    if Resident.objects.filter(pk__in=(survivor_id, merged_id), closed_at=None).count() != 2:
        raise MergeDecided
    if Card.objects.filter(pk__in=(survivor_id, merged_id)).count() == 2:
        raise MergeOfTwoCards
    if Membership.objects.filter(resident_id=merged_id, ended_at=None).exists():
        raise MergeHasRoles


def _hand_over(act: Act, merge: Merge, survivor: User, merged: User) -> None:
    """Give the survivor address, number, card and the surer identity, all sealed anew with the survivor's key."""
    opening: dict[str, Any] = {
        "purpose": PURPOSE, "actor": act.principal.actor, "classes": ["contacts", "identity"], "reason": merge.reason,
    }  # fmt: skip
    with access(**opening, subject=merged.resident_id) as theirs:
        contacts = contacts_in(merged.resident_id)
        row = Identity.objects.filter(pk=merged.resident_id).first()
        identity = theirs.unseal(bytes(row.values), IDENTITY_PLACE) if row is not None else ""
    moved = _move_addresses(survivor, merged) | _move_number(survivor, merged)
    _move_card(survivor, merged)
    with access(**opening, subject=survivor.resident_id) as own:
        for token in sorted(moved & contacts.keys()):
            keep_contact(own, contacts[token])
        if row is not None and merged.account_level > survivor.account_level:
            sealed = {"source": row.source, "checked_at": row.checked_at, "values": own.seal(identity, IDENTITY_PLACE)}
            Identity.objects.update_or_create(resident_id=survivor.resident_id, defaults=sealed)
        level = max(survivor.account_level, merged.account_level)
        note_level(act, survivor, level, kind=Verification.Kind.MERGE, officer=act.principal.actor)


def _carry_over(act: Act, merge: Merge) -> None:
    """Let what the apps keep sealed follow the person, while the merged ID's key still opens it."""
    opening: dict[str, Any] = {"purpose": PURPOSE, "actor": act.principal.actor, "reason": merge.reason}
    for carrier in contributions.carriers():
        with (
            access(**opening, subject=merge.merged_id, classes=carrier.classes) as theirs,
            access(**opening, subject=merge.survivor_id, classes=carrier.classes) as own,
        ):
            carrier.carry(act, survivor=own, merged=theirs)


def _move_addresses(survivor: User, merged: User) -> set[str]:
    """Give the survivor the addresses that the merged ID had confirmed; return their tokens."""
    own = EmailAddress.objects.filter(user_id=survivor.pk)
    has_primary = own.filter(primary=True, verified=True).exists()
    confirmed = EmailAddress.objects.filter(user_id=merged.pk, verified=True)
    tokens = list(confirmed.order_by("id").values_list("email", flat=True))
    own.filter(email__in=tokens, verified=False).delete()
    confirmed.update(primary=False)
    if tokens and not has_primary:
        own.update(primary=False)
        confirmed.filter(email=tokens[0]).update(primary=True)
    confirmed.update(user_id=survivor.pk)
    return set(tokens)


def _move_number(survivor: User, merged: User) -> set[str]:
    """Give the survivor the number that the merged ID had confirmed, unless they have one; return its token."""
    number = confirmed_phone(merged.pk)
    PhoneNumber.objects.filter(pk=merged.pk).delete()
    if number is None or has_confirmed_phone(survivor.pk):
        return set()
    PhoneNumber.objects.update_or_create(user_id=survivor.pk, defaults={"number": number, "is_verified": True})
    return {number}


def _move_card(survivor: User, merged: User) -> None:
    card = Card.objects.filter(pk=merged.resident_id).first()
    if card is not None:
        card.delete()
        Card.objects.create(resident_id=survivor.resident_id, ppid_index=card.ppid_index, bound_at=card.bound_at)
