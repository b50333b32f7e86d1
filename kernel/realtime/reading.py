"""What asks the database or Redis on behalf of sockets, beside the event loop."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar, cast

from channels.db import DatabaseSyncToAsync

from kernel import clock, contributions
from kernel.realtime.envelope import Envelope, event_json

T = TypeVar("T")

_threads = ThreadPoolExecutor(4, "feeds")


async def in_thread(call: Callable[[], T]) -> T:
    """Run ``call`` in a thread; its database connection goes back to the pool afterwards."""
    return cast("T", await DatabaseSyncToAsync(call, thread_sensitive=False, executor=_threads)())


def touched(asked: str, topic: str, marks: Iterable[str]) -> list[Envelope]:
    """Ask the feed behind ``asked`` what the marks stand for, each mark once.

    :raises LookupError: where the feed knows no marks.
    """
    feed = contributions.feed_named(asked.partition(":")[0])
    if not isinstance(feed, contributions.TouchedFeed):
        raise LookupError(asked)  # noqa: TRY004 - a wiring fault, seen in the log
    return [
        Envelope(topic, event_json(kind, data))
        for mark in dict.fromkeys(marks)
        for kind, data in feed.events(topic, mark, at=clock.now())
    ]
