"""Using coupons in a payment and giving them back, each guard a statement that decides (in SQL: ``wallet_use_coupons``).

Locks, after the balances of payer and shop: the coupons, by id; then the campaigns that pay for them, by account.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Greatest

from kernel.clock import jst_date
from kernel.ids import new_id
from kernel.use_case import Act
from wallet.errors import CampaignSpent, QuoteChanged
from wallet.models import Coupon, CouponClaim, CouponCount, CouponUse, Journal, Payment
from wallet.selectors.coupons import UseOf
from wallet.selectors.coupons.standing import used_behind
from wallet.services.books import post
from wallet.services.campaigns import draw_from_campaign, give_back_to_campaign


def use_coupons(
    act: Act, journal: Journal, uses: Sequence[UseOf], *, account_id: UUID, shop_account: UUID, payment_id: UUID
) -> int:
    """Use up stock, claims and uses per person, and let the campaigns pay the shop; return what they pay.

    :raises QuoteChanged: where any of it is no longer to be had: then nothing of the payment stays.
    """
    line, drawn = 1, defaultdict[UUID, int](int)
    for use in uses:
        coupon = use_one(act, use, account_id, payment_id=payment_id)
        if coupon.campaign is not None:
            line += 1
            drawn[coupon.campaign.account_id] += use.discount
            post(journal, debit=coupon.campaign.account_id, credit=shop_account, amount=use.discount, line=line)
    for purse, amount in sorted(drawn.items()):
        try:
            draw_from_campaign(purse, amount)
        except CampaignSpent:
            raise QuoteChanged from None
    return sum(drawn.values())


def use_one(act: Act, use: UseOf, account_id: UUID, **bill: UUID) -> Coupon:
    """Use one coupon for a bill (``payment_id`` or ``order_payment_id``), whoever pays for it; :raises QuoteChanged:."""
    coupon = _open_coupon(act, use)
    _take_from_stock(coupon)
    _use_claim(act, use, account_id, bill)
    day = _count(coupon, account_id, jst_date(act.at))
    CouponUse.objects.create(
        id=new_id(act.at), coupon=coupon, account_id=account_id, claim_id=use.claim, discount=use.discount, day=day,
        at=act.at, **bill,
    )  # fmt: skip
    return coupon


def _open_coupon(act: Act, use: UseOf) -> Coupon:
    out = Coupon.objects.select_related("campaign").filter(paused_at=None, starts_at__lte=act.at, ends_at__gt=act.at)
    coupon = out.filter(pk=use.coupon).first()
    if coupon is None or (coupon.needs_claim and use.claim is None):
        raise QuoteChanged
    return coupon


def _take_from_stock(coupon: Coupon) -> None:
    if coupon.stock is None:
        return
    left = Coupon.objects.filter(pk=coupon.pk, taken__lt=F("stock"), paused_at=None)
    if not left.update(taken=F("taken") + 1):
        raise QuoteChanged


def _use_claim(act: Act, use: UseOf, account_id: UUID, bill: dict[str, UUID]) -> None:
    if use.claim is None:
        return
    held = CouponClaim.objects.filter(
        pk=use.claim, coupon_id=use.coupon, account_id=account_id, used_at=None, revoked_at=None
    )
    if not held.update(used_at=act.at, **bill):
        raise QuoteChanged


def _count(coupon: Coupon, account_id: UUID, day: date) -> date:
    """Count one use if the person may have one more, and return the day it counted towards; the day never goes back."""
    CouponCount.objects.bulk_create(
        [CouponCount(coupon=coupon, account_id=account_id, used=0, day=day, on_day=0)], ignore_conflicts=True
    )
    before, before_today = used_behind(account_id, [coupon.pk], day).get(coupon.pk, (0, 0))
    on_day = Case(When(day__gte=day, then=F("on_day")), default=Value(0))
    own = CouponCount.objects.annotate(now=on_day).filter(coupon=coupon, account_id=account_id)
    if coupon.per_person is not None:
        own = own.filter(used__lt=coupon.per_person - before)
    if coupon.per_day is not None:
        own = own.filter(now__lt=coupon.per_day - before_today)
    if not own.update(used=F("used") + 1, on_day=on_day + 1, day=Greatest(F("day"), Value(day))):
        raise QuoteChanged
    counted_on: date = CouponCount.objects.values_list("day", flat=True).get(coupon=coupon, account_id=account_id)
    return counted_on


def campaigns_part(payment: Payment, uses: Sequence[CouponUse], amount: int) -> list[tuple[CouponUse, int]]:
    """Say what of each campaign's discount goes back when ``amount`` more of a payment is refunded.

    In the measure in which the payer got back, rounded down, counted on all that was refunded so far: so parts never add up to more
    than the discount, and the refund that makes it whole brings back the rest to the yen.
    """
    refunded = payment.refunded + amount
    back = []
    for use in uses:
        if use.coupon.campaign is not None:
            part = use.discount * refunded // payment.amount - use.returned
            if part:
                back.append((use, part))
    return back


def uses_of(payment_id: UUID) -> list[CouponUse]:
    """Return the coupons that a payment used, locked with it, in the order of their lines in the books."""
    rows = CouponUse.objects.select_related("coupon__campaign").filter(payment_id=payment_id).order_by("coupon_id")
    return list(rows)


def return_to_campaigns(journal: Journal, parts: Sequence[tuple[CouponUse, int]], *, shop_account: UUID) -> None:
    """Book what goes back from the shop to the campaigns; the shop's balance was lowered before."""
    drawn = defaultdict[UUID, int](int)
    for line, (use, part) in enumerate(parts, start=2):
        assert use.coupon.campaign is not None  # noqa: S101 - only these have a part
        CouponUse.objects.filter(pk=use.pk).update(returned=F("returned") + part)
        drawn[use.coupon.campaign.account_id] += part
        post(journal, debit=shop_account, credit=use.coupon.campaign.account_id, amount=part, line=line)
    for purse, amount in sorted(drawn.items()):
        give_back_to_campaign(purse, amount)


def give_back_coupons(act: Act, uses: Sequence[CouponUse]) -> None:
    """Give the coupons of a payment that came back whole to their stock and to the person, once: the use says when."""
    for use in uses:
        if not CouponUse.objects.filter(pk=use.pk, given_back_at=None).update(given_back_at=act.at):
            continue
        Coupon.objects.filter(pk=use.coupon_id, stock__isnull=False).update(taken=F("taken") - 1)
        if use.claim_id is not None:
            CouponClaim.objects.filter(pk=use.claim_id).update(used_at=None, payment=None, order_payment=None)
        that_day = Case(When(Q(day=use.day, on_day__gt=0), then=F("on_day") - 1), default=F("on_day"))
        CouponCount.objects.filter(coupon_id=use.coupon_id, account_id=use.account_id).update(
            used=F("used") - 1, on_day=that_day
        )
