"""How things stand between a person's account and coupons: what is left, what was used, what they hold."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from kernel.clock import jst_date
from wallet.engine.coupons import Standing
from wallet.models import Balance, Coupon, CouponClaim, CouponCount

NOBODY = UUID(int=0)


def standings_of(account_id: UUID | None, coupon_ids: Iterable[UUID], *, at: datetime) -> dict[UUID, Standing]:
    """Return the standing for each of these coupons, in four queries however many they are."""
    ids, day = list(coupon_ids), jst_date(at)
    rows = list(
        Coupon.objects.filter(pk__in=ids).values_list("pk", "stock", "taken", "paused_at", "campaign__account_id")
    )
    purses = {purse for *_others, purse in rows if purse is not None}
    budgets = dict(Balance.objects.filter(pk__in=purses).values_list("pk", "amount"))
    counts = {
        coupon: (used, on_day if counted_on >= day else 0)
        for coupon, used, counted_on, on_day in CouponCount.objects.filter(
            account_id=account_id or NOBODY, coupon_id__in=ids
        ).values_list("coupon_id", "used", "day", "on_day")
    }
    held = set(open_claims(account_id).filter(coupon_id__in=ids).values_list("coupon_id", flat=True))
    return {
        coupon: Standing(
            used=counts.get(coupon, (0, 0))[0],
            used_today=counts.get(coupon, (0, 0))[1],
            is_claimed=coupon in held,
            left=None if stock is None else stock - taken,
            budget=None if purse is None else budgets[purse],
            is_paused=paused_at is not None,
        )
        for coupon, stock, taken, paused_at, purse in rows
    }


def open_claims(account_id: UUID | None) -> "QuerySet[CouponClaim]":
    """Return the coupons that an account holds and has not used, the oldest first."""
    held = CouponClaim.objects.filter(account_id=account_id or NOBODY, used_at=None, revoked_at=None)
    return held.order_by("at", "id")
