"""Settlements as officers and shops see them."""

import re
from collections import Counter
from uuid import UUID

from django.db.models import QuerySet

from kernel.principal import Principal
from kernel.problems import NotFound
from wallet.engine.settled import BatchDrawn
from wallet.models import SettlementBatch, SettlementFile, SettlementTransfer

RIGHT = "wallet.settle"


def newest_batch() -> SettlementBatch | None:
    """Return the batch of the latest period."""
    return SettlementBatch.objects.order_by("-cut_off_on").first()


def batch_named(batch_id: UUID) -> SettlementBatch:
    """Return a batch; :raises NotFound: where there is none."""
    row = SettlementBatch.objects.filter(pk=batch_id).first()
    if row is None:
        raise NotFound
    return row


def batches() -> QuerySet[SettlementBatch]:
    """Return every batch, the newest period first."""
    return SettlementBatch.objects.order_by("-cut_off_on")


def transfers_of(batch: SettlementBatch) -> QuerySet[SettlementTransfer]:
    """Return a batch's transfers in the order of the file."""
    return batch.transfers.select_related("payout").order_by("order")


def states_of(batch: SettlementBatch) -> Counter[str]:
    """Count a batch's transfers by their state."""
    return Counter(batch.transfers.values_list("state", flat=True))


def batch_drawn(row: SettlementBatch) -> BatchDrawn:
    """Return a batch by its sums."""
    return BatchDrawn(
        id=row.pk, cut_off_on=row.cut_off_on, pay_on=row.pay_on, state=row.state, credits=row.credits,
        transfers=row.transfers.filter(net__gt=0).count(), gross=row.gross, refunds=row.refunds, fee=row.fee,
        cash=row.cash, net=row.net, carried_out=row.carried_out,
    )  # fmt: skip


def may_settle(principal: Principal) -> bool:
    """Tell whether this person works on settlements."""
    return principal.may(RIGHT)


def file_of(batch: SettlementBatch) -> SettlementFile | None:
    """Return the file of a batch, once it is written."""
    return SettlementFile.objects.filter(pk=batch.pk).first()


def transfer_by_reference(reference: str) -> SettlementTransfer | None:
    """Return the transfer of a reference as the bank's file has it (``261115-12``); None where it is none of ours."""
    found = re.fullmatch(r"(\d{2})(\d{2})(\d{2})-(\d{1,9})", reference, re.ASCII)
    if found is None:
        return None
    year, month, day, order = (int(part) for part in found.groups())
    rows = SettlementTransfer.objects.select_related("payout", "batch").filter(order=order)
    return rows.filter(
        batch__cut_off_on__year=2000 + year, batch__cut_off_on__month=month, batch__cut_off_on__day=day
    ).first()
