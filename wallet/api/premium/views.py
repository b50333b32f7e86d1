"""Coins sold with a bonus: what is offered, one's wish, and selling at tills and counters."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.views import APIView

from kernel import clock
from kernel.web import Holds, PersonOrDevice, SignedIn, act_of, describe, principal_of, read, reply, struct
from wallet import services
from wallet.api.premium import serializers as shapes
from wallet.api.throttles import guarded
from wallet.engine.card_results import CardTopUp
from wallet.selectors.premium import PremiumOffer, PremiumOffers, offer_for, offers_for, on_sale_at, on_sale_for
from wallet.services.premium import PremiumSale


class PremiumsView(APIView):
    """What is offered."""

    permission_classes = (SignedIn,)
    delegates = "wallet"

    @describe("Coins sold with a bonus, and what is mine of them", answers=PremiumOffers)
    def get(self, request: Request) -> HttpResponse:
        """Return what is not over."""
        return struct(offers_for(principal_of(request), at=clock.now()))


class PremiumView(APIView):
    """One campaign."""

    permission_classes = (SignedIn,)
    delegates = "wallet"

    @describe("One campaign, and what is mine of it", answers=PremiumOffer)
    def get(self, request: Request, premium_id: UUID) -> HttpResponse:
        """Return it, also when it is over."""
        return struct(offer_for(principal_of(request), premium_id, at=clock.now()))


class PremiumApplicationView(APIView):
    """One's own wish."""

    permission_classes = (SignedIn,)
    delegates = "wallet"

    @describe("Apply, or change my wish", body=shapes.Wish, answers=PremiumOffer, status=201, keyed=True)
    def post(self, request: Request, premium_id: UUID) -> HttpResponse:
        """Take the wish and return the campaign with its ticket."""
        units = read(request, shapes.Wish).units
        return reply(services.apply_for_premium.answer(act_of(request), premium_id=premium_id, units=units))


class PremiumWithdrawalView(APIView):
    """Taking one's wish back."""

    permission_classes = (SignedIn,)
    delegates = "wallet"

    @describe("Take my application back", answers=PremiumOffer, keyed=True)
    def post(self, request: Request, premium_id: UUID) -> HttpResponse:
        """Take it back and return the campaign."""
        return reply(services.withdraw_from_premium.answer(act_of(request), premium_id=premium_id))


class PremiumByCardView(APIView):
    """Buying with one's card."""

    permission_classes = (SignedIn,)
    delegates = "wallet"

    @describe("Buy units by card", body=shapes.ByCard, answers=CardTopUp, status=201, keyed=True)
    def post(self, request: Request, premium_id: UUID) -> HttpResponse:
        """Claim them and return the page of the card company on which they are paid."""
        body = read(request, shapes.ByCard)
        start = partial(services.start_premium, act_of(request), premium_id=premium_id)
        return reply(start(units=body.units, amount=body.amount))


class ShopPremiumsView(APIView):
    """What a shop's till may sell."""

    permission_classes = (PersonOrDevice,)

    @describe("Coins with a bonus that this till may sell now", answers=PremiumOffers)
    def get(self, request: Request, shop_id: UUID) -> HttpResponse:
        """Return them."""
        return struct(on_sale_at(principal_of(request), shop_id, at=clock.now()))

    @describe("Sell units at the till", body=shapes.Sale, answers=PremiumSale, status=201, keyed=True)
    def post(self, request: Request, shop_id: UUID) -> HttpResponse:
        """Sell and return the receipt."""
        body, act = read(request, shapes.Sale), act_of(request)
        code = body.customer_code
        sell = partial(services.sell_premium_at_shop.answer, act, shop_id=shop_id, premium_id=body.premium_id)
        return guarded(act, code, partial(sell, customer_code=code, units=body.units, amount=body.amount))


class CounterPremiumsView(APIView):
    """What the city's counter may sell."""

    permission_classes = (Holds("wallet.top_up_at_counter"),)

    @describe("Coins with a bonus that the counter may sell now", answers=PremiumOffers)
    def get(self, request: Request) -> HttpResponse:
        """Return them."""
        return struct(on_sale_for(principal_of(request), at=clock.now()))

    @describe("Sell units at the counter", body=shapes.Sale, answers=PremiumSale, status=201, keyed=True)
    def post(self, request: Request) -> HttpResponse:
        """Sell and return the receipt."""
        body, act = read(request, shapes.Sale), act_of(request)
        code = body.customer_code
        sell = partial(services.sell_premium_at_counter.answer, act, premium_id=body.premium_id)
        return guarded(act, code, partial(sell, customer_code=code, units=body.units, amount=body.amount))


class PremiumVoidView(APIView):
    """Taking a sale back."""

    permission_classes = (PersonOrDevice,)

    @describe("Void a sale on its day, the bonus with it", answers=PremiumSale, status=201, keyed=True)
    def post(self, request: Request, purchase_id: UUID) -> HttpResponse:
        """Take it back and return its receipt."""
        return reply(services.void_premium_sale.answer(act_of(request), purchase_id=purchase_id))
