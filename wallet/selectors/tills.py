"""The tills of the city's counters, as officers and their daily report see them. The sums come from the ledger's own rows."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

import msgspec
from django.db.models import Count, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from kernel.spreadsheets import csv_of
from wallet.engine.settled import TillNow
from wallet.models import CashCounter, CashTill


def counters() -> QuerySet[CashCounter]:
    """Return the counters that take cash today, by name."""
    return CashCounter.objects.filter(closed_at=None).order_by("name")


def own_till(actor: UUID) -> CashTill | None:
    """Return the open till of an officer."""
    return CashTill.objects.select_related("counter").filter(opened_by=actor, closed_at=None).first()


def tills_of(day: date) -> list[CashTill]:
    """Return a day's tills in the order in which they were opened."""
    return list(CashTill.objects.select_related("counter").filter(day=day).order_by("opened_at", "id"))


def left_open(today: date) -> list[CashTill]:
    """Return the tills of earlier days that nobody has counted, and those that nobody signed."""
    rows = CashTill.objects.select_related("counter").filter(day__lt=today, signed_at=None)
    return list(rows.order_by("opened_at", "id"))


class CounterRow(msgspec.Struct, frozen=True):
    """A counter, the till that is open there, and the one that may be taken over."""

    id: UUID
    name: str
    is_open: bool
    closed_till: UUID | None
    closed_yen: int | None


def counter_rows() -> list[CounterRow]:
    """Return the counters with what stands there."""
    found = []
    for counter in counters():
        last = counter.tills.order_by("-opened_at", "-id").first()
        is_open = last is not None and last.closed_at is None
        closed = last if last is not None and not is_open else None
        found.append(
            CounterRow(
                counter.pk, counter.name, is_open, closed.pk if closed else None, closed.counted if closed else None
            )
        )
    return found


def till_now(row: CashTill) -> TillNow:
    """Return one till as it stands."""
    return tills_now([row])[0]


def tills_now(rows: Iterable[CashTill]) -> list[TillNow]:
    """Return tills as they stand; what they took is the sum of their entries, not one that was kept."""
    found = list(rows)
    sums = _sums(found)
    return [_now(row, *sums.get(row.pk, (0, 0))) for row in found]


def _sums(rows: list[CashTill]) -> dict[UUID, tuple[int, int]]:
    entries = CashTill.objects.filter(pk__in=[row.pk for row in rows]).annotate(
        top_ups=Count("entries", filter=Q(entries__amount__gt=0)), taken=Sum("entries__amount", default=0)
    )
    return {row.pk: (row.top_ups, row.taken) for row in entries}


def _now(row: CashTill, top_ups: int, taken: int) -> TillNow:
    state = "signed" if row.signed_at else "closed" if row.closed_at else "open"
    return TillNow(
        id=row.pk, counter=row.counter.name, day=row.day, float_yen=row.float_yen, top_ups=top_ups, taken=taken,
        expected=row.float_yen + taken, counted=row.counted,
        difference=None if row.counted is None else row.counted - row.float_yen - taken, state=state,
    )  # fmt: skip


def csv_of_day(day: date) -> bytes:
    """Return a day's tills as a table for a spreadsheet, with the sum of what was taken below."""
    rows = tills_now(tills_of(day))
    header = (
        _("日"),
        _("窓口"),
        _("釣り銭"),
        _("件数"),
        _("現金の出入り"),
        _("計算上の現金"),
        _("数えた現金"),
        _("差額"),
        _("状態"),
    )
    lines = [
        (str(row.day), row.counter, row.float_yen, row.top_ups, row.taken, row.expected, row.counted, row.difference,
         row.state)
        for row in rows
    ]  # fmt: skip
    total = (str(day), _("合計"), None, sum(row.top_ups for row in rows), sum(row.taken for row in rows))
    return csv_of(header, [*lines, total + (None,) * 4])
