"""Placing orders: by an app, in whose name each stands once for ever, and at a till, as a bill for whoever opens its link."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

import msgspec

from kernel.ids import new_id
from kernel.money import MOST
from kernel.use_case import Act, Key, use_case
from wallet.engine.order_results import Method, OrderShown
from wallet.errors import CurrencyUnsupported, OrderDiffers, OrderLinesUnsound, OrderMethodRefused, ShopClosed
from wallet.models import CURRENCY, Order, OrderLine, Shop
from wallet.selectors.accounts import account_held_by, accounts_behind
from wallet.selectors.orders import methods_of, order_for_seller, whole_orders
from wallet.selectors.shops import access_shop_for, registered_shop
from wallet.services import announce
from wallet.services.books import new_receipt_number
from wallet.services.opening import open_account
from wallet.services.orders.booking import TILL

BILL_LIVES = timedelta(hours=1)
LONGEST_HOLD = timedelta(days=6)
"""A card's bank keeps what it set aside for seven days (docs.stripe.com/payments/place-a-hold-on-a-payment-method)."""
MOST_LINES = 50
EVERY_WAY: tuple[Method, ...] = ("coin", "card", "mixed")


class NewLine(msgspec.Struct, frozen=True, kw_only=True):
    """A line to ask money for, in whole yen; ``product`` is the tag by which coupons and stamp cards know such goods."""

    name: str
    name_en: str
    unit_price: int
    quantity: int = 1
    product: str = ""


class NewOrder(msgspec.Struct, frozen=True, kw_only=True):
    """What an app asks for. ``source`` and ``source_id`` name it there: asked again, the same order is returned.

    ``payer`` is the resident who pays. With the mode ``hold`` money is set aside until ``held_until``, six days at the most.
    """

    source: str
    source_id: str
    shop_id: UUID
    lines: Sequence[NewLine]
    expires_at: datetime
    payer: UUID | None = None
    methods: Sequence[Method] = EVERY_WAY
    mode: Literal["pay", "hold"] = "pay"
    held_until: datetime | None = None

    @property
    def total(self) -> int:
        """Return the sum of the lines."""
        return sum(line.quantity * line.unit_price for line in self.lines)


@use_case("wallet.place_order", status=201)
def place_order(act: Act, *, order: NewOrder) -> OrderShown:
    """Place an order for an app, or return the one that stands under its source. Only code of the city calls this.

    Two at once with the same source get the same: the unique constraint lets one write, the other waits for it.

    :raises NotFound: for no such shop; :raises ShopClosed: :raises OrderLinesUnsound: for no lines, or sums that are none;
    :raises OrderMethodRefused: for no method; :raises OrderDiffers: where another order stands under the source.
    """
    shop = registered_shop(order.shop_id)
    account_id = _account_of_payer(act, order.payer)
    standing = Order.objects.filter(source=order.source, source_id=order.source_id).first()
    placed = standing or _write(act, shop, order, account_id)
    if not _is_same(placed, order, account_id):
        raise OrderDiffers
    act.audit(what={"order_id": str(placed.pk), "shop_id": str(shop.pk), "total": placed.total, "source": order.source})
    order_id, shop_id = placed.pk, shop.pk
    act.after_commit(lambda: announce.order_changed(order_id=order_id, shop_id=shop_id))
    return order_for_seller(whole_orders().get(pk=placed.pk))


@use_case("wallet.place_bill", key=Key.REQUIRED, status=201)
def place_bill(
    act: Act, *, shop_id: UUID, lines: Sequence[NewLine], methods: Sequence[Method] = EVERY_WAY,
    mode: Literal["pay", "hold"] = "pay", hold_days: int = 1,
) -> OrderShown:  # fmt: skip
    """Place a bill at a till, for whoever opens its link within an hour; what is held may be captured for ``hold_days``.

    :raises NotFound: for a shop where this person does not work; :raises NotAllowed: where they may not charge; then as
    :func:`place_order`.
    """
    access_shop_for(act.principal, shop_id, "wallet.charge")
    until = act.at + BILL_LIVES
    asked = NewOrder(
        source=TILL, source_id=str(new_id(act.at)), shop_id=shop_id, lines=lines, expires_at=until, methods=methods,
        mode=mode, held_until=until + timedelta(days=hold_days) if mode == "hold" else None,
    )  # fmt: skip
    return place_order(act, order=asked)


def _account_of_payer(act: Act, payer: UUID | None) -> UUID | None:
    if payer is None:
        return None
    return account_held_by(payer) or open_account(act, resident_id=payer).id


def _write(act: Act, shop: Shop, order: NewOrder, account_id: UUID | None) -> Order:
    """Write the order, or find the one that another act wrote at the same time."""
    if shop.closed_at is not None:
        raise ShopClosed
    if shop.currency != CURRENCY:
        raise CurrencyUnsupported
    if not order.methods:
        raise OrderMethodRefused
    _check(act, order)
    row = Order(
        id=new_id(act.at), shop=shop, account_id=account_id, source=order.source, source_id=order.source_id, mode=order.mode,
        by_coin="coin" in order.methods, by_card="card" in order.methods, by_mixed="mixed" in order.methods, total=order.total,
        receipt_number=new_receipt_number(), placed_by=act.principal.actor, placed_at=act.at, expires_at=order.expires_at,
        held_until=order.held_until,
    )  # fmt: skip
    Order.objects.bulk_create([row], ignore_conflicts=True)
    written = Order.objects.get(source=order.source, source_id=order.source_id)
    if written.pk == row.pk:
        OrderLine.objects.bulk_create(
            OrderLine(
                order=row, number=number, name=line.name, name_en=line.name_en or line.name, quantity=line.quantity,
                unit_price=line.unit_price, amount=line.quantity * line.unit_price, product=line.product,
            )
            for number, line in enumerate(order.lines, start=1)
        )  # fmt: skip
    return written


def _check(act: Act, order: NewOrder) -> None:
    """Refuse what no order can be; a bool is no amount."""
    numbers = [number for line in order.lines for number in (line.quantity, line.unit_price)]
    is_sound = all(type(number) is int and number > 0 for number in numbers) and all(line.name for line in order.lines)
    if not is_sound or not 1 <= len(order.lines) <= MOST_LINES or order.total > MOST:
        raise OrderLinesUnsound
    if order.expires_at <= act.at:
        raise ValueError("an order that is over before it begins")
    is_held = order.mode == "hold"
    if is_held != (order.held_until is not None) or (order.held_until and order.held_until > act.at + LONGEST_HOLD):
        raise ValueError("what is held is held until some day, six days from now at the most")


def _is_same(placed: Order, order: NewOrder, account_id: UUID | None) -> bool:
    lines = [(line.name, line.quantity, line.unit_price) for line in placed.lines.order_by("number")]
    wanted = [(line.name, line.quantity, line.unit_price) for line in order.lines]
    same_payer = placed.account_id is None or account_id is None or placed.account_id in accounts_behind(account_id)
    return (
        lines == wanted and placed.shop_id == order.shop_id and placed.mode == order.mode
        and set(methods_of(placed)) == set(order.methods) and same_payer
    )  # fmt: skip
