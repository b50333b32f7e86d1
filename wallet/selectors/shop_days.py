"""What a shop's till took and gave back, day by day in Japan: sums of what the ledger posted (``wallet_shopmovement``)."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

import msgspec
from django.db.models import Count, Min, Sum
from django.db.models.functions import TruncDate

from kernel.clock import JST, jst_midnight
from wallet.engine.months import Month
from wallet.engine.shop_day import DayFigures, Moved, added, together
from wallet.models import Payment, ShopMovement
from wallet.selectors.statements import StatementMonths, listed


class ShopDay(msgspec.Struct, frozen=True):
    """One day of a shop and what it comes to."""

    day: date
    figures: DayFigures = DayFigures()


def days_of(shop_id: UUID, since: datetime, until: datetime) -> list[ShopDay]:
    """Return the days on which anything happened, in order, in one query. A refund counts on the day on which it was given."""
    rows = (
        ShopMovement.objects.filter(shop_id=shop_id, at__gte=since, at__lt=until)
        .annotate(day=TruncDate("at", tzinfo=JST))
        .values("day", "kind")
        .annotate(count=Count("id"), customers=Sum("customer"), cities=Sum("city"), owns=Sum("own"))
        .order_by("day", "kind")
    )
    found: dict[date, list[DayFigures]] = {}
    for row in rows:
        part = added(row["kind"], row["count"], row["customers"], row["cities"], row["owns"])  # type: ignore[arg-type]
        found.setdefault(row["day"], []).append(part)
    return [ShopDay(day=day, figures=together(parts)) for day, parts in found.items()]


def day_of(shop_id: UUID, day: date) -> ShopDay:
    """Return one day."""
    found = days_of(shop_id, *bounds(day))
    return found[0] if found else ShopDay(day=day)


def bounds(day: date) -> tuple[datetime, datetime]:
    """Return the instants at which a day in Japan begins and is over."""
    return jst_midnight(day), jst_midnight(day + timedelta(days=1))


def movements_of(shop_id: UUID, day: date) -> list[Moved]:
    """Return a day's movements in the order of their journals."""
    since, until = bounds(day)
    rows = ShopMovement.objects.filter(shop_id=shop_id, at__gte=since, at__lt=until).order_by("id")
    found = rows.values_list("id", "kind", "customer", "city", "own", "taken_by")
    return [Moved(*row) for row in found]  # type: ignore[arg-type]


def total_of(days: Iterable[ShopDay]) -> DayFigures:
    """Return the days' sum."""
    return together(each.figures for each in days)


def shop_months(shop_id: UUID, *, at: datetime) -> StatementMonths:
    """Return the months since the shop's first payment."""
    return listed(Payment.objects.filter(shop_id=shop_id).aggregate(first=Min("at"))["first"], at=at)


def shop_month(shop_id: UUID, month: Month) -> list[ShopDay]:
    """Return the days of a month on which anything happened."""
    return days_of(shop_id, month.begins, month.ends)
