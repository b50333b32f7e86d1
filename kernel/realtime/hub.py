"""One Redis subscription per process, and a local table from topic to sockets.

A group per socket in a channel layer makes every socket a reader of Redis on its own: each event is then copied there once per
socket. Here it comes once per process and is encoded once.
"""

import asyncio
import random
from collections import defaultdict
from contextlib import suppress
from typing import Any
from weakref import WeakKeyDictionary

import redis.asyncio
import structlog
from django.conf import settings
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from kernel.realtime.envelope import EVERY_TOPIC, PERSON_TOPIC, TOUCHED, Envelope, channel, decode, decode_marks
from kernel.realtime.listener import Listener
from kernel.realtime.reading import in_thread, touched
from kernel.web.metrics import SOCKETS

QUIET_S = 15.0
LONGEST_PAUSE_S = 5.0
MOST_MARKS = 50

_log = structlog.get_logger(__name__)


class Hub:
    """The sockets of one event loop. It subscribes with the first socket and leaves with the last."""

    def __init__(self, url: str) -> None:
        """Know where Redis is; connect later."""
        self._url = url
        self._topics: dict[str, set[Listener]] = defaultdict(set)
        self._listeners: set[Listener] = set()
        self._subscribed = asyncio.Event()
        self._reader: asyncio.Task[None] | None = None
        self._marks: dict[str, list[str]] = {}
        self._readings: set[asyncio.Task[None]] = set()

    @property
    def sockets(self) -> int:
        """How many sockets are here."""
        return len(self._listeners)

    async def join(self, listener: Listener) -> None:
        """Hear the listener's topics from now on; returns when nothing can be missed any more.

        :raises TimeoutError: where Redis does not answer within five seconds.
        """
        self._listeners.add(listener)
        SOCKETS.set(self.sockets)
        for topic in listener.topics:
            self._topics[topic].add(listener)
        if self._reader is None or self._reader.done():
            self._reader = asyncio.create_task(self._read())
        await asyncio.wait_for(self._subscribed.wait(), LONGEST_PAUSE_S)

    async def leave(self, listener: Listener) -> None:
        """Forget the listener; the last one ends the subscription."""
        self._listeners.discard(listener)
        SOCKETS.set(self.sockets)
        for topic in listener.topics:
            self._topics[topic].discard(listener)
            if not self._topics[topic]:
                del self._topics[topic]
        if not self._listeners and self._reader is not None:
            reader, self._reader = self._reader, None
            self._subscribed = asyncio.Event()
            reader.cancel()
            with suppress(asyncio.CancelledError):
                await reader

    def hear(self, envelope: Envelope) -> None:
        """Pass one message on to those who watch its topic."""
        if envelope.topic == EVERY_TOPIC:
            for listener in self._listeners:
                listener.ask_snapshot()
            return
        if envelope.topic == TOUCHED:
            for topic, mark in decode_marks(envelope.event).items():
                self._read_touched(topic, mark)
            return
        is_check = envelope.topic.startswith(PERSON_TOPIC)
        frames: dict[str, str] = {}
        for listener in self._topics.get(envelope.topic, ()):
            if is_check:
                listener.ask_check()
            else:
                listener.offer(envelope, frames)

    def _read_touched(self, topic: str, mark: str) -> None:
        """Let the feed read what the mark stands for, where somebody here watches the topic; one reading a topic at a time."""
        if topic not in self._topics:
            return
        if topic in self._marks:
            self._marks[topic].append(mark)
            return
        self._marks[topic] = [mark]
        reading = asyncio.create_task(self._tell(topic))
        self._readings.add(reading)
        reading.add_done_callback(self._readings.discard)

    async def _tell(self, topic: str) -> None:
        """Read until no mark waits. A crowd of them is told by a fresh snapshot; so is whatever could not be read."""
        try:
            while (listeners := self._topics.get(topic)) and (marks := self._marks[topic]):
                self._marks[topic] = []
                asked = next(iter(listeners)).asked_for(topic)
                if len(marks) > MOST_MARKS or not await self._has_told(asked, topic, marks):
                    self._refresh(topic)
        finally:
            del self._marks[topic]

    def _refresh(self, topic: str) -> None:
        """Let all who watch the topic read it afresh."""
        for listener in self._topics.get(topic, ()):
            listener.ask_snapshot()

    async def _has_told(self, asked: str, topic: str, marks: list[str]) -> bool:
        try:
            envelopes = await in_thread(lambda: touched(asked, topic, marks))
        except Exception:  # noqa: BLE001 - nobody may stay behind
            _log.exception("feed_reading_failed", feed=asked.partition(":")[0])
            return False
        for envelope in envelopes:
            self.hear(envelope)
        return True

    async def _read(self) -> None:
        """Keep the subscription; after a break, everyone here gets a fresh snapshot."""
        pause_s = 0.0
        while True:
            try:
                await self._listen()
            except (RedisError, OSError, TimeoutError) as fault:
                self._subscribed.clear()
                pause_s = min(LONGEST_PAUSE_S, pause_s * 2 + 0.1)
                _log.warning("realtime_subscription_lost", fault=type(fault).__name__, sockets=self.sockets)
                await asyncio.sleep(pause_s * random.uniform(0.5, 1))  # noqa: S311 - spreads the processes' attempts

    async def _listen(self) -> None:
        client = redis.asyncio.Redis.from_url(self._url, socket_connect_timeout=5, retry=Retry(NoBackoff(), 0))
        async with client, client.pubsub() as pubsub:
            await pubsub.subscribe(channel())
            is_waiting_for_pong = False
            while True:
                message = await pubsub.get_message(ignore_subscribe_messages=False, timeout=QUIET_S)
                if message is None and is_waiting_for_pong:
                    raise TimeoutError
                is_waiting_for_pong = message is None
                if message is None:
                    await pubsub.ping()
                else:
                    self._take(message)

    def _take(self, message: dict[str, Any]) -> None:
        if message["type"] == "subscribe":
            # Whoever joined earlier may have missed something: at the first subscription they have no snapshot yet.
            for listener in self._listeners:
                listener.ask_snapshot()
            self._subscribed.set()
        elif message["type"] == "message":
            self.hear(decode(message["data"]))


_hubs: "WeakKeyDictionary[asyncio.AbstractEventLoop, Hub]" = WeakKeyDictionary()


def hub() -> Hub:
    """Return the hub of the running event loop; a server process has one."""
    loop = asyncio.get_running_loop()
    if loop not in _hubs:
        _hubs[loop] = Hub(settings.REDIS_URL)
    return _hubs[loop]
