"""Deciding on a settlement: one officer checks what was drawn up, another approves it, and then the books move.

Approval and booking are one transaction: whoever dies in the middle leaves a batch that waits for its approval as before. Locks:
settlement as a whole, the batch, then the balances of all shops that are paid, by account id.
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import F, Q

from accounts.notifications import dated
from kernel.clock import jst_date
from kernel.problems import NotAllowed, NotFound
from kernel.use_case import Act, Key, use_case
from wallet.engine.settled import BatchDrawn
from wallet.errors import PayDayNotCome, SecondPersonNeeded, SettlementDecided
from wallet.events import ShopsSettled
from wallet.models import (
    CURRENCY,
    SOURCES,
    AccountKind,
    Balance,
    CarryReason,
    Journal,
    JournalKind,
    Posting,
    SettlementBatch,
    SettlementShare,
    SettlementState,
    SettlementTransfer,
    TransferState,
)
from wallet.selectors.settlement import batch_drawn
from wallet.services import balances
from wallet.services.folding import fold_into
from wallet.services.settlement.drawing import RIGHT, lock_settlement
from wallet.services.settlement.telling import tell_managers

TAKEN = Q(net__gt=0) | Q(fee__gt=0) | Q(cash__gt=0)
"""Shares from which something is taken: of a small one, fee and cash may leave nothing to transfer."""


@use_case("wallet.check_settlement", key=Key.REQUIRED)
def check_settlement(act: Act, *, batch_id: UUID) -> BatchDrawn:
    """Say, as the first of two, that what was drawn up is right.

    :raises NotAllowed: :raises NotFound: :raises SettlementDecided:
    """
    batch = lock_batch(act, batch_id, SettlementState.DRAWN)
    return _onward(act, batch, SettlementState.CHECKED, "checked")


@use_case("wallet.approve_settlement", key=Key.REQUIRED)
def approve_settlement(act: Act, *, batch_id: UUID) -> BatchDrawn:
    """Approve, as the second of two, and book: from each shop's balance to the bank, to the fees, and for the cash it took in.

    A transfer whose shops hold less by now, after what waits in their inboxes was folded in, is withheld whole and stands in the
    next batch; the others are paid.

    :raises NotAllowed: :raises NotFound: :raises SettlementDecided: :raises SecondPersonNeeded: for the one who checked.
    """
    batch = lock_batch(act, batch_id, SettlementState.CHECKED)
    if batch.checked_by == act.principal.actor:
        raise SecondPersonNeeded
    transfers = list(batch.transfers.filter(state=TransferState.PLANNED).order_by("order"))
    shares: dict[UUID, list[SettlementShare]] = {}
    for share in SettlementShare.objects.filter(TAKEN, transfer__in=transfers).order_by("account_id"):
        shares.setdefault(share.transfer_id, []).append(share)
    locked = balances.lock(*(share.account_id for some in shares.values() for share in some))
    booked = [each for each in transfers if _book(act, each, shares[each.pk], locked)]
    for each in booked:
        told: dict[str, Any] = {"amount": each.net, "day": dated(batch.pay_on)}
        tell_managers(act, each.organisation_id, "wallet.settled", told, dedupe=str(each.pk))
    act.emit(ShopsSettled(batch_id=batch.pk, transfers=len(booked), amount=sum(each.net for each in booked)))
    return _onward(act, batch, SettlementState.APPROVED, "approved")


@use_case("wallet.withdraw_settlement", key=Key.REQUIRED)
def withdraw_settlement(act: Act, *, batch_id: UUID, why: str) -> BatchDrawn:
    """Withdraw a batch before it is approved: nothing is paid, and every sum of it goes on to the next batch.

    :raises NotAllowed: :raises NotFound: :raises SettlementDecided:
    """
    batch = lock_batch(act, batch_id, SettlementState.DRAWN, SettlementState.CHECKED)
    planned = batch.transfers.filter(state=TransferState.PLANNED)
    planned.update(state=TransferState.WITHHELD, reason=CarryReason.WITHDRAWN)
    batch.why = why
    return _onward(act, batch, SettlementState.WITHDRAWN, "withdrawn")


@use_case("wallet.confirm_settlement", key=Key.REQUIRED)
def confirm_settlement(act: Act, *, batch_id: UUID) -> BatchDrawn:
    """Say that the bank has carried out the file, on the pay day or later; without a transfer there is no file to wait for.

    :raises NotAllowed: :raises NotFound: :raises SettlementDecided: :raises PayDayNotCome:
    """
    batch = lock_batch(act, batch_id, SettlementState.WRITTEN, SettlementState.APPROVED)
    if batch.state == SettlementState.APPROVED and batch.transfers.filter(state=TransferState.BOOKED).exists():
        raise SettlementDecided(state=batch.state)
    if jst_date(act.at) < batch.pay_on:
        raise PayDayNotCome(pay_on=str(batch.pay_on))
    return _onward(act, batch, SettlementState.PAID, "paid")


def lock_batch(act: Act, batch_id: UUID, *states: SettlementState) -> SettlementBatch:
    """Lock a batch that stands in one of these states; refusals as in :func:`check_settlement`."""
    if not act.principal.may(RIGHT):
        raise NotAllowed
    lock_settlement()
    batch = SettlementBatch.objects.select_for_update().filter(pk=batch_id).first()
    if batch is None:
        raise NotFound
    if batch.state not in states:
        raise SettlementDecided(state=batch.state)
    return batch


def _onward(act: Act, batch: SettlementBatch, state: SettlementState, deed: str) -> BatchDrawn:
    batch.state = state
    setattr(batch, f"{deed}_by", act.principal.actor)
    setattr(batch, f"{deed}_at", act.at)
    batch.save(update_fields=["state", f"{deed}_by", f"{deed}_at", "why"])
    act.audit(what={"batch_id": str(batch.pk), "state": str(state)}, why=batch.why)
    return batch_drawn(batch)


def _book(act: Act, transfer: SettlementTransfer, shares: list[SettlementShare], locked: dict[UUID, Balance]) -> bool:
    if not _all_there(shares, locked):
        transfer.state, transfer.reason = TransferState.WITHHELD, CarryReason.SHORT
        transfer.save(update_fields=["state", "reason"])
        return False
    journal = Journal.objects.create(
        kind=JournalKind.SETTLEMENT, actor=act.principal.actor, idem_key=f"settlement/{transfer.pk}",
        request_digest=act.digest, at=act.at,
    )  # fmt: skip
    Posting.objects.bulk_create(_postings(journal, shares))
    for share in shares:
        balance = Balance.objects.filter(pk=share.account_id)
        balance.update(amount=F("amount") - _taken(share), version=F("version") + 1)
    transfer.state, transfer.journal = TransferState.BOOKED, journal
    transfer.save(update_fields=["state", "journal"])
    return True


def _all_there(shares: list[SettlementShare], locked: dict[UUID, Balance]) -> bool:
    """Tell whether every shop holds its part; where the balance alone does not, its inbox is folded in first."""
    for share in shares:
        balance = locked[share.account_id]
        if balance.amount < _taken(share):
            balance.amount += fold_into(share.account_id)
        if balance.amount < _taken(share):
            return False
    return True


def _taken(share: SettlementShare) -> int:
    return share.net + share.fee + share.cash


def _postings(journal: Journal, shares: Iterable[SettlementShare]) -> list[Posting]:
    moved = [
        (share.account_id, SOURCES[kind], amount)
        for share in shares
        for kind, amount in (
            (AccountKind.BANK, share.net),
            (AccountKind.FEES, share.fee),
            (AccountKind.SHOP_CASH, share.cash),
        )
        if amount
    ]
    return [
        Posting(journal=journal, line=line, debit_id=debit, credit_id=credit, currency=CURRENCY, amount=amount)
        for line, (debit, credit, amount) in enumerate(moved, start=1)
    ]
