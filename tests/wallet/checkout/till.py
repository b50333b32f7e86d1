"""A till that writes itemised bills, and people who pay them, one call a fact."""

import json
from datetime import timedelta
from typing import Any
from uuid import UUID

import msgspec
from django.db import connection

from kernel.principal import SYSTEM
from tests.wallet.cards.company import Counter
from tests.wallet.town import Person, Till
from wallet import services
from wallet.engine.checkout import LineAmount
from wallet.engine.coupons.answers import AskedCoupon
from wallet.engine.order_results import OrderShown
from wallet.gateways.cards.fake import paying
from wallet.models import CardPayment, Order, OrderPayment
from wallet.selectors.orders import order_for_seller, order_to_pay, order_token, whole_orders

COFFEE = services.NewLine(name="コーヒー", name_en="Coffee", unit_price=400, quantity=2, product="drink")
CAKE = services.NewLine(name="ケーキ", name_en="Cake", unit_price=200)
THOUSAND = (COFFEE, CAKE)


class Bills:
    """Bills of one shop in a town with a card company."""

    def __init__(self, counter: Counter) -> None:
        self.counter, self.town, self.company = counter, counter.town, counter.company
        self.till: Till = self.town.till()

    def bill(self, *lines: services.NewLine, **said: Any) -> OrderShown:
        return services.place_bill(
            self.town.act(self.till.cashier), shop_id=self.till.id, lines=lines or THOUSAND, **said
        )

    def order(self, payer: Person, *lines: services.NewLine, **said: Any) -> OrderShown:
        """Let an app sell something to somebody it knows."""
        usual = {
            "source": "passes", "source_id": str(self.town.act(SYSTEM).key), "shop_id": self.till.id, "payer": payer.actor,
            "lines": lines or THOUSAND, "expires_at": self.town.at + timedelta(minutes=30),
        }  # fmt: skip
        return services.place_order(self.town.act(SYSTEM), order=services.NewOrder(**usual | said))

    def held(self, payer: Person, *lines: services.NewLine, method: str = "coin", **said: Any) -> OrderShown:
        """Let an app hold money for something."""
        order = self.order(payer, *lines, mode="hold", held_until=self.town.at + timedelta(days=2))
        self.pay(payer, order, method, **said)
        if method != "coin":
            self.enter_card(order)
            self.counter.hear_all()
        return self.shown(order)

    def pay(
        self, who: Person, order: OrderShown, method: str = "coin", *, key: str | None = None, **said: Any
    ) -> OrderShown:
        """Pay, or begin to; coupons as they are quoted. A refusal is raised."""
        act = self.town.act(who, key=key)
        token = order_token(order.id)
        quote = order_to_pay(who, order.id, token, at=self.town.at).quote
        said.setdefault("coupons", [AskedCoupon(each.coupon, each.discount) for each in quote.coupons] if quote else [])
        answer = services.pay_order(act, order_id=order.id, token=token, method=method, **said)
        if answer.is_refusal:
            raise Refused(msgspec.json.decode(answer.body)["code"])
        return msgspec.json.decode(answer.body, type=OrderShown)

    def card(self, order: OrderShown) -> CardPayment:
        return CardPayment.objects.filter(order_payment__order_id=order.id).latest("started_at", "id")

    def enter_card(self, order: OrderShown, number: str = paying.GOOD) -> dict[str, Any]:
        """Enter a card on the company's page; return the intent."""
        return self.company.enter_card(str(self.card(order).session_id), number)

    def paid(self, who: Person, method: str = "coin", *lines: services.NewLine, **said: Any) -> OrderShown:
        """Sell and pay from beginning to end."""
        order = self.order(who, *lines)
        self.pay(who, order, method, **said)
        if method != "coin":
            self.enter_card(order)
            self.counter.hear_all()
        assert self.shown(order).status == "paid"
        return self.shown(order)

    def refund(self, order: OrderShown, *lines: tuple[int, int], key: str | None = None) -> OrderShown:
        asked = [LineAmount(*line) for line in lines] if lines else None
        return services.refund_order_lines(self.town.act(self.till.cashier, key=key), order_id=order.id, lines=asked)

    def capture(self, order: OrderShown, *lines: tuple[int, int], key: str | None = None) -> OrderShown:
        asked = [LineAmount(*line) for line in lines] if lines else None
        return services.capture_order(self.town.act(self.till.cashier, key=key), order_id=order.id, lines=asked)

    def cancel(self, order: OrderShown) -> OrderShown:
        return services.cancel_order(self.town.act(self.till.cashier), order_id=order.id)

    def shown(self, order: OrderShown) -> OrderShown:
        return order_for_seller(whole_orders().get(pk=order.id))

    def row(self, order: OrderShown) -> Order:
        return Order.objects.get(pk=order.id)

    def charged(self) -> int:
        """Return what the company took for the city, less what it sent back or was charged back."""
        with self.company.books.turn() as turn:
            taken = sum(charge["amount"] - charge["amount_refunded"] for charge in turn.all("charge"))
            return taken - sum(dispute["amount"] for dispute in turn.all("dispute", status="lost"))


class Refused(Exception):
    """An order was not paid; the message is the code."""


def tenders(order: OrderShown, which: str = "taken") -> tuple[int, int, int]:
    assert order.paying is not None
    parts = getattr(order.paying, which)
    return parts.discount, parts.coin, parts.card


def told(name: str) -> list[dict[str, Any]]:
    """Return what the outbox holds under a name, the oldest first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT payload FROM kernel_outbox WHERE name = %s ORDER BY recorded_at, id", [name])
        return [json.loads(payload) if isinstance(payload, str) else payload for (payload,) in cursor.fetchall()]


def ways(order_id: UUID) -> list[tuple[str, str]]:
    return list(
        OrderPayment.objects.filter(order_id=order_id).order_by("begun_at", "id").values_list("method", "status")
    )
