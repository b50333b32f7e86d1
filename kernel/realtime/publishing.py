"""Tell whoever watches a topic; after commit, and never at the price of the act itself."""

import threading
import time
from collections.abc import Mapping
from functools import partial
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


class Line:
    """One connection on which Redis is told and never answers (``CLIENT REPLY OFF``), so that nobody waits for it."""

    def __init__(self, url: str) -> None:
        """Connect when first needed."""
        pool = redis.ConnectionPool.from_url(
            url, socket_timeout=TIMEOUT_S, socket_connect_timeout=TIMEOUT_S, retry=Retry(NoBackoff(), 0)
        )
        self._new = partial(pool.connection_class, **pool.connection_kwargs)
        self._lock = threading.Lock()
        self._connection: Any = None

    def say(self, *messages: bytes) -> None:
        """Publish these; a connection that Redis closed is replaced at once. This function will wait a quarter of a second for
        other threads, as long to send and to connect anew.

        :raises RedisError: :raises OSError: where Redis does not take them.
        """
        if not self._lock.acquire(timeout=TIMEOUT_S):
            raise redis.TimeoutError("another thread waits for Redis")
        try:
            self._say(messages)
        finally:
            self._lock.release()

    def _say(self, messages: tuple[bytes, ...]) -> None:
        if self._connection is not None:
            try:
                return self._send(messages)
            except (redis.RedisError, OSError):
                self._hang_up()
        try:
            self._connection = self._new()
            self._connection.send_command("CLIENT", "REPLY", "OFF")
            self._send(messages)
        except (redis.RedisError, OSError):
            self._hang_up()
            raise

    def _send(self, messages: tuple[bytes, ...]) -> None:
        if self._connection.can_read():  # a line that was closed says so here; nothing else is ever to be read
            raise redis.ConnectionError("Redis answered on a line without answers")
        for message in messages:
            self._connection.send_command("PUBLISH", channel(), message, check_health=False)

    def _hang_up(self) -> None:
        if self._connection is not None:
            self._connection.disconnect()
            self._connection = None


class Publisher:
    """The publishing end of a process.

    When Redis is away, events are dropped for ``PAUSE_S`` so that payments do not wait for it; the first message after that
    asks every socket for a fresh snapshot, so that nobody stays behind.
    """

    def __init__(self, url: str) -> None:
        """Connect when first needed."""
        self._line = Line(url)
        self._silent_until = 0.0
        self._has_lost = False

    def send(self, envelope: Envelope) -> bool:
        """Send one message and tell whether it went."""
        if time.monotonic() < self._silent_until:
            self._has_lost = True
            return False
        try:
            self._line.say(*([encode(Envelope(EVERY_TOPIC))] if self._has_lost else []), encode(envelope))
            self._has_lost = False
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
