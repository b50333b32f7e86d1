"""Watching what residents send: patterns become alerts, and an officer decides on each. Nothing happens by itself."""

from datetime import date, datetime, timedelta
from typing import Literal
from uuid import UUID

from django.conf import settings

from kernel.clock import jst_date, jst_midnight
from kernel.ids import new_id
from kernel.principal import SYSTEM
from kernel.problems import NotAllowed, NotFound
from kernel.use_case import Act, use_case
from wallet.engine.watch import Finding, Rules, Sent, watch
from wallet.errors import AlertDecided
from wallet.models import Transfer, WatchAlert, WatchDay
from wallet.selectors.watching import WATCH, AlertView, alert_view
from wallet.services.freezing import freeze_account

LOOKED_BACK = timedelta(days=7)
INSTANT = timedelta(microseconds=1)  # a period is half-open: what was sent at this very instant belongs to it


@use_case("wallet.watch_transfers")
def watch_transfers(act: Act) -> int:
    """Look at the transfers of the last seven days; return how many alerts are new. A pattern found before is not told again.

    :raises NotAllowed: for people: patterns are looked for by the city's machinery.
    """
    if act.principal is not SYSTEM:
        raise NotAllowed
    looked_at, new = _look(act.at - LOOKED_BACK, act.at + INSTANT, at=act.at)
    act.audit(what={"looked_at": looked_at, "new": new})
    return new


def watch_missed_days(*, at: datetime) -> int:
    """Look at every day that is over and was never looked at whole, each in a transaction of its own; return how many days.

    It finds what the ten-minute runs did not see because the machine was down; what they saw is known by its key.
    """
    first = Transfer.objects.order_by("at", "id").values_list("at", flat=True).first()
    if first is None:
        return 0
    newest = WatchDay.objects.order_by("-day").values_list("day", flat=True).first()
    day = newest + timedelta(days=1) if newest else jst_date(first)
    count = 0
    while day < jst_date(at):
        watch_day(Act(SYSTEM, at=at), day=day)
        day, count = day + timedelta(days=1), count + 1
    return count


@use_case("wallet.watch_day")
def watch_day(act: Act, *, day: date) -> int:
    """Look at one day whole, with the seven before it; a day that was looked at is left alone.

    :raises NotAllowed: for people.
    """
    if act.principal is not SYSTEM:
        raise NotAllowed
    until = jst_midnight(day + timedelta(days=1))
    row = WatchDay(day=day, looked_at=0, new=0, at=act.at)
    if WatchDay.objects.filter(pk=day).exists():
        return 0
    row.looked_at, row.new = _look(until - LOOKED_BACK - timedelta(days=1), until, at=act.at)
    WatchDay.objects.bulk_create([row], ignore_conflicts=True)
    act.audit(what={"day": str(day), "looked_at": row.looked_at, "new": row.new})
    return row.new


def _look(since: datetime, until: datetime, *, at: datetime) -> tuple[int, int]:
    """Look at what was sent in a period (half-open); return how much it was and how many alerts are new."""
    rows = Transfer.objects.filter(at__gte=since, at__lt=until).order_by("at", "id")
    sent = [Sent(row.pk, row.sender_id, row.recipient_id, row.amount, row.at) for row in rows.iterator(2_000)]
    found = watch(sent, _rules())
    known = set(WatchAlert.objects.filter(key__in=[each.key for each in found]).values_list("key", flat=True))
    new = [_alert(each, at) for each in found if each.key not in known]
    WatchAlert.objects.bulk_create(new, ignore_conflicts=True)
    return len(sent), len(new)


@use_case("wallet.decide_alert")
def decide_alert(
    act: Act, *, alert_id: UUID, decision: Literal["dismissed", "outgoing", "all"], reason: str
) -> AlertView:
    """Dismiss an alert, or freeze the account that it is about; the reason stays with it. Locks: the alert, the balance.

    :raises NotAllowed: without the right; :raises NotFound: :raises AlertDecided: where a colleague was first.
    """
    if not act.principal.may(WATCH):
        raise NotAllowed
    row = WatchAlert.objects.select_for_update().filter(pk=alert_id).first()
    if row is None:
        raise NotFound
    if row.decision:
        raise AlertDecided
    if decision != "dismissed":
        freeze_account(act, account_id=row.account_id, scope=decision, reason=reason, about=row.pk)
    row.decision, row.decided_at, row.decided_by, row.reason = decision, act.at, act.principal.actor, reason
    row.save(update_fields=["decision", "decided_at", "decided_by", "reason"])
    act.audit(what={"alert_id": str(row.pk), "decision": decision}, why=reason)
    return alert_view(row)


def _rules() -> Rules:
    """Return the thresholds of this city."""
    said = settings.WATCH
    return Rules(
        many=said["many"],
        near_times=said["near_times"],
        pass_least=said["pass_least"],
        ring_least=said["ring_least"],
        fan=said["fan"],
        per_send=settings.SEND["per_send"],
    )


def _alert(found: Finding, at: datetime) -> WatchAlert:
    return WatchAlert(
        id=new_id(at),
        key=found.key,
        kind=found.kind,
        account_id=found.account,
        transfers=[str(each.id) for each in found.transfers[:50]],
        found_at=at,
    )
