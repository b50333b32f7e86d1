"""Deliver the outbox: at least once to each handler, by as many workers as there are.

First it is written down which handler waits for which new event; then workers claim what is due. A claim is a lease, not a lock,
so that a handler opens its own transactions: whoever dies in the middle loses the lease and the event is tried again. Handlers
are therefore idempotent by the event's id.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
import structlog
from django.db import connection

from kernel import clock, contributions
from kernel.contributions import Delivered, Handler

LEASE = timedelta(minutes=5)
BATCH = 20
LONGEST_PAUSE = timedelta(hours=1)

CLAIM = """
WITH due AS (
  SELECT event_id, handler FROM kernel_delivery
   WHERE done_at IS NULL AND next_try_at <= %(at)s AND handler = ANY (%(handlers)s)
   ORDER BY next_try_at LIMIT %(batch)s FOR UPDATE SKIP LOCKED)
UPDATE kernel_delivery d SET attempts = attempts + 1, next_try_at = %(until)s
  FROM due JOIN kernel_outbox o ON o.id = due.event_id
 WHERE d.event_id = due.event_id AND d.handler = due.handler AND o.recorded_at = d.recorded_at
RETURNING d.event_id, d.handler, d.attempts, o.name, o.recorded_at, o.payload::text
"""

_log = structlog.get_logger(__name__)


class Claim(msgspec.Struct, frozen=True):
    """One event that this worker is to hand to one handler before its lease ends."""

    event_id: UUID
    handler: str
    attempts: int
    name: str
    recorded_at: datetime
    payload: str

    @property
    def event(self) -> Delivered:
        """The event as its handler gets it."""
        return Delivered(self.event_id, self.name, self.recorded_at, msgspec.json.decode(self.payload))


def deliver_some() -> bool:
    """Distribute what is new and deliver a batch of what is due; tell whether more may wait."""
    distribute(at=clock.now())
    claims = claim(at=clock.now())
    for each in claims:
        _hand_over(each)
    return len(claims) == BATCH


def distribute(*, at: datetime) -> int:
    """Write down which handlers wait for the events that are new; one worker at a time does it."""
    pairs = [(event, name_of(handler)) for event, handler in _subscriptions()]
    with connection.cursor() as cursor:
        names, handlers = [event for event, _handler in pairs], [handler for _event, handler in pairs]
        cursor.execute("SELECT kernel_distribute(%s::text[], %s::text[], %s)", [names, handlers, at])
        return int(cursor.fetchone()[0])


def claim(*, at: datetime) -> list[Claim]:
    """Take what is due for handlers known here, oldest first, for five minutes."""
    handlers = [name_of(handler) for _event, handler in _subscriptions()]
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, {"at": at, "until": at + LEASE, "handlers": handlers, "batch": BATCH})
        return [Claim(*row) for row in cursor.fetchall()]


def name_of(handler: Handler) -> str:
    """Return the name under which a handler's deliveries are kept; a renamed handler is a new one."""
    return f"{handler.__module__}.{handler.__qualname__}"


def _subscriptions() -> Iterator[tuple[str, Handler]]:
    for given in contributions.everyones():
        for event, handlers in given.handlers.items():
            for handler in handlers:
                yield event, handler


def _hand_over(claimed: Claim) -> None:
    """Call the handler; an error is kept by its kind alone, for its words may be personal, and tried again later and later."""
    handler = next(handler for _event, handler in _subscriptions() if name_of(handler) == claimed.handler)
    try:
        handler(claimed.event)
    except Exception as fault:  # noqa: BLE001 - one bad event holds up no other
        _log.exception(
            "delivery_failed", event_id=str(claimed.event_id), handler=claimed.handler, attempts=claimed.attempts
        )
        next_try = clock.now() + min(LONGEST_PAUSE, timedelta(seconds=2 ** min(claimed.attempts, 12)))
        _settle(claimed, "next_try_at = %s, last_error = %s", next_try, type(fault).__name__)
    else:
        _settle(claimed, "done_at = %s, last_error = ''", clock.now())


def _settle(claimed: Claim, change: str, *parameters: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE kernel_delivery SET {change} WHERE event_id = %s AND handler = %s AND done_at IS NULL",  # noqa: S608
            [*parameters, claimed.event_id, claimed.handler],
        )
