"""What ended on which day, for the officer: every figure is a sum of what the books say."""

from datetime import date, datetime, timedelta

import msgspec
from django.db import connection
from django.db.models import Sum

from kernel.clock import jst_date
from wallet.models import Lot

DAYS = 60


class ExpiredDay(msgspec.Struct, frozen=True):
    """So much ended on a day in Japan, of so many accounts; ``share`` of the largest day, in percent, for the bar beside it."""

    day: date
    amount: int
    accounts: int
    share: int


def expired_by_day(*, at: datetime) -> list[ExpiredDay]:
    """Return the last sixty days on which something ended, newest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT jst_date(at), sum(amount)::bigint, count(DISTINCT account_id) FROM wallet_expiry"
            " WHERE jst_date(at) > %s GROUP BY 1 ORDER BY 1 DESC",
            [jst_date(at) - timedelta(days=DAYS)],
        )
        rows = cursor.fetchall()
    most = max((amount for _day, amount, _accounts in rows), default=1)
    return [ExpiredDay(day, amount, accounts, amount * 100 // most) for day, amount, accounts in rows]


def still_to_sweep(*, at: datetime) -> int:
    """Return how much has passed its last day and is not swept yet; it cannot be spent all the same."""
    over = Lot.objects.filter(open=True, expires_on__lt=jst_date(at))
    return int(over.aggregate(total=Sum("remaining"))["total"] or 0)
