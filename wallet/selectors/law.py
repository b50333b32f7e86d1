"""What the law of prepaid means asks an issuer to know, derived from lots and their moves as of any past instant.

Nothing is kept for it: a figure of last March is the same whenever it is asked for, whatever was paid, returned or expired since.
"""

from datetime import date, datetime, timedelta
from typing import Any

import msgspec
from django.conf import settings
from django.db import connection
from django.db.models import Q, Sum

from kernel.clock import jst_date, jst_midnight
from wallet.engine.payouts import Ceiling
from wallet.engine.prepaid import Duty, base_date_before, base_dates, duty
from wallet.models import Account, CoinPayout, CoinPayoutState, Lot, PayoutCase

RIGHT = "wallet.see_law"
PAID_OUT = (CoinPayoutState.APPROVED, CoinPayoutState.WRITTEN, CoinPayoutState.PAID)
"""The payouts that count towards what the law allows: what was promised, and did not come back."""

_UNUSED = """
SELECT l.kind, to_char(l.issued_at AT TIME ZONE 'Asia/Tokyo', 'YYYY-MM'), sum(t.delta)::bigint FROM (
    SELECT m.lot_id, m.delta FROM wallet_lotmove m JOIN wallet_journal j ON j.id = m.journal_id WHERE j.at < %(at)s
  ) t JOIN wallet_lot l ON l.id = t.lot_id WHERE l.expires_on >= %(day)s GROUP BY 1, 2
UNION ALL
SELECT l.kind, to_char(l.issued_at AT TIME ZONE 'Asia/Tokyo', 'YYYY-MM'), -sum(m.delta)::bigint
  FROM wallet_hold h JOIN wallet_lotmove m ON m.journal_id = h.journal_id JOIN wallet_lot l ON l.id = m.lot_id
  WHERE h.at < %(at)s AND (h.closed_at IS NULL OR h.closed_at >= %(at)s) GROUP BY 1, 2
"""

_MOVED = """
SELECT l.kind, j.kind, sum(m.delta)::bigint FROM wallet_lotmove m JOIN wallet_journal j ON j.id = m.journal_id
  JOIN wallet_lot l ON l.id = m.lot_id WHERE j.at >= %(since)s AND j.at < %(at)s GROUP BY 1, 2
"""

_ENDED_UNSWEPT = """
SELECT l.kind, sum(m.delta)::bigint FROM wallet_lotmove m JOIN wallet_journal j ON j.id = m.journal_id
  JOIN wallet_lot l ON l.id = m.lot_id WHERE j.at < %(at)s AND l.expires_on < %(day)s GROUP BY 1
"""

_HELD = """
SELECT l.kind, -sum(m.delta)::bigint FROM wallet_hold h JOIN wallet_lotmove m ON m.journal_id = h.journal_id
  JOIN wallet_lot l ON l.id = m.lot_id
  WHERE h.at < %(at)s AND (h.closed_at IS NULL OR h.closed_at >= %(at)s) GROUP BY 1
"""

_TOO_LONG = """
SELECT l.id, l.kind, jst_date(l.issued_at), l.expires_on FROM wallet_lot l JOIN wallet_journal j ON j.id = l.journal_id
  WHERE l.expires_on > (jst_date(l.issued_at) + interval '6 months')::date AND j.at < %(at)s ORDER BY l.issued_at, l.id LIMIT 20
"""

_SPENT = ("payment", "capture", "hold", "release", "refund", "void")
_PASSED_ON = ("send", "merge")


class OfIssue(msgspec.Struct, frozen=True):
    """What is unused of the coins that were issued in one month in Japan."""

    month: str
    paid: int
    bonus: int


class Flow(msgspec.Struct, frozen=True):
    """What happened to one kind of coins in a period; ``opening + issued - used - expired - other = closing``."""

    opening: int
    issued: int
    used: int
    expired: int
    other: int
    closing: int


class LongLot(msgspec.Struct, frozen=True):
    """A lot that can be used for longer than six months from its issue."""

    id: str
    kind: str
    issued_on: date
    expires_on: date


class LawReport(msgspec.Struct, frozen=True):
    """Everything about one instant; ``period`` begins after the base date before it."""

    at: datetime
    period_begins: datetime
    base: date
    paid: int
    bonus: int
    issues: list[OfIssue]
    paid_flow: Flow
    bonus_flow: Flow
    duty: Duty
    issuer: str
    too_long: list[LongLot]
    lots: int


def unused(*, at: datetime) -> list[OfIssue]:
    """Return what could still be used at that instant, by month of issue; coins set aside for a shop are not used yet."""
    found: dict[str, dict[str, int]] = {}
    for kind, month, amount in _rows(_UNUSED, at=at, day=jst_date(at)):
        of_month = found.setdefault(month, {"paid": 0, "bonus": 0})
        of_month[kind] += int(amount)
    return [OfIssue(month=month, **sums) for month, sums in sorted(found.items()) if any(sums.values())]


def end_of(day: date) -> datetime:
    """Return the instant at which a day in Japan is over: 24:00."""
    return jst_midnight(day + timedelta(days=1))


def law_report(day: date) -> LawReport:
    """Return the report for the end of a day in Japan."""
    at, before = end_of(day), base_date_before(day)
    issues = unused(at=at)
    paid, bonus = sum(each.paid for each in issues), sum(each.bonus for each in issues)
    too_long = [LongLot(str(key), kind, begun, ends) for key, kind, begun, ends in _rows(_TOO_LONG, at=at)]
    return LawReport(
        at=at,
        period_begins=end_of(before),
        base=before,
        paid=paid,
        bonus=bonus,
        issues=issues,
        paid_flow=_flow("paid", end_of(before), at),
        bonus_flow=_flow("bonus", end_of(before), at),
        duty=duty(paid, day, issuer=settings.LAW["issuer"], is_within_six_months=not too_long),
        issuer=settings.LAW["issuer"],
        too_long=too_long,
        lots=Lot.objects.filter(journal__at__lt=at).count(),
    )


def payout_ceiling(day: date) -> Ceiling:
    """Return what small payouts may come to in the base period of this day, and what they have come to (article 20(5))."""
    base = base_date_before(day)
    before = base_date_before(base)
    small = CoinPayout.objects.filter(case=PayoutCase.SMALL, decided_at__gte=end_of(base), decided_at__lt=end_of(day))
    counts = Q(state__in=PAID_OUT) | Q(returned_at__gte=end_of(day))
    paid = small.filter(counts).aggregate(sum=Sum("amount", default=0))["sum"]
    return Ceiling(
        base=base, issued=_flow("paid", end_of(before), end_of(base)).issued,
        unused=sum(each.paid for each in unused(at=end_of(base))), used=int(paid),
    )  # fmt: skip


def base_days(*, at: datetime) -> list[date]:
    """Return the base dates since the coin began, the newest first."""
    began = Account.objects.filter(kind="resident").order_by("opened_at").values_list("opened_at", flat=True).first()
    return base_dates(jst_date(began), jst_date(at)) if began else []


def _flow(kind: str, since: datetime, at: datetime) -> Flow:
    moved = {name: int(amount) for lots, name, amount in _rows(_MOVED, since=since, at=at) if lots == kind}
    spent = sum(moved.pop(name, 0) for name in _SPENT)
    issued, expired = moved.pop("top_up", 0), moved.pop("expiry", 0)
    for name in _PASSED_ON:
        moved.pop(name, 0)
    ended = _sum(_ENDED_UNSWEPT, kind, at) - _sum(_ENDED_UNSWEPT, kind, since)
    held = _sum(_HELD, kind, at) - _sum(_HELD, kind, since)
    opening, closing = (sum(getattr(each, kind) for each in unused(at=instant)) for instant in (since, at))
    return Flow(
        opening=opening,
        issued=issued,
        used=-spent - held,
        expired=-expired + ended,
        other=-sum(moved.values()),
        closing=closing,
    )


def _sum(query: str, kind: str, at: datetime) -> int:
    return sum(int(amount) for lots, amount in _rows(query, at=at, day=jst_date(at)) if lots == kind)


def _rows(query: str, **values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return list(cursor.fetchall())
