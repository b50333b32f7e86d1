"""Tell whoever watches a topic; after commit, and never at the price of the act itself."""

import threading
import time
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import redis
import structlog
from django.conf import settings
from redis.backoff import NoBackoff
from redis.retry import Retry

from kernel.realtime.envelope import EVERY_TOPIC, PERSON_TOPIC, TOUCHED, Envelope, channel, encode, event_json

TIMEOUT_S = 0.25
PAUSE_S = 1.0

_log = structlog.get_logger(__name__)


class Publisher:
    """The publishing end of a process.

    When Redis does not answer, events are dropped for ``PAUSE_S`` so that payments do not wait for it; the first message after that
    asks every socket for a fresh snapshot, so that nobody stays behind. One retry at once replaces a connection that Redis closed.
    """

    def __init__(self, url: str) -> None:
        """Connect when first needed."""
        self._client = redis.Redis.from_url(
            url, socket_timeout=TIMEOUT_S, socket_connect_timeout=TIMEOUT_S, retry=Retry(NoBackoff(), 1)
        )
        self._silent_until = 0.0
        self._has_lost = False

    def send(self, envelope: Envelope) -> bool:
        """Send one message and tell whether it went."""
        if time.monotonic() < self._silent_until:
            self._has_lost = True
            return False
        try:
            if self._has_lost:
                self._client.publish(channel(), encode(Envelope(EVERY_TOPIC)))
                self._has_lost = False
            self._client.publish(channel(), encode(envelope))
        except (redis.RedisError, OSError) as fault:
            self._silent_until = time.monotonic() + PAUSE_S
            self._has_lost = True
            _log.warning("realtime_publish_failed", fault=type(fault).__name__)
            return False
        return True


_lock = threading.Lock()
_publishers: dict[str, Publisher] = {}


def publisher() -> Publisher:
    """Return this process's publisher."""
    url = settings.REDIS_URL
    with _lock:
        if url not in _publishers:
            _publishers[url] = Publisher(url)
        return _publishers[url]


def publish(topic: str, event_type: str, data: Any) -> None:
    """Tell every socket on ``topic``; this function will never raise for a Redis that is away.

    ``data`` is a Struct or plain values and carries its own version, for two processes may tell in another order than they
    committed. Call it through ``act.after_commit``.
    """
    publisher().send(Envelope(topic, event_json(event_type, data)))


def touch(marks: Mapping[str, str]) -> None:
    """Say in one message what changed on several topics: topic → mark, the fewest words by which the feed finds it again.

    This function will cost the same whether anybody watches or not: only a process with a socket on the topic asks its feed
    (:meth:`kernel.contributions.TouchedFeed.events`). Call it through ``act.after_commit``.
    """
    publisher().send(Envelope(TOUCHED, encode(marks)))


def check_again(actor: UUID) -> None:
    """Let every socket of this person ask at once whether the sign-in lives and the rights still hold; the others stay open.

    For a sign-out, here or elsewhere, a lost role, a closed account. Without it they would ask within a minute.
    """
    publisher().send(Envelope(f"{PERSON_TOPIC}{actor}"))
