"""How things stand between a person's account and coupons: what is left, what was used, what they hold."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from kernel.clock import jst_date
from wallet.engine.coupons import Standing
from wallet.models import Balance, Coupon, CouponClaim, CouponCount, Succession
from wallet.selectors.accounts import accounts_behind

NOBODY = UUID(int=0)


def standings_of(account_id: UUID | None, coupon_ids: Iterable[UUID], *, at: datetime) -> dict[UUID, Standing]:
    """Return the standing for each of these coupons, in five queries however many they are."""
    ids, day = list(coupon_ids), jst_date(at)
    rows = list(
        Coupon.objects.filter(pk__in=ids).values_list("pk", "stock", "taken", "paused_at", "campaign__account_id")
    )
    purses = {purse for *_others, purse in rows if purse is not None}
    budgets = dict(Balance.objects.filter(pk__in=purses).values_list("pk", "amount"))
    counts = used_by(accounts_behind(account_id) if account_id else [], ids, day)
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


def used_behind(account_id: UUID, coupon_ids: Iterable[UUID], day: date) -> dict[UUID, tuple[int, int]]:
    """Return what was used, altogether and on a day, under the IDs that were merged into the account's holder's."""
    return used_by(accounts_behind(account_id)[1:], coupon_ids, day)


def used_by(accounts: Sequence[UUID], coupon_ids: Iterable[UUID], day: date) -> dict[UUID, tuple[int, int]]:
    """Return by coupon how many these accounts have used, altogether and on a day."""
    rows = CouponCount.objects.filter(account_id__in=accounts, coupon_id__in=coupon_ids).order_by().values("coupon_id")
    summed = rows.annotate(all=Sum("used"), today=Coalesce(Sum("on_day", filter=Q(day__gte=day)), 0))
    return {coupon: (used, today) for coupon, used, today in summed.values_list("coupon_id", "all", "today")}


def open_claims(account_id: UUID | None) -> "QuerySet[CouponClaim]":
    """Return the coupons that an account holds and has not used, the oldest first."""
    held = CouponClaim.objects.filter(account_id=account_id or NOBODY, used_at=None, revoked_at=None)
    return held.order_by("at", "id")


def coupons_left_behind() -> list[tuple[UUID, UUID]]:
    """Return the accounts that hold coupons although another stands for them since, each with that one."""
    held = CouponClaim.objects.filter(account_id=OuterRef("source_id"), used_at=None, revoked_at=None)
    return list(Succession.objects.filter(Exists(held)).order_by("source_id").values_list("source_id", "target_id"))
