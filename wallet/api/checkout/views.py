"""Doors of orders: a shop's till writes bills and gives lines back, the payer reads and pays. Each reads, calls and answers."""

from uuid import UUID

from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.views import APIView

from kernel import clock
from kernel.web import Page, PersonOrDevice, SignedIn, act_of, describe, page_of, principal_of, read, reply, struct
from wallet import services
from wallet.api.checkout import serializers as shapes
from wallet.api.serializers import asked
from wallet.api.throttles import CodesThrottle
from wallet.engine.checkout import LineAmount
from wallet.engine.order_results import OrderInList, OrderShown, OrderToPay
from wallet.selectors.orders import (
    access_order_for,
    order_for_seller,
    order_in_list,
    order_to_pay,
    orders_at,
    own_orders,
)
from wallet.selectors.shops import access_shop_for

PAGE = ("cursor", "limit")


class ShopOrdersView(APIView):
    """A shop's orders."""

    permission_classes = (PersonOrDevice,)

    @describe("Orders of the shop, newest first", answers=Page[OrderShown], query=PAGE)
    def get(self, request: Request, shop_id: UUID) -> HttpResponse:
        """Return one page."""
        shop = access_shop_for(principal_of(request), shop_id)
        return struct(page_of(orders_at(shop.pk), request, shape=order_for_seller, instant="placed_at"))

    @describe("Write an itemised bill", body=shapes.Bill, answers=OrderShown, status=201, keyed=True)
    def post(self, request: Request, shop_id: UUID) -> HttpResponse:
        """Write the bill and return it with the link that its payer opens."""
        body = read(request, shapes.Bill)
        lines = [
            services.NewLine(**{name: getattr(line, name) for name in line.__struct_fields__}) for line in body.lines
        ]
        said = {"methods": body.methods, "mode": body.mode, "hold_days": body.hold_days}
        return reply(services.place_bill.answer(act_of(request), shop_id=shop_id, lines=lines, **said))  # type: ignore[arg-type]


class OwnOrdersView(APIView):
    """One's own orders."""

    permission_classes = (SignedIn,)
    delegates = "wallet"

    @describe("My orders, newest first", answers=Page[OrderInList], query=PAGE)
    def get(self, request: Request) -> HttpResponse:
        """Return one page."""
        rows = own_orders(principal_of(request))
        return struct(page_of(rows, request, shape=order_in_list, instant="placed_at"))


class OrderView(APIView):
    """One order, for its payer and the shop."""

    permission_classes = (PersonOrDevice,)
    delegates = "wallet"

    @describe("An order", answers=OrderShown)
    def get(self, request: Request, order_id: UUID) -> HttpResponse:
        """Return it as it stands."""
        return struct(access_order_for(principal_of(request), order_id))


class OrderOpenView(APIView):
    """An order before who may pay it."""

    permission_classes = (SignedIn,)
    delegates = "wallet"
    throttle_classes = (CodesThrottle,)

    @describe(
        "Look at an order that I may pay: price with coupons, and how", body=shapes.OrderToOpen, answers=OrderToPay
    )
    def post(self, request: Request, order_id: UUID) -> HttpResponse:
        """Return it; nothing is changed."""
        token = read(request, shapes.OrderToOpen).token
        return struct(order_to_pay(principal_of(request), order_id, token, at=clock.now()))


class OrderPaymentsView(APIView):
    """Paying an order."""

    permission_classes = (SignedIn,)
    delegates = "wallet"
    throttle_classes = (CodesThrottle,)

    @describe(
        "Pay an order, or begin to by card", body=shapes.PaymentOfOrder, answers=OrderShown, status=201, keyed=True
    )
    def post(self, request: Request, order_id: UUID) -> HttpResponse:
        """Pay with coins, or return the page of the card company on which the rest is paid."""
        body = read(request, shapes.PaymentOfOrder)
        how = {"token": body.token, "method": body.method, "coin": body.coin, "coupons": asked(body.coupons)}
        return reply(services.pay_order(act_of(request), order_id=order_id, **how))  # type: ignore[arg-type]


class OrderLookView(APIView):
    """Asking the card company."""

    permission_classes = (SignedIn,)
    delegates = "wallet"

    @describe("Ask the card company how my order stands, and book it", answers=OrderShown)
    def post(self, request: Request, order_id: UUID) -> HttpResponse:
        """Return it as it stands now."""
        return struct(services.look_for_order(principal_of(request), order_id, at=clock.now()))


class OrderGiveUpView(APIView):
    """Choosing another way."""

    permission_classes = (SignedIn,)
    delegates = "wallet"

    @describe("Give up a card payment of my order that was not made", answers=OrderShown)
    def post(self, request: Request, order_id: UUID) -> HttpResponse:
        """Return it as it stands now: what was paid a moment ago stays paid."""
        return struct(services.give_up_order_payment(act_of(request), order_id=order_id))


class OrderCaptureView(APIView):
    """Taking what is held."""

    permission_classes = (PersonOrDevice,)

    @describe(
        "Capture what is held, whole or in part", body=shapes.LineParts, answers=OrderShown, status=201, keyed=True
    )
    def post(self, request: Request, order_id: UUID) -> HttpResponse:
        """Capture and return the order."""
        lines = _parts(read(request, shapes.LineParts))
        return reply(services.capture_order.answer(act_of(request), order_id=order_id, lines=lines))


class OrderCancelView(APIView):
    """Ending an order."""

    permission_classes = (PersonOrDevice,)

    @describe("Cancel an order that is not paid", answers=OrderShown)
    def post(self, request: Request, order_id: UUID) -> HttpResponse:
        """Cancel and return the order."""
        return reply(services.cancel_order.answer(act_of(request), order_id=order_id))


class OrderRefundsView(APIView):
    """Giving back by line."""

    permission_classes = (PersonOrDevice,)

    @describe("Give lines of a paid order back", body=shapes.LineParts, answers=OrderShown, status=201, keyed=True)
    def post(self, request: Request, order_id: UUID) -> HttpResponse:
        """Give back and return the order."""
        lines = _parts(read(request, shapes.LineParts))
        return reply(services.refund_order_lines.answer(act_of(request), order_id=order_id, lines=lines))


def _parts(body: shapes.LineParts) -> list[LineAmount] | None:
    return None if body.lines is None else [LineAmount(part.number, part.amount) for part in body.lines]
