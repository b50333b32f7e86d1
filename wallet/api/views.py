"""The wallet's doors: each reads, calls and answers."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import get_language
from rest_framework.request import Request
from rest_framework.views import APIView

from kernel import clock
from kernel.idempotency import Answer
from kernel.web import (
    Holds,
    Open,
    Page,
    PersonOrDevice,
    SignedIn,
    act_of,
    describe,
    page_of,
    principal_of,
    read,
    reply,
    struct,
)
from wallet import services
from wallet.api import serializers as shapes
from wallet.api.throttles import CodesThrottle, guarded
from wallet.engine.results import BalanceNow, Charge, CustomerCode, HistoryEntry, HoldState, Receipt, TopUpReceipt
from wallet.selectors.balances import history_entry
from wallet.selectors.coin import Coin, coin
from wallet.selectors.holds import access_hold_for, hold_state, open_holds_at
from wallet.selectors.merchant_codes import CodeRead, ShopCode, charge_for, read_code, shop_code
from wallet.selectors.mine import own_balance, own_entries
from wallet.selectors.receipts import access_receipt_for, payments_at, receipt_of
from wallet.selectors.shops import TillShops, access_shop_for, shops_of

PAGE = ("cursor", "limit")


class CoinView(APIView):
    """The coin, before anybody signs in."""

    permission_classes = (Open,)

    @describe("Name and limits of the coin", answers=Coin)
    def get(self, request: Request) -> HttpResponse:
        """Return the coin in the reader's language."""
        return struct(coin(get_language() or "ja"))


class BalanceView(APIView):
    """One's own balance."""

    permission_classes = (SignedIn,)
    delegates = "wallet"

    @describe("My balance", answers=BalanceNow)
    def get(self, request: Request) -> HttpResponse:
        """Return what may be spent now, lot by lot."""
        return struct(own_balance(principal_of(request), at=clock.now()))


class HistoryView(APIView):
    """One's own history."""

    permission_classes = (SignedIn,)
    delegates = "wallet"

    @describe("My history, newest first", answers=Page[HistoryEntry], query=PAGE)
    def get(self, request: Request) -> HttpResponse:
        """Return one page."""
        return struct(page_of(own_entries(principal_of(request)), request, shape=history_entry))


class CodeReadView(APIView):
    """What a merchant's code stands for."""

    permission_classes = (SignedIn,)
    delegates = "wallet"
    throttle_classes = (CodesThrottle,)

    @describe("Read a merchant's code", body=shapes.CodeToRead, answers=CodeRead)
    def post(self, request: Request) -> HttpResponse:
        """Return shop and amount; nothing is changed."""
        body, act = read(request, shapes.CodeToRead), act_of(request)
        return guarded(act, body.payload, lambda: Answer.of(read_code(body.payload, at=act.at), 200))


class CustomerCodesView(APIView):
    """One's own code, for a till."""

    permission_classes = (SignedIn,)
    delegates = "wallet"
    throttle_classes = (CodesThrottle,)

    @describe("Draw my code: one use, five minutes", answers=CustomerCode, status=201)
    def post(self, request: Request) -> HttpResponse:
        """Return a fresh code."""
        return reply(services.issue_customer_code.answer(act_of(request)))


class PaymentsView(APIView):
    """Paying by a merchant's code."""

    permission_classes = (SignedIn,)
    delegates = "wallet"

    @describe("Pay", body=shapes.PaymentByCode, answers=Receipt, status=201, keyed=True)
    def post(self, request: Request) -> HttpResponse:
        """Pay and return the receipt."""
        body, act = read(request, shapes.PaymentByCode), act_of(request)
        asked = partial(
            services.pay_at_once.answer, act, code=body.code, amount=body.amount, coupons=shapes.asked(body.coupons)
        )
        return guarded(act, body.code, asked)


class PaymentView(APIView):
    """One payment, for its payer and the shop."""

    permission_classes = (PersonOrDevice,)
    delegates = "wallet"

    @describe("A receipt", answers=Receipt)
    def get(self, request: Request, payment_id: UUID) -> HttpResponse:
        """Return the receipt."""
        return struct(access_receipt_for(principal_of(request), payment_id))


class RefundsView(APIView):
    """Giving back."""

    permission_classes = (PersonOrDevice,)

    @describe("Refund part or all of a payment", body=shapes.AmountOnly, answers=Receipt, status=201, keyed=True)
    def post(self, request: Request, payment_id: UUID) -> HttpResponse:
        """Refund and return the receipt."""
        amount = read(request, shapes.AmountOnly).amount
        return reply(services.refund_payment.answer(act_of(request), payment_id=payment_id, amount=amount))


class VoidView(APIView):
    """Cancelling a payment on its day."""

    permission_classes = (PersonOrDevice,)

    @describe("Void a payment on the day it was made", answers=Receipt, status=201, keyed=True)
    def post(self, request: Request, payment_id: UUID) -> HttpResponse:
        """Void and return the receipt."""
        return reply(services.void_payment.answer(act_of(request), payment_id=payment_id))


class ShopsView(APIView):
    """The shops where one works."""

    permission_classes = (PersonOrDevice,)

    @describe("Shops whose till I may run", answers=TillShops)
    def get(self, request: Request) -> HttpResponse:
        """Return them by name."""
        return struct(shops_of(principal_of(request)))


class ShopCodeView(APIView):
    """The code on a shop's counter."""

    permission_classes = (PersonOrDevice,)

    @describe("The code that stands on the counter", answers=ShopCode)
    def get(self, request: Request, shop_id: UUID) -> HttpResponse:
        """Return the code; the first time, it is made."""
        standing = shop_code(access_shop_for(principal_of(request), shop_id))
        return (
            struct(standing) if standing else reply(services.issue_shop_code.answer(act_of(request), shop_id=shop_id))
        )


class ChargesView(APIView):
    """A shop's charges."""

    permission_classes = (PersonOrDevice,)

    @describe("Make a code for one amount", body=shapes.AmountOnly, answers=Charge, status=201, keyed=True)
    def post(self, request: Request, shop_id: UUID) -> HttpResponse:
        """Make the charge and return its code."""
        amount = read(request, shapes.AmountOnly).amount
        return reply(services.create_charge.answer(act_of(request), shop_id=shop_id, amount=amount))


class ChargeView(APIView):
    """One charge."""

    permission_classes = (PersonOrDevice,)

    @describe("A charge and what has become of it", answers=Charge)
    def get(self, request: Request, charge_id: UUID) -> HttpResponse:
        """Return the charge as it is now."""
        return struct(charge_for(principal_of(request), charge_id, at=clock.now()))


class ChargeCancelView(APIView):
    """Taking a charge back."""

    permission_classes = (PersonOrDevice,)

    @describe("Cancel a charge", answers=Charge)
    def post(self, request: Request, charge_id: UUID) -> HttpResponse:
        """Cancel and return the charge."""
        return reply(services.cancel_charge.answer(act_of(request), charge_id=charge_id))


class ShopPaymentsView(APIView):
    """Payments at a shop."""

    permission_classes = (PersonOrDevice,)

    @describe("Payments at the shop, newest first", answers=Page[Receipt], query=PAGE)
    def get(self, request: Request, shop_id: UUID) -> HttpResponse:
        """Return one page."""
        shop = access_shop_for(principal_of(request), shop_id)
        return struct(page_of(payments_at(shop.pk), request, shape=receipt_of))

    @describe("Charge a customer's code", body=shapes.ChargeOfCustomer, answers=Receipt, status=201, keyed=True)
    def post(self, request: Request, shop_id: UUID) -> HttpResponse:
        """Take the payment and return the receipt."""
        body, act = read(request, shapes.ChargeOfCustomer), act_of(request)
        code = body.customer_code
        asked = partial(
            services.charge_customer_at_once.answer, act, shop_id=shop_id, customer_code=code, amount=body.amount,
            coupons=shapes.asked(body.coupons), lines=shapes.lines(body.lines),
        )  # fmt: skip
        return guarded(act, code, asked)


class ShopTopUpsView(APIView):
    """Topping up at a shop's till."""

    permission_classes = (PersonOrDevice,)

    @describe("Top up at the till", body=shapes.FromCustomer, answers=TopUpReceipt, status=201, keyed=True)
    def post(self, request: Request, shop_id: UUID) -> HttpResponse:
        """Issue coins against cash and return the receipt."""
        body, act = read(request, shapes.FromCustomer), act_of(request)
        code = body.customer_code
        asked = partial(services.top_up_at_shop.answer, act, shop_id=shop_id, customer_code=code, amount=body.amount)
        return guarded(act, code, asked)


class TopUpsView(APIView):
    """Topping up at the city's counter."""

    permission_classes = (Holds("wallet.top_up_at_counter"),)

    @describe("Top up at the counter", body=shapes.FromCustomer, answers=TopUpReceipt, status=201, keyed=True)
    def post(self, request: Request) -> HttpResponse:
        """Issue coins against cash and return the receipt."""
        body, act = read(request, shapes.FromCustomer), act_of(request)
        code = body.customer_code
        asked = partial(services.top_up_at_counter.answer, act, customer_code=code, amount=body.amount)
        return guarded(act, code, asked)


class HoldsView(APIView):
    """Amounts set aside for a shop."""

    permission_classes = (PersonOrDevice,)

    @describe("Open holds of the shop, newest first", answers=Page[HoldState], query=PAGE)
    def get(self, request: Request, shop_id: UUID) -> HttpResponse:
        """Return one page."""
        shop = access_shop_for(principal_of(request), shop_id)
        return struct(page_of(open_holds_at(shop.pk), request, shape=hold_state))

    @describe("Set an amount aside", body=shapes.FromCustomer, answers=HoldState, status=201, keyed=True)
    def post(self, request: Request, shop_id: UUID) -> HttpResponse:
        """Hold and return the hold."""
        body, act = read(request, shapes.FromCustomer), act_of(request)
        code = body.customer_code
        asked = partial(services.hold.answer, act, shop_id=shop_id, customer_code=code, amount=body.amount)
        return guarded(act, code, asked)


class HoldView(APIView):
    """One amount set aside."""

    permission_classes = (PersonOrDevice,)

    @describe("A hold, open or ended", answers=HoldState)
    def get(self, request: Request, hold_id: UUID) -> HttpResponse:
        """Return it to who runs the shop's till."""
        return struct(access_hold_for(principal_of(request), hold_id))


class CaptureView(APIView):
    """Taking what was set aside."""

    permission_classes = (PersonOrDevice,)

    @describe("Capture a hold, whole or in part", body=shapes.AmountOnly, answers=Receipt, status=201, keyed=True)
    def post(self, request: Request, hold_id: UUID) -> HttpResponse:
        """Capture and return the receipt."""
        amount = read(request, shapes.AmountOnly).amount
        return reply(services.capture_hold.answer(act_of(request), hold_id=hold_id, amount=amount))


class ReleaseView(APIView):
    """Letting go what was set aside."""

    permission_classes = (PersonOrDevice,)

    @describe("Release a hold", answers=HoldState, status=201, keyed=True)
    def post(self, request: Request, hold_id: UUID) -> HttpResponse:
        """Release and return the hold."""
        return reply(services.release_hold.answer(act_of(request), hold_id=hold_id))
