"""The doors of coupons: what a bill will cost, what is offered near, what one holds, and a shop's own."""

from typing import Any
from uuid import UUID

import msgspec
from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.views import APIView

from kernel import clock
from kernel.idempotency import Answer
from kernel.problems import FieldFault
from kernel.web import PersonOrDevice, SignedIn, act_of, describe, principal_of, read, reply, struct
from kernel.web.pagination import InvalidQuery
from wallet.api import serializers as money
from wallet.api.coupons import serializers as shapes
from wallet.api.throttles import CodesThrottle, guarded
from wallet.engine.coupons.answers import CouponList, CouponsForMe, QuoteAnswer, UsedCoupons
from wallet.engine.coupons.answers import CouponView as Shown
from wallet.selectors.coupons.quoting import quote_for_payer, quote_for_till
from wallet.selectors.coupons.showing import (
    Near,
    coupon_for,
    coupons_for_me,
    coupons_near,
    coupons_of_shop,
    my_coupons,
    used_on,
)
from wallet.services import coupons
from wallet.services.coupons.claiming import CouponClaimed
from wallet.services.coupons.making import CouponMade, rule_of

MICRO = 1_000_000
WHERE = ("shop", "district", "latitude", "longitude")


class QuotesView(APIView):
    """What a payment by a merchant's code will cost."""

    permission_classes = (SignedIn,)
    delegates = "wallet"
    throttle_classes = (CodesThrottle,)

    @describe("What I will pay, with the coupons that apply", body=money.QuoteToPay, answers=QuoteAnswer)
    def post(self, request: Request) -> HttpResponse:
        """Return price, coupons and what is to be paid; nothing is changed."""
        body, act = read(request, money.QuoteToPay), act_of(request)

        def quoted() -> Answer:
            found = quote_for_payer(act.principal, code=body.code, amount=body.amount, at=act.at)
            return Answer.of(found, 200)

        return guarded(act, body.code, quoted)


class ShopQuotesView(APIView):
    """What charging a customer's code will cost them."""

    permission_classes = (PersonOrDevice,)
    throttle_classes = (CodesThrottle,)

    @describe("What the customer will pay, with their coupons", body=money.QuoteAtTill, answers=QuoteAnswer)
    def post(self, request: Request, shop_id: UUID) -> HttpResponse:
        """Return price, coupons and what is to be paid; nothing is changed."""
        body, act = read(request, money.QuoteAtTill), act_of(request)

        def quoted() -> Answer:
            found = quote_for_till(
                act.principal, shop_id=shop_id, customer_code=body.customer_code, amount=body.amount,
                lines=money.lines(body.lines), at=act.at,
            )  # fmt: skip
            return Answer.of(found, 200)

        return guarded(act, body.customer_code, quoted)


class CouponsView(APIView):
    """Coupons that are offered."""

    permission_classes = (SignedIn,)
    delegates = "wallet"

    @describe("Coupons near me, by shop, district or place", answers=CouponList, query=WHERE)
    def get(self, request: Request) -> HttpResponse:
        """Return them, the nearest first."""
        return struct(coupons_near(principal_of(request), _near(request), at=clock.now()))


class MyCouponsView(APIView):
    """Coupons that one holds."""

    permission_classes = (SignedIn,)
    delegates = "wallet"

    @describe("My coupons", answers=CouponList)
    def get(self, request: Request) -> HttpResponse:
        """Return what was taken or given and not used."""
        return struct(my_coupons(principal_of(request), at=clock.now()))


class CouponsForMeView(APIView):
    """Coupons for people like the reader."""

    permission_classes = (SignedIn,)
    delegates = "wallet"

    @describe("Coupons for people like me, as far as I agreed to be chosen", answers=CouponsForMe)
    def get(self, request: Request) -> HttpResponse:
        """Return what is offered and not taken, and where one says yes or no."""
        return struct(coupons_for_me(principal_of(request), at=clock.now()))


class CouponView(APIView):
    """One coupon."""

    permission_classes = (SignedIn,)
    delegates = "wallet"

    @describe("One coupon", answers=Shown, query=WHERE)
    def get(self, request: Request, coupon_id: UUID) -> HttpResponse:
        """Return it, with its shops, the nearest first."""
        return struct(coupon_for(principal_of(request), coupon_id, _near(request), at=clock.now()))


class ClaimsView(APIView):
    """Taking a coupon."""

    permission_classes = (SignedIn,)
    delegates = "wallet"

    @describe("Take a coupon", answers=CouponClaimed, status=201)
    def post(self, request: Request, coupon_id: UUID) -> HttpResponse:
        """Take it; who has it keeps it."""
        return reply(coupons.claim_coupon.answer(act_of(request), coupon_id=coupon_id))


class UsedCouponsView(APIView):
    """The coupons of one payment."""

    permission_classes = (PersonOrDevice,)
    delegates = "wallet"

    @describe("Coupons that a payment used", answers=UsedCoupons)
    def get(self, request: Request, payment_id: UUID) -> HttpResponse:
        """Return them to who may see the receipt."""
        return struct(used_on(principal_of(request), payment_id))


class ShopCouponsView(APIView):
    """The coupons that a shop bears itself."""

    permission_classes = (PersonOrDevice,)

    @describe("The shop's own coupons, newest first", answers=CouponList)
    def get(self, request: Request, shop_id: UUID) -> HttpResponse:
        """Return them to who works there."""
        return struct(coupons_of_shop(principal_of(request), shop_id, at=clock.now()))

    @describe("Make a coupon of the shop's own", body=shapes.ShopCoupon, answers=CouponMade, status=201, keyed=True)
    def post(self, request: Request, shop_id: UUID) -> HttpResponse:
        """Put it out."""
        body = read(request, shapes.ShopCoupon)
        rule = rule_of(body.as_data(shop_id))
        return reply(
            coupons.make_shop_coupon.answer(act_of(request), title=body.title, title_en=body.title_en, rule=rule)
        )


class ShopCouponPauseView(APIView):
    """Stopping a shop's coupon."""

    permission_classes = (PersonOrDevice,)

    @describe("Stop a coupon of the shop", answers=CouponMade)
    def post(self, request: Request, shop_id: UUID, coupon_id: UUID) -> HttpResponse:
        """Stop it; nobody pays with it from now on."""
        return reply(coupons.pause_shop_coupon.answer(act_of(request), shop_id=shop_id, coupon_id=coupon_id))


class ShopCouponResumeView(APIView):
    """Letting a shop's coupon go on."""

    permission_classes = (PersonOrDevice,)

    @describe("Let a stopped coupon of the shop go on", answers=CouponMade)
    def post(self, request: Request, shop_id: UUID, coupon_id: UUID) -> HttpResponse:
        """Let it go on."""
        return reply(coupons.resume_shop_coupon.answer(act_of(request), shop_id=shop_id, coupon_id=coupon_id))


def _near(request: Request) -> Near:
    """Return where the reader looks; :raises InvalidQuery: for what is no place."""
    said: dict[str, Any] = {name: request.query_params[name] for name in WHERE if request.query_params.get(name)}
    try:
        wanted = msgspec.convert(said, shapes.Wanted, strict=False)
    except msgspec.ValidationError as fault:
        raise InvalidQuery(
            errors=[FieldFault(field=_name_in(str(fault)), code="invalid", message=str(fault))]
        ) from None
    if (wanted.latitude is None) != (wanted.longitude is None):
        raise InvalidQuery(errors=[FieldFault(field="latitude", code="required", message="latitude, longitude")])
    if wanted.latitude is None or wanted.longitude is None:
        return Near(wanted.shop, wanted.district)
    return Near(wanted.shop, wanted.district, (round(wanted.latitude * MICRO), round(wanted.longitude * MICRO)))


def _name_in(fault: str) -> str:
    return fault.rpartition("$.")[2].rstrip("`") if "$." in fault else "query"
