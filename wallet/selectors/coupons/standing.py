"""How things stand between a person's account and coupons: what is left, what was used, what they hold."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from kernel.clock import jst_date
from wallet.engine.coupons import Standing
from wallet.models import CouponClaim, CouponCount, Succession
from wallet.selectors.accounts import accounts_behind

NOBODY = UUID(int=0)
_STANDINGS = """
SELECT c.id, coalesce(n.used, 0), coalesce(n.today, 0), h.is_held, c.stock - c.taken, b.amount, c.paused_at IS NOT NULL
  FROM wallet_coupon c
  LEFT JOIN wallet_campaign m ON m.id = c.campaign_id
  LEFT JOIN wallet_balance b ON b.account_id = m.account_id
  LEFT JOIN LATERAL (
    SELECT sum(u.used)::bigint AS used, (sum(u.on_day) FILTER (WHERE u.day >= %(day)s))::bigint AS today
      FROM wallet_couponcount u
     WHERE u.coupon_id = c.id
       AND u.account_id = ANY (ARRAY(
         SELECT %(account)s::uuid UNION ALL SELECT s.source_id FROM wallet_succession s WHERE s.target_id = %(account)s))
  ) n ON true
  CROSS JOIN LATERAL (
    SELECT EXISTS (SELECT FROM wallet_couponclaim k
     WHERE k.account_id = %(account)s AND k.coupon_id = c.id AND k.used_at IS NULL AND k.revoked_at IS NULL) AS is_held
  ) h
 WHERE c.id = ANY (%(coupons)s::uuid[])
"""


def standings_of(account_id: UUID | None, coupon_ids: Iterable[UUID], *, at: datetime) -> dict[UUID, Standing]:
    """Return the standing for each of these coupons, in one query however many they are."""
    with connection.cursor() as cursor:
        cursor.execute(_STANDINGS, {"account": account_id, "coupons": list(coupon_ids), "day": jst_date(at)})
        rows = cursor.fetchall()
    return {
        coupon: Standing(
            used=used, used_today=today, is_claimed=is_claimed, left=left, budget=budget, is_paused=is_paused
        )
        for coupon, used, today, is_claimed, left, budget, is_paused in rows
    }


def claims_used_first(account_id: UUID, coupon_ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """Return, of each of these coupons that the account holds, the claim that is used first: the oldest."""
    held = open_claims(account_id).filter(coupon_id__in=coupon_ids).values_list("coupon_id", "id")
    return dict(reversed(list(held)))


def used_behind(account_id: UUID, coupon_ids: Iterable[UUID], day: date) -> dict[UUID, tuple[int, int]]:
    """Return what was used, altogether and on a day, under the IDs that were merged into the account's holder's."""
    accounts = accounts_behind(account_id)[1:]
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
