"""Giving lines of a paid order back: a part of each tender, to where it came from."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, Sum

from kernel.ids import new_id
from kernel.use_case import Act
from wallet.engine.checkout import Tenders, part_of
from wallet.errors import OrderCardLocked, OrderNotPaid
from wallet.events import OrderLineSaid, OrderRefunded
from wallet.models import (
    CardDisputeStatus,
    CardPayment,
    CardRefund,
    CardRefundReason,
    CardRefundStatus,
    CouponUse,
    Journal,
    JournalKind,
    Order,
    OrderPayment,
    OrderPaymentStatus,
    OrderRefund,
    OrderRefundLine,
    OrderRefundReason,
    Payment,
    Refund,
)
from wallet.services import balances
from wallet.services.books import credit_merchant, new_receipt_number, open_journal, post
from wallet.services.campaigns import give_back_to_campaign
from wallet.services.coupons.for_orders import purse_of, returnable, uses_of_order
from wallet.services.coupons.using import give_back_coupons
from wallet.services.merchants.ceilings import count_refund
from wallet.services.orders.booking import CARD, change, named, taken_of
from wallet.services.refunding import give_back


@dataclass(frozen=True)
class Back:
    """What goes back of an order, line by line, and why."""

    lines: dict[int, int]
    reason: OrderRefundReason

    @property
    def amount(self) -> int:
        """Return all of it."""
        return sum(self.lines.values())


def give_lines_back(act: Act, order: Order, back: Back) -> OrderRefund:
    """Give so much of these lines back; the card company is asked once this stands. The lines must be left, and the order locked.

    Locks: the shop's day of refunds, the card payment, the payment, the balances of payer and shop, coupons, budgets.

    :raises OrderNotPaid: :raises RefundNeedsManager: beyond the shop's ceiling for who is no manager; :raises OrderCardLocked:
    where the card's part cannot go back; :raises ShopShort: where the shop holds less.
    """
    row = paid_payment(order)
    left = taken_of(row).less(Tenders(row.discount_refunded, row.coin_refunded, row.card_refunded))
    parts = part_of(left, back.amount)
    is_limited = back.reason == OrderRefundReason.SHOP and count_refund(
        act, order.shop, parts.coin + parts.card, before=row.coin_refunded + row.card_refunded
    )
    card_refund = _note_for_card(act, row, parts.card) if parts.card else None
    campaigns = returnable(row, parts.discount)
    refund = _give_coins(act, row, parts.coin) if parts.coin else None
    journal = _book(act, order, parts, campaigns, uses_of_order(row) if back.amount == left.total else [])
    row.discount_refunded += parts.discount
    row.coin_refunded += parts.coin
    row.card_refunded += parts.card
    row.save(update_fields=["discount_refunded", "coin_refunded", "card_refunded"])
    made = OrderRefund.objects.create(
        id=new_id(act.at), order_payment=row, amount=back.amount, reason=back.reason, refund=refund, card_refund=card_refund,
        journal=journal, receipt_number=new_receipt_number(), by=act.principal.actor, at=act.at,
        is_limited=is_limited, **parts._asdict(),
    )  # fmt: skip
    lines = _note_lines(order, made, back)
    change(act, order)
    act.emit(
        OrderRefunded(
            **named(order),
            account_id=row.account_id,
            refund_id=made.pk,
            amount=made.amount,
            reason=back.reason.value,
            lines=lines,
        )
    )
    return made


def restore(act: Act, card_refund: CardRefund) -> None:
    """Put the card's part of a refund back with the shop: the card company refused it for good, and an officer has been called."""
    made = OrderRefund.objects.select_related("order_payment__order__shop").get(card_refund=card_refund)
    shop_account = made.order_payment.order.shop.account_id
    journal = open_journal(act, JournalKind.ORDER_REFUND, key=f"order-restore/{made.pk}")
    post(journal, debit=CARD, credit=shop_account, amount=made.card)
    credit_merchant(journal, shop_account, made.card)
    made.restored_journal = journal
    made.save(update_fields=["restored_journal"])


def paid_payment(order: Order) -> OrderPayment:
    """Return how a locked order was paid; :raises OrderNotPaid: where it was not."""
    row = OrderPayment.objects.filter(order=order, status=OrderPaymentStatus.PAID).first()
    if row is None:
        raise OrderNotPaid
    return row


def _note_for_card(act: Act, row: OrderPayment, amount: int) -> CardRefund:
    """Note what goes back to the card, if so much is still there."""
    card = CardPayment.objects.select_for_update(of=("self",)).get(order_payment=row)
    is_disputed = card.disputes.exclude(status=CardDisputeStatus.WON).exists()
    gone = card.refunds.exclude(status=CardRefundStatus.FAILED).aggregate(sum=Sum("amount", default=0))["sum"]
    if is_disputed or amount > card.due - gone:
        raise OrderCardLocked
    return CardRefund.objects.create(
        id=new_id(act.at), payment=card, amount=amount, reason=CardRefundReason.ORDER, asked_at=act.at
    )


def _give_coins(act: Act, row: OrderPayment, amount: int) -> Refund:
    rows = Payment.objects.select_for_update(of=("self",)).select_related("shop")
    payment = rows.get(order_payment=row)
    give_back(act, payment, amount)
    return payment.refunds.latest("journal_id")


def _book(
    act: Act, order: Order, parts: Tenders, campaigns: list[tuple[CouponUse, int]], ended: list[CouponUse]
) -> Journal | None:
    """Book what goes from the shop to the card and to campaigns; with the last yen the coupons come back."""
    amount = parts.card + sum(part for _use, part in campaigns)
    shop_account = order.shop.account_id
    if amount:
        balances.draw_from_merchant(balances.lock(shop_account)[shop_account], amount)
    give_back_coupons(act, ended)
    if not amount:
        return None
    further = f"order-refund/{new_id(act.at)}" if parts.coin else None
    journal = open_journal(act, JournalKind.ORDER_REFUND, key=further)
    if parts.card:
        post(journal, debit=shop_account, credit=CARD, amount=parts.card)
    for line, (use, part) in enumerate(campaigns, start=2):
        CouponUse.objects.filter(pk=use.pk).update(returned=F("returned") + part)
        post(journal, debit=shop_account, credit=purse_of(use), amount=part, line=line)
    for use, part in sorted(campaigns, key=lambda each: purse_of(each[0])):
        give_back_to_campaign(purse_of(use), part)
    return journal


def _note_lines(order: Order, made: OrderRefund, back: Back) -> list[OrderLineSaid]:
    """Write down what came back of each line, and return it as events say it."""
    said = []
    for line in order.lines.filter(number__in=back.lines).order_by("number"):
        amount = back.lines[line.number]
        OrderRefundLine.objects.create(refund=made, number=line.number, amount=amount)
        order.lines.filter(number=line.number).update(refunded=F("refunded") + amount)
        said.append(OrderLineSaid(line.number, line.product, line.quantity, amount))
    return said


def order_of_card(payment_id: UUID) -> UUID | None:
    """Return the order that a card payment is of, None for a top-up."""
    return OrderPayment.objects.filter(card_payment_id=payment_id).values_list("order_id", flat=True).first()
