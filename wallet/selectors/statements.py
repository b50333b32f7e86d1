"""What happened in an account in one month, with what stood before and after; every figure is a sum of the history's lines."""

from datetime import date, datetime
from uuid import UUID

import msgspec
from django.db.models import Case, F, Min, Q, Sum, When
from django.db.models.functions import Coalesce

from wallet.engine.months import Month, months_between
from wallet.engine.results import HistoryEntry, LiveLot
from wallet.models import Lot
from wallet.selectors.accounts import accounts_behind
from wallet.selectors.balances import entries_of, history_entry

SIGNED = Case(When(direction="in", then=F("amount")), default=-F("amount"))


class StatementMonth(msgspec.Struct, frozen=True):
    """A month for which there is a statement; the present one is not complete."""

    month: str
    is_complete: bool


class StatementMonths(msgspec.Struct, frozen=True):
    """The months for which there are statements, the newest first."""

    results: list[StatementMonth]


class Statement(msgspec.Struct, frozen=True):
    """One account's month: what could be spent when it began, each movement, what came and went, what was left at its end."""

    opening: int
    came: int
    went: int
    closing: int
    entries: list[HistoryEntry]
    lots: list[LiveLot]


def months_of(account_id: UUID, *, at: datetime) -> StatementMonths:
    """Return the months since the account's first movement."""
    first = entries_of(account_id).aggregate(first=Min("at"))["first"]
    return listed(first, at=at)


def listed(first: datetime | None, *, at: datetime) -> StatementMonths:
    """Return the months from that instant on; none where nothing has happened."""
    now = Month.of(at)
    months = months_between(Month.of(first), now) if first else []
    return StatementMonths(results=[StatementMonth(month=str(each), is_complete=each < now) for each in months])


def statement_of(account_id: UUID, month: Month) -> Statement:
    """Return the month's statement; of a month that is not over, what has happened so far."""
    entries = entries_of(account_id)
    opening = entries.filter(at__lt=month.begins).aggregate(sum=Coalesce(Sum(SIGNED), 0))["sum"]
    rows = entries.filter(at__gte=month.begins, at__lt=month.ends).order_by("at", "id")
    lines = [history_entry(row) for row in rows]
    came = sum(line.amount for line in lines if line.direction == "in")
    went = sum(line.amount for line in lines if line.direction == "out")
    return Statement(
        opening=opening, came=came, went=went, closing=opening + came - went, entries=lines,
        lots=_lots_at(account_id, month.ends),
    )  # fmt: skip


def _lots_at(account_id: UUID, instant: datetime) -> list[LiveLot]:
    """Return what remained in each lot at that instant, by its last day."""
    moved = Sum("moves__delta", filter=Q(moves__journal__at__lt=instant))
    rows = (
        Lot.objects.filter(account_id__in=accounts_behind(account_id), issued_at__lt=instant)
        .annotate(then=Coalesce(moved, 0))
        .filter(then__gt=0)
        .order_by("expires_on", "kind", "id")
        .values_list("kind", "then", "expires_on")
    )
    merged: dict[tuple[date, str], int] = {}
    for kind, remaining, expires_on in rows:
        merged[expires_on, kind] = merged.get((expires_on, kind), 0) + remaining
    return [
        LiveLot(kind=kind, remaining=amount, expires_on=day)  # type: ignore[arg-type]
        for (day, kind), amount in merged.items()
    ]
