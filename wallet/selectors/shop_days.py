"""What a shop's till took and gave back, day by day in Japan: sums of the ledger's payments, refunds and top-ups."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any, TypeAlias
from uuid import UUID

import msgspec
from django.db.models import Count, F, Min, Q, QuerySet, Sum
from django.db.models.functions import TruncDate

from kernel.clock import JST, jst_midnight
from wallet.engine.months import Month
from wallet.models import OrderPayment, OrderRefund, Payment, Refund, TopUp
from wallet.selectors.statements import StatementMonths, listed

POSTED = "journal__postings__amount"
Names = tuple[str, str]
Days: TypeAlias = "QuerySet[Any, tuple[date, int, int]]"


class ShopDay(msgspec.Struct, frozen=True):
    """One day of a shop: how many and how much was paid, given back, cancelled, and taken in as cash for coins."""

    day: date
    payments: int = 0
    paid: int = 0
    refunds: int = 0
    refunded: int = 0
    voids: int = 0
    voided: int = 0
    top_ups: int = 0
    topped_up: int = 0

    @property
    def net(self) -> int:
        """Return what the shop took after all."""
        return self.paid - self.refunded - self.voided


def days_of(shop_id: UUID, since: datetime, until: datetime) -> list[ShopDay]:
    """Return the days on which anything happened, in order, in seven queries. A refund counts on the day on which it was given.

    What was paid and given back is what the books moved on the shop's account: the city's part of a coupon is the shop's as well,
    and so is what a card paid of an order. An order that coins paid too is counted once, as their payment.
    """
    span = {"at__gte": since, "at__lt": until}
    refunds = Refund.objects.filter(payment__shop_id=shop_id, **span)
    found: dict[date, Counter[str]] = {}
    credited = Sum(POSTED, filter=Q(journal__postings__credit_id=F("shop__account_id")))
    debited = Sum(POSTED, filter=Q(journal__postings__debit_id=F("payment__shop__account_id")))
    for names, rows, moved in (
        (("payments", "paid"), Payment.objects.filter(shop_id=shop_id, **span), credited),
        (("refunds", "refunded"), refunds.filter(is_void=False), debited),
        (("voids", "voided"), refunds.filter(is_void=True), debited),
        (("top_ups", "topped_up"), TopUp.objects.filter(shop_id=shop_id, **span), Sum("amount")),
    ):
        for day, count, amount in _by_day(rows, moved):
            found.setdefault(day, Counter()).update({names[0]: count, names[1]: amount})
    for names, orders in _orders(shop_id, since, until):
        for day, count, amount in orders:
            found.setdefault(day, Counter()).update({names[0]: count, names[1]: amount})
    return [ShopDay(day=day, **figures) for day, figures in sorted(found.items())]


def day_of(shop_id: UUID, day: date) -> ShopDay:
    """Return one day."""
    found = days_of(shop_id, jst_midnight(day), jst_midnight(day + timedelta(days=1)))
    return found[0] if found else ShopDay(day=day)


def total_of(days: Iterable[ShopDay], *, day: date) -> ShopDay:
    """Return the days' sum, under one day's name."""
    names = [name for name in ShopDay.__struct_fields__ if name != "day"]
    rows = list(days)
    return ShopDay(day=day, **{name: sum(getattr(each, name) for each in rows) for name in names})


def shop_months(shop_id: UUID, *, at: datetime) -> StatementMonths:
    """Return the months since the shop's first payment."""
    return listed(Payment.objects.filter(shop_id=shop_id).aggregate(first=Min("at"))["first"], at=at)


def shop_month(shop_id: UUID, month: Month) -> list[ShopDay]:
    """Return the days of a month on which anything happened."""
    return days_of(shop_id, month.begins, month.ends)


def _orders(shop_id: UUID, since: datetime, until: datetime) -> Iterator[tuple[Names, "Days"]]:
    """Yield what orders brought and took beside their coins: the card's part and the campaigns', and what was put back."""
    paid = OrderPayment.objects.filter(
        order__shop_id=shop_id, ended_at__gte=since, ended_at__lt=until, journal__isnull=False
    )
    refunds = OrderRefund.objects.filter(order_payment__order__shop_id=shop_id)
    back = refunds.filter(at__gte=since, at__lt=until, journal__isnull=False)
    restored = refunds.filter(restored_journal__at__gte=since, restored_journal__at__lt=until)
    yield ("payments", "paid"), _by_day(paid, Sum(POSTED), at="ended_at", counted=Q(payment=None))
    yield ("refunds", "refunded"), _by_day(back, Sum(POSTED), counted=Q(refund=None))
    moved = -Sum("restored_journal__postings__amount")
    yield ("refunds", "refunded"), _by_day(restored, moved, at="restored_journal__at", counted=Q(pk=None))


def _by_day(rows: "QuerySet[Any]", moved: Any, *, at: str = "at", counted: Q | None = None) -> "Days":
    by_day = rows.annotate(day=TruncDate(at, tzinfo=JST)).order_by().values("day")
    summed: Days = by_day.annotate(count=Count("pk", distinct=True, filter=counted), sum=moved).values_list(
        "day", "count", "sum"
    )
    return summed
