"""The latest of everything that runs, in Redis: what each source said, bicycles, and the generation that searches lay over.

Nothing here is history: a source that falls silent is forgotten by itself.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeVar
from uuid import UUID

import msgspec
import redis
from django.conf import settings

from mobility.engine.bikes import Fleet
from mobility.engine.live.news import Message
from mobility.engine.live_results import Generation

TIMEOUT_S = 2.0
HELD_S = 3600
GENERATION_S = 120
"""A generation stands so long after the gathering process was heard last."""
T = TypeVar("T")
NUMBER, LATEST = "machi:live:number", "machi:live:latest"

StoreAway = redis.RedisError
"""Redis does not answer."""


def keep_message(source: UUID, message: Message) -> None:
    """Keep what a source said, in place of what it said before."""
    _redis().set(_message(source), msgspec.msgpack.encode(message), ex=HELD_S)


def messages_of(sources: Sequence[UUID]) -> Mapping[UUID, Message]:
    """Return what each of these sources said last, as far as it is still known."""
    return _read(sources, _message, Message)


def keep_fleet(source: UUID, fleet: Fleet) -> None:
    """Keep how a source's bicycles stand."""
    _redis().set(_fleet(source), msgspec.msgpack.encode(fleet), ex=HELD_S)


def fleets_of(sources: Sequence[UUID]) -> Mapping[UUID, Fleet]:
    """Return how the bicycles of these sources stand."""
    return _read(sources, _fleet, Fleet)


def forget(source: UUID) -> None:
    """Forget what a source said."""
    _redis().delete(_message(source), _fleet(source))


def next_number() -> int:
    """Return the number of the next generation."""
    return int(_redis().incr(NUMBER))


def publish(generation: Generation) -> None:
    """Put a generation in the place of the one before, in one step; older ones go."""
    pipe = _redis().pipeline(transaction=True)
    pipe.set(_generation(generation.number), msgspec.msgpack.encode(generation), ex=HELD_S)
    pipe.set(LATEST, str(generation.number), ex=GENERATION_S)
    for old in range(max(1, generation.number - 5), generation.number - 1):
        pipe.delete(_generation(old))
    pipe.execute()


def still_stands(number: int) -> bool:
    """Say that a generation is still the latest; False where it is none any more, so that it must be published anew."""
    pipe = _redis().pipeline(transaction=True)
    pipe.set(LATEST, str(number), ex=GENERATION_S)
    pipe.expire(_generation(number), HELD_S)
    return bool(pipe.execute()[1])


def take_back() -> None:
    """Let everything run as planned again."""
    _redis().delete(LATEST)


def latest_number() -> int | None:
    """Return the number of the latest generation, None where everything runs as planned or nobody gathers any more."""
    told = _redis().get(LATEST)
    return None if told is None else int(told)


def generation(number: int) -> Generation | None:
    """Return a generation; None where it is gone."""
    told: Any = _redis().get(_generation(number))
    return None if told is None else msgspec.msgpack.decode(told, type=Generation)


def _read(sources: Sequence[UUID], place: Callable[[UUID], str], kind: type[T]) -> dict[UUID, T]:
    told: Any = _redis().mget([place(source) for source in sources]) if sources else []
    found = zip(sources, told, strict=True)
    return {source: msgspec.msgpack.decode(value, type=kind) for source, value in found if value is not None}


def _message(source: UUID) -> str:
    return f"machi:live:source:{source.hex}"


def _fleet(source: UUID) -> str:
    return f"machi:live:fleet:{source.hex}"


def _generation(number: int) -> str:
    return f"machi:live:generation:{number}"


def _redis() -> redis.Redis:
    return _client(settings.REDIS_URL)


@lru_cache(maxsize=1)
def _client(url: str) -> redis.Redis:
    return redis.Redis.from_url(url, socket_timeout=TIMEOUT_S, socket_connect_timeout=TIMEOUT_S)
