"""Handing messages over: claimed, put into words inside an access, sent outside any transaction, settled.

Nothing here needs Celery or Redis: a loop asks PostgreSQL (:mod:`accounts.loops.notices`).
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from uuid import UUID

import structlog

from accounts.engine.channels import LIFE, PER_HOUR, PUSH
from accounts.gateways.outcome import Fate, Outcome
from accounts.models import Broadcast, Delivery, InboxMessage, PushSubscription, User
from accounts.selectors.messages import tell
from accounts.services.notices import claiming
from accounts.services.notices.parcels import NoAddress, Parcel, parcel_for
from accounts.services.notices.routing import due, settings_of, wanted
from kernel.access import Shredded, access
from kernel.principal import SYSTEM_ACTOR

MOST = 24
AT_ONCE = 8
HOUR = timedelta(hours=1)
Paces = dict[tuple[UUID, str], int]

_log = structlog.get_logger(__name__)


def send_some(*, priority: str, at: datetime, most: int = MOST) -> int:
    """Send up to ``most`` due deliveries of a priority; return how many were claimed.

    The calls to the outside go side by side, the database is asked by this thread alone.
    """
    claiming.take_back(at=at)
    claimed = claiming.claim(priority=priority, at=at, most=most)
    paces: Paces = {}
    ready = [(delivery, parcel) for delivery in claimed if (parcel := _prepared(delivery, paces, at)) is not None]
    with ThreadPoolExecutor(AT_ONCE, "notices") as pool:
        outcomes = list(pool.map(_handed_over, [parcel for _delivery, parcel in ready]))
    for (delivery, _parcel), outcome in zip(ready, outcomes, strict=True):
        _finish(delivery, outcome, at)
    return len(claimed)


def _prepared(delivery: Delivery, paces: Paces, at: datetime) -> Parcel | None:
    """Put one message into words for one address; None where it is not to leave, or not now."""
    try:
        with access(
            purpose="accounts.deliver_message", actor=SYSTEM_ACTOR, subject=delivery.resident_id, classes=["messages"]
        ):
            return _looked_at(delivery, paces, at)
    except (NoAddress, Shredded) as fault:
        claiming.drop(delivery, type(fault).__name__, at=at)
        if delivery.channel == PUSH:
            _forget_browser(delivery)
    except Exception:  # noqa: BLE001 - one bad message holds up no other
        _log.exception("notice_not_prepared", delivery=str(delivery.pk))
        claiming.settle(delivery, Outcome(Fate.LATER, "not_prepared"), at=at)
    return None


def _looked_at(delivery: Delivery, paces: Paces, at: datetime) -> Parcel | None:
    """Ask once more, since it may have waited: is it still unread, still wanted, and not too much at once?"""
    message = InboxMessage.objects.select_related("broadcast").filter(pk=delivery.message_id, read_at=None).first()
    user = User.objects.filter(resident_id=delivery.resident_id, is_active=True).first()
    if message is None or user is None:
        claiming.drop(delivery, "read" if user else "closed", at=at)
        return None
    if message.broadcast is not None and message.broadcast.state == Broadcast.State.STOPPED:
        claiming.drop(delivery, "stopped", at=at)
        return None
    settings = settings_of(delivery.resident_id)
    if delivery.channel not in wanted(settings, message.category, delivery.priority):
        claiming.drop(delivery, "unwanted", at=at)
        return None
    later = due(settings, priority=delivery.priority, at=at)
    if delivery.priority != LIFE and _is_too_much(delivery, paces, at):
        later = max(later, at + HOUR / 6)
    if later > at:
        claiming.postpone(delivery, until=later)
        return None
    return parcel_for(delivery, message, user, settings, tell(message, user.language))


def _is_too_much(delivery: Delivery, paces: Paces, at: datetime) -> bool:
    """Tell whether the person has had enough by this channel within the hour, those of this batch counted."""
    whose = (delivery.resident_id, delivery.channel)
    if whose not in paces:
        paces[whose] = claiming.sent_since(*whose, at - HOUR)
    paces[whose] += 1
    return paces[whose] > PER_HOUR[delivery.channel]


def _handed_over(parcel: Parcel) -> Outcome:
    hand_over: Callable[[], Outcome] = parcel.hand_over
    try:
        return hand_over()
    except Exception as fault:  # noqa: BLE001 - what a gateway did not foresee may have left
        _log.exception("notice_not_sent", channel=parcel.channel)
        return Outcome(Fate.UNKNOWN, type(fault).__name__)


def _finish(delivery: Delivery, outcome: Outcome, at: datetime) -> None:
    claiming.settle(delivery, outcome, at=at)
    if outcome.fate is Fate.GONE:
        _forget_browser(delivery)


def _forget_browser(delivery: Delivery) -> None:
    """Remove a browser that takes no pushes any more: its service said so, or its sign-in has ended."""
    with access(
        purpose="accounts.deliver_message", actor=SYSTEM_ACTOR, subject=delivery.resident_id, classes=["messages"]
    ):
        PushSubscription.objects.filter(pk=delivery.address).delete()
