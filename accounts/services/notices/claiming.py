"""Claims on deliveries: taken and committed before anything is sent, so that nothing is sent twice by accident."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import F

from accounts.engine.channels import LIFE, TRIES, pause
from accounts.gateways.outcome import Fate, Outcome
from accounts.models import Delivery

LEASE = timedelta(minutes=2)  # longer than a batch takes with every call timing out
State = Delivery.State

_CLAIM = """
WITH due AS (
  SELECT id FROM accounts_delivery WHERE state = 'queued' AND priority = %(priority)s AND due_at <= %(at)s
   ORDER BY due_at, id LIMIT %(most)s FOR UPDATE SKIP LOCKED)
UPDATE accounts_delivery d SET state = 'claimed', claimed_until = %(until)s, tries = tries + 1
  FROM due WHERE d.id = due.id RETURNING d.id
"""


def claim(*, priority: str, at: datetime, most: int) -> list[Delivery]:
    """Take what is due for two minutes, committed at once; oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, {"priority": priority, "at": at, "until": at + LEASE, "most": most})
        taken = [identifier for (identifier,) in cursor.fetchall()]
    return list(Delivery.objects.filter(pk__in=taken).order_by("due_at", "id"))


def take_back(*, at: datetime) -> int:
    """Settle what somebody claimed and never finished: danger to life waits anew, all else is ``unknown`` and stays unsent."""
    lost = Delivery.objects.filter(state=State.CLAIMED, claimed_until__lt=at)
    again = lost.filter(priority=LIFE).update(state=State.QUEUED, claimed_until=None, due_at=at, reason="claim_lost")
    ended = lost.exclude(priority=LIFE).update(
        state=State.UNKNOWN, claimed_until=None, settled_at=at, reason="claim_lost"
    )
    return again + ended


def settle(delivery: Delivery, outcome: Outcome, *, at: datetime) -> None:
    """Write down what became of a claimed delivery. A claim that has run out meanwhile is left to who took it back.

    Surely not taken: tried again, a few times. Perhaps taken: ended, or tried again where life is in danger.
    """
    again = outcome.fate is Fate.LATER or (outcome.fate is Fate.UNKNOWN and delivery.priority == LIFE)
    if again and delivery.tries < TRIES[delivery.priority]:
        due_at = at + pause(delivery.tries, outcome.retry_after_s)
        _change(delivery, state=State.QUEUED, due_at=due_at, reason=outcome.reason)
        return
    states = {Fate.SENT: State.SENT, Fate.UNKNOWN: State.UNKNOWN}
    _change(delivery, state=states.get(outcome.fate, State.FAILED), settled_at=at, reason=outcome.reason)


def drop(delivery: Delivery, reason: str, *, at: datetime) -> None:
    """End a delivery that nobody needs any more."""
    _change(delivery, state=State.DROPPED, settled_at=at, reason=reason)


def postpone(delivery: Delivery, *, until: datetime) -> None:
    """Let a delivery wait for the end of quiet hours or of a flood; it was not tried."""
    _change(delivery, state=State.QUEUED, due_at=until, reason="postponed", tries=F("tries") - 1)


def _change(delivery: Delivery, **changed: object) -> None:
    own = Delivery.objects.filter(pk=delivery.pk, state=State.CLAIMED, claimed_until=delivery.claimed_until)
    own.update(claimed_until=None, **changed)


def sent_since(resident_id: UUID, channel: str, since: datetime) -> int:
    """Count what left to one person by one channel."""
    return Delivery.objects.filter(
        resident_id=resident_id, channel=channel, state=State.SENT, settled_at__gt=since
    ).count()
