"""Orders, for those who sell and for those who pay."""

from base64 import urlsafe_b64encode
from datetime import datetime
from hmac import compare_digest
from uuid import UUID

from django.conf import settings
from django.db.models import Prefetch, Q, QuerySet, Sum
from django.utils.crypto import salted_hmac

from kernel.principal import Principal
from kernel.problems import NotFound
from wallet.engine.checkout import CARD_LEAST
from wallet.engine.coupons import Basket, Line
from wallet.engine.order_results import (
    Method,
    OrderInList,
    OrderLineShown,
    OrderPaying,
    OrderRefundShown,
    OrderShown,
    OrderToPay,
    TendersShown,
)
from wallet.errors import NoWallet, OrderBeingPaid, OrderNotOpen
from wallet.gateways.cards import are_cards_offered
from wallet.models import CardStatus, Order, OrderPayment, OrderPaymentStatus, OrderRefund, OrderStatus
from wallet.selectors.accounts import account_of, accounts_behind
from wallet.selectors.coupons import answer_of, quote_at
from wallet.selectors.mine import own_balance
from wallet.selectors.receipts import shop_name
from wallet.selectors.shops import SEE_TILL, check_till


def order_link(order_id: UUID) -> str:
    """Return what the payer of a bill opens: its address, and behind the hash sign a token of 160 bits, the same each time."""
    return f"{settings.PUBLIC_URL}/pay/orders/{order_id}#{order_token(order_id)}"


def order_token(order_id: UUID) -> str:
    """Return the token of a bill that nobody has paid."""
    digest = salted_hmac("wallet.order", order_id.hex, algorithm="sha256").digest()
    return urlsafe_b64encode(digest[:20]).decode().rstrip("=")


def whole_orders() -> "QuerySet[Order]":
    """Return orders with all that is shown of them, whatever their number in so many queries."""
    payments = OrderPayment.objects.select_related("card_payment").order_by("begun_at", "id")
    refunds = OrderRefund.objects.select_related("card_refund").order_by("at", "id")
    return Order.objects.select_related("shop").prefetch_related(
        "lines", Prefetch("payments", payments), Prefetch("payments__refunds", refunds)
    )


def orders_at(shop_id: UUID) -> "QuerySet[Order]":
    """Return a shop's orders, to be paged by ``(placed_at, id)``; :func:`order_for_seller` shapes a row."""
    return whole_orders().filter(shop_id=shop_id)


def own_orders(principal: Principal) -> "QuerySet[Order]":
    """Return one's own orders, to be paged by ``(placed_at, id)``; :func:`order_in_list` shapes a row."""
    rows = Order.objects.filter(account_id__in=own_accounts(principal)).select_related("shop")
    return rows.annotate(sum_taken=Sum("lines__taken"), sum_refunded=Sum("lines__refunded"))


def orders_of(account_ids: list[UUID]) -> list[OrderShown]:
    """Return everything that was ordered by these accounts, the oldest first."""
    rows = whole_orders().filter(account_id__in=account_ids).order_by("placed_at", "id")
    return [order_shown(row, is_payer=True) for row in rows]


def has_orders() -> bool:
    """Tell whether anybody was ever asked for money by an order."""
    return Order.objects.exists()


def card_page_of(order_id: UUID) -> str | None:
    """Return the card company's name of the page on which an order is being paid, to the city's own machinery."""
    rows = OrderPayment.objects.filter(order_id=order_id, card_payment__isnull=False).order_by("-begun_at", "-id")
    return rows.values_list("card_payment__session_id", flat=True).first()


def overdue_orders(*, at: datetime) -> list[UUID]:
    """Return the orders whose time is over: held too long, or open while nobody is paying."""
    live = OrderPayment.objects.filter(status=OrderPaymentStatus.BEGUN).values("order_id")
    over = Q(status=OrderStatus.HELD, held_until__lte=at) | (
        Q(status=OrderStatus.OPEN, expires_at__lte=at) & ~Q(pk__in=live)
    )
    return list(Order.objects.filter(over).order_by("expires_at", "id").values_list("pk", flat=True))


def access_order_for_seller(principal: Principal, order_id: UUID, right: str = SEE_TILL) -> Order:
    """Return an order to who runs the shop's till; :raises NotFound: to others; :raises NotAllowed: without the right."""
    order = Order.objects.select_related("shop").filter(pk=order_id).first()
    if order is None:
        raise NotFound
    check_till(principal, order.shop, right)
    return order


def access_order_for(principal: Principal, order_id: UUID) -> OrderShown:
    """Return an order to its payer or to who runs the shop's till; :raises NotFound: to everybody else."""
    order = whole_orders().filter(pk=order_id).first()
    if order is None:
        raise NotFound
    if order.account_id in own_accounts(principal):
        return order_shown(order, is_payer=True)
    if not principal.may(SEE_TILL, within=order.shop.organisation_id):
        raise NotFound
    return order_for_seller(order)


def check_payer(principal: Principal, order: Order, token: str) -> None:
    """Let who may pay an order through: its payer, and while it is nobody's whoever holds its link.

    :raises NotFound: to everybody else; :raises OrderBeingPaid: :raises OrderNotOpen: to who holds the link of another's.
    """
    if order.account_id is not None and order.account_id in own_accounts(principal):
        return
    if not compare_digest(token.encode(), order_token(order.pk).encode()):
        raise NotFound
    if order.account_id is not None:
        raise OrderBeingPaid if order.status == OrderStatus.OPEN else OrderNotOpen


def order_to_pay(principal: Principal, order_id: UUID, token: str, *, at: datetime) -> OrderToPay:
    """Return an order before who may pay it, with the best that coupons do; nothing is changed. Refusals of :func:`check_payer`."""
    order = whole_orders().filter(pk=order_id).first()
    if order is None:
        raise NotFound
    check_payer(principal, order, token)
    own = own_accounts(principal)
    quote = None
    if order.status == OrderStatus.OPEN:
        quoted = quote_at(order.shop, own[0] if own else None, basket_of(order), at=at)
        quote = answer_of(order.shop, quoted, at=at)
    available = own_balance(principal, at=at).available
    return OrderToPay(
        order=order_shown(order, is_payer=True), quote=quote, methods=methods_here(order), available=available,
        card_least=CARD_LEAST,
    )  # fmt: skip


def basket_of(order: Order) -> Basket:
    """Return an order as coupons see it: its total, and what of it is for goods with a tag."""
    return Basket(order.total, tuple(Line(line.product, line.amount) for line in order.lines.all() if line.product))


def methods_of(order: Order) -> list[Method]:
    """Return the ways of paying that the seller takes."""
    ways: list[tuple[Method, bool]] = [("coin", order.by_coin), ("card", order.by_card), ("mixed", order.by_mixed)]
    return [way for way, is_taken in ways if is_taken]


def methods_here(order: Order) -> list[Method]:
    """Return those of them that this city offers now."""
    return [way for way in methods_of(order) if way == "coin" or are_cards_offered()]


def order_for_seller(order: Order) -> OrderShown:
    """Return an order as the seller sees it."""
    return order_shown(order, is_payer=False)


def order_in_list(order: Order) -> OrderInList:
    """Return one of one's own orders; the sums must have been read with it."""
    return OrderInList(
        id=order.pk, receipt_number=order.receipt_number, shop=shop_name(order.shop), status=order.status,  # type: ignore[arg-type]
        total=order.total, taken=order.sum_taken, refunded=order.sum_refunded, currency=order.currency,  # type: ignore[attr-defined]
        placed_at=order.placed_at,
    )  # fmt: skip


def order_shown(order: Order, *, is_payer: bool) -> OrderShown:
    """Return an order as it is shown; what :func:`whole_orders` reads must have been read with it."""
    payments = list(order.payments.all())
    ended = payments[-1] if payments else None
    newest = next((payment for payment in payments if payment.status != OrderPaymentStatus.ENDED), ended)
    refunds = [refund for payment in payments for refund in payment.refunds.all()]
    is_bill = not is_payer and order.status == OrderStatus.OPEN and order.account_id is None
    return OrderShown(
        id=order.pk, receipt_number=order.receipt_number, shop=shop_name(order.shop), source=order.source,
        status=order.status, delivery=order.delivery, mode=order.mode,  # type: ignore[arg-type]
        methods=methods_of(order), total=order.total, currency=order.currency, lines=_lines(order),
        paying=_paying(newest, is_payer=is_payer) if newest else None, refunds=[_refund(each) for each in refunds],
        placed_at=order.placed_at, expires_at=order.expires_at, held_until=order.held_until, ended_at=order.ended_at,
        link=order_link(order.pk) if is_bill else None, version=order.version,
    )  # fmt: skip


def _lines(order: Order) -> list[OrderLineShown]:
    names = OrderLineShown.__struct_fields__
    rows = sorted(order.lines.all(), key=lambda line: line.number)
    return [OrderLineShown(**{name: getattr(line, name) for name in names}) for line in rows]


def _paying(row: OrderPayment, *, is_payer: bool) -> OrderPaying:
    card = row.card_payment
    has_page = is_payer and card is not None and card.status == CardStatus.OPEN and card.to_take is None
    return OrderPaying(
        method=row.method, status=row.status,  # type: ignore[arg-type]
        tenders=TendersShown(row.discount, row.coin, row.card),
        taken=TendersShown(row.discount_taken, row.coin_taken, row.card_taken),
        refunded=TendersShown(row.discount_refunded, row.coin_refunded, row.card_refunded),
        url=card.url if card is not None and has_page else None,
        refused=card.refused if card is not None and is_payer else "",
    )  # fmt: skip


def _refund(row: OrderRefund) -> OrderRefundShown:
    return OrderRefundShown(
        receipt_number=row.receipt_number, amount=row.amount, parts=TendersShown(row.discount, row.coin, row.card),
        reason=row.reason, card_state=row.card_refund.status if row.card_refund else "none", at=row.at,  # type: ignore[arg-type]
    )  # fmt: skip


def own_accounts(principal: Principal) -> list[UUID]:
    """Return one's account, and those for which it stands; none for who has none."""
    try:
        return accounts_behind(account_of(principal)) if principal.subject is not None else []
    except NoWallet:
        return []
