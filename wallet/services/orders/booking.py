"""An order's payment: begun, set aside, taken, or ended without money; each inside an open act, with the order locked."""

from datetime import datetime
from typing import Any
from uuid import UUID

from kernel.clock import jst_date
from kernel.ids import new_id
from kernel.use_case import Act
from wallet.engine.checkout import Tenders
from wallet.events import OrderEnded, OrderHeld, OrderLineSaid, OrderPaid
from wallet.models import (
    SOURCES,
    AccountKind,
    CardPayment,
    Hold,
    Journal,
    JournalKind,
    Order,
    OrderDelivery,
    OrderMode,
    OrderPayment,
    OrderPaymentStatus,
    OrderStatus,
    Payment,
)
from wallet.selectors.coupons import UseOf
from wallet.services import announce, balances, lots
from wallet.services.books import credit_merchant, open_journal, post
from wallet.services.coupons import for_orders as coupons
from wallet.services.holding import close_hold, set_aside
from wallet.services.paying import Taken, record

TILL = "till"
"""The source of a bill at a till: what is paid there is handed over the counter."""
LIVE = (OrderPaymentStatus.BEGUN, OrderPaymentStatus.HELD, OrderPaymentStatus.CAPTURING)
CARD = SOURCES[AccountKind.CARD]


def lock_order(order_id: UUID) -> Order | None:
    """Lock an order, its shop beside it: the first lock of whatever changes it."""
    return Order.objects.select_for_update(of=("self",)).select_related("shop").filter(pk=order_id).first()


def live_payment(order: Order) -> OrderPayment | None:
    """Return the way in which a locked order is being paid, None where nobody does."""
    rows = OrderPayment.objects.select_related("card_payment", "hold").filter(order=order, status__in=LIVE)
    return rows.first()


def begin(
    act: Act, order: Order, account_id: UUID, tenders: Tenders, uses: list[UseOf], *, method: str,
    card_payment: CardPayment | None, until: datetime,
) -> OrderPayment:  # fmt: skip
    """Begin to pay: coins that wait for a card or for the seller are set aside, coupons are used.

    Locks: the payer's balance, coupons, budgets. Refusals as of a payment; :raises QuoteChanged:.
    """
    waits = tenders.coin and (card_payment is not None or order.mode == OrderMode.HOLD)
    hold = set_aside(act, account_id, order.shop, tenders.coin, until=until) if waits else None
    row = OrderPayment.objects.create(
        id=new_id(act.at), order=order, account_id=account_id, method=method, hold=hold, card_payment=card_payment,
        begun_at=act.at, **tenders._asdict(),
    )  # fmt: skip
    coupons.reserve(act, row, uses)
    change(act, order, account_id=account_id)
    return row


def set_held(act: Act, order: Order, row: OrderPayment) -> None:
    """Note that all of it is set aside for the seller."""
    row.status = OrderPaymentStatus.HELD
    row.save(update_fields=["status"])
    change(act, order, status=OrderStatus.HELD)
    assert order.held_until is not None  # noqa: S101 - the shape of such an order, checked by the database
    act.emit(OrderHeld(**named(order), account_id=row.account_id, total=order.total, held_until=order.held_until))


def take(act: Act, order: Order, row: OrderPayment) -> None:
    """Book an order as paid: coins, the card's money and the campaigns' part go to the shop in one transaction, as it was fixed.

    Locks: the hold, the payer's balance, budgets. The shop's credits wait in its inbox.
    """
    taken = taken_of(row)
    row.payment = _take_coins(act, order, row, taken.coin)
    row.journal = _take_rest(act, order, row, taken.card)
    row.status, row.ended_at = OrderPaymentStatus.PAID, act.at
    row.save(update_fields=["status", "ended_at", "payment", "journal", "discount_taken", "coin_taken", "card_taken"])
    is_handed_over = order.source == TILL
    delivery = OrderDelivery.DELIVERED if is_handed_over else OrderDelivery.WAITING
    change(act, order, status=OrderStatus.PAID, delivery=delivery, ended_at=act.at)
    act.emit(OrderPaid(**named(order), account_id=row.account_id, total=taken.total, lines=_lines_taken(order)))


def fix_whole(order: Order, row: OrderPayment) -> None:
    """Fix that everything is taken."""
    fix(order, row, tenders_of(row), {line.number: line.amount for line in order.lines.all()})


def fix(order: Order, row: OrderPayment, taken: Tenders, lines: dict[int, int]) -> None:
    """Fix what is taken of each tender and line; written down with what follows."""
    row.discount_taken, row.coin_taken, row.card_taken = taken
    for line in order.lines.all():
        line.taken = lines.get(line.number, 0)
        line.save(update_fields=["taken"])


def end_payment(act: Act, order: Order, row: OrderPayment) -> None:
    """End a way of paying without money: what is set aside goes back, and so do the coupons. The order can be paid in another way.

    Locks: the hold, the payer's balance, coupons, budgets.
    """
    if row.hold_id is not None:
        close_hold(act, _locked_hold(row), captured=0, key=f"order-release/{row.pk}")
        account_id = row.account_id
        act.after_commit(lambda: announce.balance_changed(account_id=account_id))
    coupons.let_go(act, row)
    if row.status == OrderPaymentStatus.CAPTURING:
        order.lines.update(taken=0)
    row.status, row.ended_at = OrderPaymentStatus.ENDED, act.at
    row.save(update_fields=["status", "ended_at"])
    change(act, order)


def end_order(act: Act, order: Order, status: OrderStatus) -> None:
    """End an order without money, and whatever is set aside for it; :func:`end_payment` says what that locks."""
    row = live_payment(order)
    if row is not None:
        end_payment(act, order, row)
        if row.card_payment_id is not None:
            CardPayment.objects.filter(pk=row.card_payment_id, to_take=None).update(to_take=0)
    change(act, order, status=status, ended_at=act.at)
    act.emit(OrderEnded(**named(order), status=status.value))


def change(act: Act, order: Order, **said: Any) -> None:
    """Change a locked order, or something that is shown with it: its version rises, and its shop's tills hear of it."""
    for name, value in said.items():
        setattr(order, name, value)
    order.version += 1
    order.save(update_fields=[*said, "version"])
    order_id, shop_id = order.pk, order.shop_id
    act.after_commit(lambda: announce.order_changed(order_id=order_id, shop_id=shop_id))


def tenders_of(row: OrderPayment) -> Tenders:
    """Return what makes the price."""
    return Tenders(row.discount, row.coin, row.card)


def taken_of(row: OrderPayment) -> Tenders:
    """Return what was taken of each tender."""
    return Tenders(row.discount_taken, row.coin_taken, row.card_taken)


def _take_coins(act: Act, order: Order, row: OrderPayment, amount: int) -> Payment | None:
    """Capture the hold for so much, or take the coins now."""
    if row.hold_id is None and amount:
        counted_on = balances.take(row.account_id, amount, at=act.at)
        moves = lots.plan_spending(row.account_id, amount, jst_date(act.at))
        journal = open_journal(act, JournalKind.PAYMENT)
        lots.move(journal, moves)
        paid = record(act, journal, Taken(row.account_id, order.shop, amount, counted_on))
        return Payment.objects.get(pk=paid.id)
    if row.hold_id is None:
        return None
    journal = close_hold(act, _locked_hold(row), captured=amount, key=f"order-capture/{row.pk}")
    account_id = row.account_id
    act.after_commit(lambda: announce.balance_changed(account_id=account_id))
    if not amount:
        return None
    paid = record(act, journal, Taken(row.account_id, order.shop, amount, counted_on=None, hold_id=row.hold_id))
    return Payment.objects.get(pk=paid.id)


def _take_rest(act: Act, order: Order, row: OrderPayment, card: int) -> Journal | None:
    """Book what comes by card and from campaigns; nothing of it is a journal's worth where there is neither."""
    parts = coupons.payable(row)
    city = sum(part for _use, part in parts)
    journal = open_journal(act, JournalKind.ORDER, key=f"order/{row.pk}") if card + city else None
    if journal is not None:
        if card:
            post(journal, debit=CARD, credit=order.shop.account_id, amount=card)
        credit_merchant(journal, order.shop.account_id, card + city)
    coupons.pay_reserved(parts, journal, shop_account=order.shop.account_id)
    return journal


def _locked_hold(row: OrderPayment) -> Hold:
    return Hold.objects.select_for_update(of=("self",)).select_related("shop").get(order_payment=row)


def _lines_taken(order: Order) -> list[OrderLineSaid]:
    return [
        OrderLineSaid(line.number, line.product, line.quantity, line.taken)
        for line in order.lines.order_by("number")
        if line.taken
    ]


def named(order: Order) -> dict[str, Any]:
    """Return how every event names an order."""
    return {"order_id": order.pk, "source": order.source, "source_id": order.source_id, "shop_id": order.shop_id}
