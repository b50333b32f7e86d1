"""Transfers that a bank sends back (組戻し): the sum is the shop's again, the account is flagged, and the next batch pays it
anew.
"""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from accounts.notifications import dated
from kernel.problems import NotAllowed, NotFound
from kernel.use_case import Act, Key, use_case
from wallet.engine.settled import CameBack, ReturnsRead
from wallet.engine.zengin import Transfer, parse
from wallet.errors import ReturnUnknown, TransferNotPaid
from wallet.models import (
    SOURCES,
    AccountKind,
    Journal,
    JournalKind,
    PayoutAccount,
    PayoutState,
    SettlementReturn,
    SettlementState,
    SettlementTransfer,
    TransferState,
)
from wallet.selectors.settlement import transfer_by_reference
from wallet.services.books import credit_merchant, post
from wallet.services.settlement.drawing import RIGHT, lock_settlement
from wallet.services.settlement.payouts import details_of
from wallet.services.settlement.telling import tell_managers

SENT = (SettlementState.WRITTEN, SettlementState.PAID)


@use_case("wallet.record_return", key=Key.REQUIRED, status=201)
def record_return(act: Act, *, transfer_id: UUID, why: str) -> CameBack:
    """Book what the bank sent back, to the shops it came from. The fee is not given back: the work was done.

    :raises NotAllowed: :raises NotFound: :raises TransferNotPaid: where it was never sent, or came back already.
    """
    if not act.principal.may(RIGHT):
        raise NotAllowed
    lock_settlement()
    rows = SettlementTransfer.objects.select_for_update(of=("self",)).select_related("batch")
    transfer = rows.filter(pk=transfer_id).first()
    if transfer is None:
        raise NotFound
    if transfer.state != TransferState.BOOKED or transfer.batch.state not in SENT:
        raise TransferNotPaid
    return _return(act, transfer, why)


@use_case("wallet.import_returns", key=Key.REQUIRED, status=201)
def import_returns(act: Act, *, content: bytes) -> ReturnsRead:
    """Record every transfer of a file of what came back: a file of transfers that holds those records as they were sent.

    All or nothing; what was recorded before is known and left alone, so that the same file may come twice.

    :raises NotAllowed: :raises FileUnreadable: :raises ReturnUnknown: with the line that fits no transfer of ours.
    """
    if not act.principal.may(RIGHT):
        raise NotAllowed
    found = list(_matched(parse(content).transfers))
    fresh = [each for each in found if each.state != TransferState.RETURNED]
    for each in fresh:
        record_return(act, transfer_id=each.pk, why="振込不能（銀行のファイルによる）")
    return ReturnsRead(recorded=len(fresh), known=len(found) - len(fresh), amount=sum(each.net for each in fresh))


def _matched(came_back: tuple[Transfer, ...]) -> Iterator[SettlementTransfer]:
    for line, each in enumerate(came_back, start=2):
        transfer = transfer_by_reference(each.reference)
        if transfer is None or transfer.payout is None or transfer.net != each.amount:
            raise ReturnUnknown(line=line)
        account = (transfer.payout.bank_code, transfer.payout.branch_code, details_of(transfer.payout).number)
        if account != (each.to.bank_code, each.to.branch_code, each.to.account_number):
            raise ReturnUnknown(line=line)
        yield transfer


def _return(act: Act, transfer: SettlementTransfer, why: str) -> CameBack:
    journal = Journal.objects.create(
        kind=JournalKind.RETURNED, actor=act.principal.actor, idem_key=f"returned/{transfer.pk}",
        request_digest=act.digest, at=act.at,
    )  # fmt: skip
    paid = transfer.shares.filter(net__gt=0).order_by("account_id")
    for line, share in enumerate(paid, start=1):
        post(journal, debit=SOURCES[AccountKind.BANK], credit=share.account_id, amount=share.net, line=line)
        credit_merchant(journal, share.account_id, share.net)
    transfer.state = TransferState.RETURNED
    transfer.save(update_fields=["state"])
    SettlementReturn.objects.create(
        transfer=transfer, journal=journal, amount=transfer.net, why=why, recorded_by=act.principal.actor, at=act.at
    )
    PayoutAccount.objects.filter(pk__in=[transfer.payout_id], state=PayoutState.VERIFIED).update(
        state=PayoutState.RETURNED
    )
    told: dict[str, Any] = {"amount": transfer.net, "day": dated(transfer.batch.pay_on)}
    tell_managers(act, transfer.organisation_id, "wallet.transfer_returned", told, dedupe=str(transfer.pk))
    act.audit(what={"transfer_id": str(transfer.pk), "amount": transfer.net}, why=why)
    return CameBack(transfer.pk, transfer.net)
