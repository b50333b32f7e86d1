"""A shop's days as its people see them: open, or closed as they were counted, with what was booked onto them later."""

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

import msgspec
from django.utils.translation import gettext as _

from accounts.selectors import device_labels
from kernel.clock import JST, jst_date
from kernel.problems import NotFound
from kernel.spreadsheets import csv_of
from wallet.engine.months import Month
from wallet.engine.shop_day import DayFigures, Kind, TillSum, by_till, figures_of
from wallet.models import FIGURES, Shop, ShopClosing, ShopMovement
from wallet.selectors.shop_days import ShopDay, bounds, day_of, days_of, movements_of

CLOSE_DAY = "wallet.close_day"


class DaySums(msgspec.Struct, frozen=True):
    """Figures with what they add up to: credited, gone back, and what stays with the shop."""

    figures: DayFigures
    paid: int
    back: int
    net: int


class DayLine(msgspec.Struct, frozen=True):
    """A day in a list: what it comes to today, and when it was closed; ``late`` is what came after that."""

    day: date
    sums: DaySums
    closed_at: datetime | None
    late: int


class DayLines(msgspec.Struct, frozen=True):
    """A month's days on which anything happened, the newest first."""

    results: list[DayLine]


class LateEntry(msgspec.Struct, frozen=True):
    """What was booked onto a day after it had been closed."""

    at: datetime
    kind: Kind
    receipt_number: str
    customer: int
    city: int


class TillLine(msgspec.Struct, frozen=True):
    """One till's part."""

    place: Literal["till", "staff", "code"]
    label: str
    sums: DaySums


class DayReport(msgspec.Struct, frozen=True):
    """One day whole. ``counted`` is what was closed, or what stands so far; ``total`` is that and everything ``late``."""

    shop_id: UUID
    day: date
    closed_at: datetime | None
    digest: str
    counted: DaySums
    tills: list[TillLine]
    late: list[LateEntry]
    total: DaySums


def sums_of(figures: DayFigures) -> DaySums:
    """Return figures with their sums."""
    return DaySums(figures, figures.paid, figures.back, figures.net)


def now_of(shop: Shop, *, at: datetime) -> DayLine:
    """Return the present day."""
    today = jst_date(at)
    return _line(day_of(shop.pk, today), ShopClosing.objects.filter(shop=shop, day=today).first())


def lines_of(shop: Shop, month: Month) -> DayLines:
    """Return a month's days, in two queries whatever their number."""
    days = {each.day: each for each in days_of(shop.pk, month.begins, month.ends)}
    rows = ShopClosing.objects.filter(shop=shop, day__gte=month.first, day__lt=month.following.first)
    closed = {row.day: row for row in rows}
    order = sorted(days.keys() | closed.keys(), reverse=True)
    return DayLines([_line(days.get(day, ShopDay(day)), closed.get(day)) for day in order])


def report_of(shop: Shop, day: date, *, at: datetime) -> DayReport:
    """Return one day; :raises NotFound: for one that has not come, or before the shop was there."""
    check_day(shop, day, at=at)
    row = ShopClosing.objects.filter(shop=shop, day=day).first()
    if row is None:
        movements = movements_of(shop.pk, day)
        counted, tills, late = figures_of(movements), by_till(movements, device_labels(shop.organisation_id)), []
    else:
        counted, tills, late = figures_in(row), msgspec.convert(row.tills, list[TillSum]), late_on(row)
    total = sums_of(day_of(shop.pk, day).figures)
    return DayReport(
        shop_id=shop.pk, day=day, closed_at=row.closed_at if row else None, digest=row.digest if row else "",
        counted=sums_of(counted), tills=[TillLine(each.place, each.label, sums_of(each.figures)) for each in tills],
        late=late, total=total,
    )  # fmt: skip


def check_day(shop: Shop, day: date, *, at: datetime) -> None:
    """Pass a day that has come and on which the shop was there; :raises NotFound: for others."""
    if not jst_date(shop.opened_at) <= day <= jst_date(at):
        raise NotFound


def figures_in(row: ShopClosing) -> DayFigures:
    """Return what was counted."""
    return DayFigures(**{name: getattr(row, name) for name in FIGURES})


def late_on(row: ShopClosing) -> list[LateEntry]:
    """Return what was booked onto a closed day since, in the order in which it happened."""
    since, until = bounds(row.day)
    rows = ShopMovement.objects.filter(shop_id=row.shop_id, at__gte=since, at__lt=until).exclude(id__in=row.counted)
    found = rows.order_by("at", "id").values_list("at", "kind", "receipt_number", "customer", "city")
    return [LateEntry(*each) for each in found]  # type: ignore[arg-type]


def csv_of_day(report: DayReport) -> bytes:
    """Return a day as a table for a spreadsheet: a line a till, their sum, what came later, and the whole."""
    header = (
        _("区分"), _("件数"), _("お客さまのお支払い"), _("市のクーポン分"), _("店のクーポンの値引き"),
        _("返金（お客さま）"), _("返金（市）"), _("取消（お客さま）"), _("取消（市）"), _("差し引き"), _("チャージの現金"),
    )  # fmt: skip
    lines = [_cells(place_word(each), each.sums) for each in report.tills]
    late = [
        (
            f"{each.at.astimezone(JST):%H:%M} {kind_word(each.kind)} {each.receipt_number}",
            None,
            each.customer,
            each.city,
        )
        for each in report.late
    ]
    return csv_of(
        header, [*lines, _cells(_("日計"), report.counted), *late, _cells(_("日計と締めた後の分"), report.total)]
    )


def place_word(line: TillLine) -> str:
    """Return what people call the place where it was taken."""
    return (
        line.label or {"till": _("レジ"), "staff": _("スタッフのスマートフォン"), "code": _("据え置きQR")}[line.place]
    )


def kind_word(kind: Kind) -> str:
    """Return what people call such a movement."""
    return {"payment": _("お支払い"), "refund": _("返金"), "void": _("取り消し"), "top_up": _("チャージ")}[kind]


def _cells(name: str, sums: DaySums) -> tuple[Any, ...]:
    each = sums.figures
    return (
        name, each.payments, each.customers, each.city, each.own, each.refunded, each.refunded_city, each.voided,
        each.voided_city, sums.net, each.topped_up,
    )  # fmt: skip


def _line(day: ShopDay, row: ShopClosing | None) -> DayLine:
    late = day.figures.net - figures_in(row).net if row is not None else 0
    return DayLine(day.day, sums_of(day.figures), row.closed_at if row else None, late)
