"""Telling people, at a civil hour, that coins of theirs end in thirty days, seven, or one.

One message an account and day, of the soonest end; what was told stands in a table of its own, so a run that died goes on where it
stopped and a second run says nothing twice. Less than a hundred yen is no message: Home shows it for two weeks all the same.
"""

from collections.abc import Iterator
from datetime import date, datetime
from itertools import islice
from uuid import UUID

from django.db import connection
from django.db.models import Sum

from accounts.notifications import Value
from kernel.clock import jst_date
from kernel.ids import new_id
from kernel.principal import SYSTEM
from kernel.use_case import Act, use_case
from wallet.engine.reminders import days_of_interest, due
from wallet.models import ExpiryReminder, Lot
from wallet.services.telling import tell_holder

AT_ONCE = 200


def remind_of_expiry(*, at: datetime) -> int:
    """Tell everybody of whom something is due today, some hundreds in a transaction; return how many messages were written."""
    accounts, told = _concerned(jst_date(at)), 0
    while some := list(islice(accounts, AT_ONCE)):
        told += remind_some(Act(SYSTEM, at=at), account_ids=some)
    return told


@use_case("wallet.remind_of_expiry")
def remind_some(act: Act, *, account_ids: list[UUID]) -> int:
    """Tell these accounts what is due today; row and message stand or fall together."""
    with connection.cursor() as cursor:  # two runs at once take turns, so that neither says what the other has said
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('wallet.remind', 7))")
    today = jst_date(act.at)
    ends, told = _ends(account_ids, today), _told(account_ids, today)
    rows = []
    for account_id, by_day in ends.items():
        found = due(by_day, told.get(account_id, set()), today)
        if found is not None:
            facts = {"account_id": account_id, "told_on": today, "at": act.at} | found._asdict()
            rows.append(ExpiryReminder(id=new_id(act.at), **facts))
    ExpiryReminder.objects.bulk_create(rows)
    for row in rows:
        values: dict[str, Value] = {"amount": row.amount, "day": row.expires_on}
        tell_holder(act, account_id=row.account_id, message="wallet.ending", values=values, dedupe=row.pk)
    act.audit(what={"told": len(rows)})
    return len(rows)


def _concerned(today: date) -> Iterator[UUID]:
    """Yield the accounts of which something ends on a day of interest, and which are not told anything today."""
    lots = Lot.objects.filter(open=True, expires_on__in=days_of_interest(today), remaining__gt=0)
    heard = ExpiryReminder.objects.filter(told_on=today).values("account_id")
    rows = lots.exclude(account_id__in=heard).order_by("account_id").values_list("account_id", flat=True).distinct()
    yield from list(rows)


def _ends(account_ids: list[UUID], today: date) -> dict[UUID, dict[date, int]]:
    """Return what ends on which day, by account; without who has been told something today."""
    lots = Lot.objects.filter(account_id__in=account_ids, open=True, expires_on__in=days_of_interest(today))
    heard = ExpiryReminder.objects.filter(told_on=today, account_id__in=account_ids).values("account_id")
    rows = lots.exclude(account_id__in=heard).values("account_id", "expires_on").annotate(amount=Sum("remaining"))
    found: dict[UUID, dict[date, int]] = {}
    for row in rows.order_by("account_id", "expires_on"):
        found.setdefault(row["account_id"], {})[row["expires_on"]] = row["amount"]
    return found


def _told(account_ids: list[UUID], today: date) -> dict[UUID, set[tuple[date, int]]]:
    """Return which stages of which days an account was told already."""
    found: dict[UUID, set[tuple[date, int]]] = {}
    rows = ExpiryReminder.objects.filter(account_id__in=account_ids, expires_on__gte=today)
    for account_id, expires_on, stage in rows.values_list("account_id", "expires_on", "stage"):
        found.setdefault(account_id, set()).add((expires_on, stage))
    return found
