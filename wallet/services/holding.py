"""Holds: coins are set aside for a shop, which takes what it needs of them or lets them go."""

from datetime import datetime, timedelta
from uuid import UUID

from kernel.clock import jst_date
from kernel.ids import new_id
from kernel.principal import SYSTEM
from kernel.problems import NotFound
from kernel.use_case import Act, Key, use_case
from wallet.engine.lots import restore
from wallet.engine.results import HoldState, Receipt
from wallet.errors import CaptureExceedsHold, HoldNotOpen, PartOfOrder
from wallet.events import HoldClosed
from wallet.models import CodeKind, Hold, HoldStatus, Journal, JournalKind, OrderPayment, Shop
from wallet.selectors.codes import customer_code_hash
from wallet.selectors.holds import hold_state
from wallet.selectors.lots import outstanding_of
from wallet.selectors.shops import access_shop_for, check_till
from wallet.services import announce, balances, lots
from wallet.services.books import check_amount, open_journal
from wallet.services.one_use import lock_code, use_up
from wallet.services.paying import Taken, due_at, record

HOLD_LIVES = timedelta(days=1)


@use_case("wallet.hold", key=Key.REQUIRED, status=201)
def hold(act: Act, *, shop_id: UUID, customer_code: str, amount: int) -> HoldState:
    """Set an amount aside for one day, by the customer's own code. The lots are taken now, so what ends meanwhile is not
    lost to the shop.

    Limits and refusals are those of a payment (:func:`wallet.services.paying.charge_customer`).
    """
    check_amount(amount)
    shop = access_shop_for(act.principal, shop_id, "wallet.charge")
    code = lock_code(customer_code_hash(customer_code), CodeKind.CUSTOMER, at=act.at)
    account_id = code.account_id
    assert account_id is not None  # noqa: S101 - the shape of a customer's code, checked by the database
    due_at(shop, account_id, None, amount)
    held = set_aside(act, account_id, shop, amount, until=act.at + HOLD_LIVES)
    use_up(code, at=act.at)
    act.audit(what={"hold_id": str(held.pk), "account_id": str(account_id), "shop_id": str(shop.pk), "amount": amount})
    return hold_state(held)


def set_aside(act: Act, account_id: UUID, shop: Shop, amount: int, *, until: datetime) -> Hold:
    """Take coins out of an account's lots and set them aside for a shop, inside an open act. Locks: the balance.

    :raises AccountFrozen: :raises InsufficientFunds: :raises LimitPerDay: as a payment would.
    """
    counted_on = balances.take(account_id, amount, at=act.at, to_hold=True)
    moves = lots.plan_spending(account_id, amount, jst_date(act.at))
    journal = open_journal(act, JournalKind.HOLD)
    lots.move(journal, moves)
    act.after_commit(lambda: announce.balance_changed(account_id=account_id))
    return Hold.objects.create(
        id=new_id(act.at),
        journal=journal,
        account_id=account_id,
        shop=shop,
        amount=amount,
        at=act.at,
        expires_at=until,
        counted_on=counted_on,
    )


@use_case("wallet.capture_hold", key=Key.REQUIRED, status=201)
def capture_hold(act: Act, *, hold_id: UUID, amount: int) -> Receipt:
    """Take ``amount`` of what is set aside as a payment; the rest goes back to its lots.

    Locks: the key, the hold, the payer's balance.

    :raises NotFound: :raises NotAllowed: for a till that this person may not run; :raises PartOfOrder: for one of an order;
    :raises HoldNotOpen: where it ended or its time is over;
    :raises CaptureExceedsHold: for more than was set aside.
    """
    check_amount(amount)
    row = _lock_hold(act, hold_id)
    if row.expires_at <= act.at:
        raise HoldNotOpen
    if amount > row.amount:
        raise CaptureExceedsHold(held=row.amount)
    journal = close_hold(act, row, captured=amount)
    return record(act, journal, Taken(row.account_id, row.shop, amount, counted_on=None, hold_id=row.pk))


@use_case("wallet.release_hold", key=Key.REQUIRED, status=201)
def release_hold(act: Act, *, hold_id: UUID) -> HoldState:
    """Let all that is set aside go back to its lots; :raises HoldNotOpen: where the hold has ended. Locks as
    :func:`capture_hold`.
    """
    row = _lock_hold(act, hold_id)
    close_hold(act, row, captured=0)
    act.audit(what={"hold_id": str(row.pk), "account_id": str(row.account_id), "amount": row.amount})
    act.after_commit(lambda: announce.balance_changed(account_id=row.account_id))
    return hold_state(row)


def release_expired_holds(*, at: datetime) -> int:
    """Release the holds whose time is over, each in a transaction of its own; return how many. An order lets go its own."""
    over = Hold.objects.filter(status=HoldStatus.HELD, expires_at__lte=at, order_payment=None)
    over = over.order_by("expires_at", "id")
    count = 0
    for hold_id in list(over.values_list("pk", flat=True)):
        answer = release_hold.answer(Act(SYSTEM, at=at, key=f"expired-hold/{hold_id}"), hold_id=hold_id)
        count += not answer.is_refusal
    return count


def _lock_hold(act: Act, hold_id: UUID) -> Hold:
    row = Hold.objects.select_for_update(of=("self",)).select_related("shop").filter(pk=hold_id).first()
    if row is None:
        raise NotFound
    check_till(act.principal, row.shop, "wallet.charge")
    if OrderPayment.objects.filter(hold_id=hold_id).exists():
        raise PartOfOrder
    if row.status != HoldStatus.HELD:
        raise HoldNotOpen
    return row


def close_hold(act: Act, row: Hold, *, captured: int, key: str | None = None) -> Journal:
    """End a locked hold; what is not captured returns to the lots, the one taken last first. Locks: the balance."""
    rest = row.amount - captured
    balance = balances.lock(row.account_id)[row.account_id]
    row.day_restored = balances.give(balance, rest, held=-row.amount, counted_on=row.counted_on)
    journal = open_journal(act, JournalKind.CAPTURE if captured else JournalKind.RELEASE, key=key)
    lots.move(journal, restore(outstanding_of([row.journal_id]), rest))
    row.status = HoldStatus.CAPTURED if captured else HoldStatus.RELEASED
    row.captured, row.closed_at, row.closing_id, row.closing_journal = captured, act.at, new_id(act.at), journal
    row.save(update_fields=["status", "captured", "closed_at", "closing_id", "closing_journal", "day_restored"])
    act.emit(
        HoldClosed(hold_id=row.pk, account_id=row.account_id, shop_id=row.shop_id, amount=row.amount, captured=captured)
    )
    return journal
