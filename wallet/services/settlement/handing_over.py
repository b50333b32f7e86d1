"""Cash that shops hand over themselves: one officer records what came, another accepts it, and then the books move.

Settlement covers what a shop took in for coins with what it sold. A shop that always takes in more brings the rest to the
counter or transfers it. What is accepted is never more than is owed, less what a settlement that is drawn up means to keep: both
wait for the same lock. Locks: settlement as a whole, the record, the till.
"""

from datetime import date
from uuid import UUID

from kernel.clock import jst_date
from kernel.ids import new_id
from kernel.problems import NotAllowed, NotFound
from kernel.use_case import Act, Key, use_case
from wallet.engine.settled import HandoverNow
from wallet.errors import (
    AnotherOfficerNeeded,
    HandoverDecided,
    HandoverIncomplete,
    HandoverWaits,
    MoreThanOwed,
    TillNotOpen,
    TillOfAnotherDay,
)
from wallet.models import SOURCES, AccountKind, CashTill, HandoverWay, JournalKind, ShopCashHandover
from wallet.selectors.shop_cash import cash_to_hand_over
from wallet.services.books import check_amount, open_journal, post
from wallet.services.cash.entering import enter_in_till, lock_own_till
from wallet.services.settlement.drawing import RIGHT, lock_settlement
from wallet.services.settlement.telling import tell_managers

_INTO = {HandoverWay.COUNTER: AccountKind.COUNTER_CASH, HandoverWay.BANK: AccountKind.BANK}


@use_case("wallet.record_handover", key=Key.REQUIRED, status=201)
def record_handover(
    act: Act, *, organisation_id: UUID, amount: int, way: str, received_on: date, reference: str = ""
) -> HandoverNow:
    """Record, as the first of two, what an organisation handed over of its shops' cash; no money moves yet.

    At the counter the cash lies in this officer's own open till, so that it is today's.

    :raises NotAllowed: without ``wallet.settle``; :raises AmountInvalid: :raises HandoverIncomplete: for another way, a day to
    come, a transfer without the bank's reference; :raises HandoverWaits: where one is recorded and not decided;
    :raises MoreThanOwed: :raises TillNotOpen: :raises TillOfAnotherDay:
    """
    if not act.principal.may(RIGHT):
        raise NotAllowed
    check_amount(amount)
    reference, today = reference.strip(), jst_date(act.at)
    if way not in HandoverWay.values or received_on > today or (way == HandoverWay.BANK and not reference):
        raise HandoverIncomplete
    if way == HandoverWay.COUNTER and received_on != today:
        raise HandoverIncomplete
    lock_settlement()
    if ShopCashHandover.objects.filter(organisation_id=organisation_id, decided_at=None).exists():
        raise HandoverWaits
    _check_owed(act, organisation_id, amount)
    row = ShopCashHandover.objects.create(
        id=new_id(act.at), organisation_id=organisation_id, amount=amount, way=way, received_on=received_on,
        reference=reference, till=lock_own_till(act) if way == HandoverWay.COUNTER else None,
        recorded_by=act.principal.actor, recorded_at=act.at,
    )  # fmt: skip
    act.audit(what=_ids(row))
    return _now(row)


@use_case("wallet.decide_handover", key=Key.REQUIRED)
def decide_handover(act: Act, *, handover_id: UUID, accept: bool) -> HandoverNow:
    """Accept what a colleague recorded, which books it and tells the managers, or turn it down; one's own may be taken back.

    :raises NotAllowed: :raises NotFound: :raises HandoverDecided: :raises AnotherOfficerNeeded: for who would accept their own;
    :raises MoreThanOwed: where less is owed by now; :raises TillNotOpen: :raises TillOfAnotherDay: where the till in which the cash
    lay was counted meanwhile.
    """
    if not act.principal.may(RIGHT):
        raise NotAllowed
    lock_settlement()
    row = ShopCashHandover.objects.select_for_update().filter(pk=handover_id).first()
    if row is None:
        raise NotFound
    if row.decided_at is not None:
        raise HandoverDecided
    if accept and row.recorded_by == act.principal.actor:
        raise AnotherOfficerNeeded
    if accept:
        _book(act, row)
    row.is_accepted, row.decided_by, row.decided_at = accept, act.principal.actor, act.at
    row.save()
    if accept:
        told = {"amount": row.amount, "left": cash_to_hand_over(row.organisation_id, at=act.at)}
        tell_managers(act, row.organisation_id, "wallet.shop_cash_received", told, dedupe=str(row.pk))
    act.audit(what=_ids(row) | {"accept": accept})
    return _now(row)


def _book(act: Act, row: ShopCashHandover) -> None:
    _check_owed(act, row.organisation_id, row.amount)
    till = _still_open(act, row.till_id) if row.till_id else None
    journal = open_journal(act, JournalKind.SHOP_CASH)
    into = SOURCES[_INTO[HandoverWay(row.way)]]
    post(journal, debit=into, credit=SOURCES[AccountKind.SHOP_CASH], amount=row.amount)
    enter_in_till(till, journal.pk, row.amount)
    row.journal = journal


def _check_owed(act: Act, organisation_id: UUID, amount: int) -> None:
    owed = cash_to_hand_over(organisation_id, at=act.at)
    if amount > owed:
        raise MoreThanOwed(owed=owed)


def _still_open(act: Act, till_id: UUID) -> CashTill:
    till = CashTill.objects.select_for_update().get(pk=till_id)
    if till.closed_at is not None:
        raise TillNotOpen
    if till.day != jst_date(act.at):
        raise TillOfAnotherDay(day=str(till.day))
    return till


def _now(row: ShopCashHandover) -> HandoverNow:
    return HandoverNow(id=row.pk, organisation_id=row.organisation_id, amount=row.amount, is_accepted=row.is_accepted)


def _ids(row: ShopCashHandover) -> dict[str, object]:
    return {
        "handover_id": str(row.pk),
        "organisation_id": str(row.organisation_id),
        "amount": row.amount,
        "way": row.way,
    }
