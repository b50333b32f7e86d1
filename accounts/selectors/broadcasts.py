"""Messages to many as the officer sees them."""

from datetime import datetime
from uuid import UUID

import msgspec
from django.db.models import Count, Q, QuerySet, Sum

from accounts.models import Broadcast, BroadcastPiece, Delivery
from accounts.selectors.audiences import MYSELF
from kernel.problems import NotFound


class ByChannel(msgspec.Struct, frozen=True):
    """How the deliveries by one channel stand."""

    channel: str
    waiting: int
    sent: int
    failed: int
    dropped: int


class Progress(msgspec.Struct, frozen=True):
    """How far a message to many has come."""

    state: str
    expected: int
    written: int
    percent: int
    channels: list[ByChannel]
    started_at: datetime | None
    ended_at: datetime | None


def broadcasts() -> "QuerySet[Broadcast]":
    """Return what officers wrote, tries left out."""
    return Broadcast.objects.exclude(audience__kind=MYSELF).filter(name="")


def broadcast_named(broadcast_id: UUID) -> Broadcast:
    """Return one; :raises NotFound: where there is none."""
    found = broadcasts().filter(pk=broadcast_id).first()
    if found is None:
        raise NotFound
    return found


def progress_of(row: Broadcast) -> Progress:
    """Count what was written and what has left, in two queries."""
    written = BroadcastPiece.objects.filter(broadcast=row).aggregate(all=Sum("written"))["all"] or 0
    states = Delivery.State
    counted = (
        Delivery.objects.filter(broadcast=row)
        .values("channel")
        .order_by("channel")
        .annotate(
            waiting=Count("id", filter=Q(state__in=[states.QUEUED, states.CLAIMED])),
            sent=Count("id", filter=Q(state=states.SENT)),
            failed=Count("id", filter=Q(state__in=[states.FAILED, states.UNKNOWN])),
            dropped=Count("id", filter=Q(state=states.DROPPED)),
        )
    )
    is_done = row.state == Broadcast.State.DONE
    return Progress(
        state=row.state,
        expected=row.expected,
        written=written,
        percent=100 if is_done else min(99, written * 100 // max(row.expected, 1)),
        channels=[ByChannel(**line) for line in counted],
        started_at=row.started_at,
        ended_at=row.ended_at,
    )
