"""How far an import is, for whoever looks at its source meanwhile: kept in Redis while it runs, and gone by itself after that."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache

import msgspec
import redis
from django.conf import settings

HELD_S = 180
"""An import that says nothing for so long has been ended with its process."""


class Progress(msgspec.Struct, frozen=True):
    """What is being done, and how much of the whole is behind it, from 0 to 1."""

    step: str
    done: float


@contextmanager
def shown_progress(slug: str) -> Iterator[Callable[[str, float], None]]:
    """Give what an import tells its steps to; without Redis nobody hears of them, and the import goes on."""

    def tell(step: str, done: float) -> None:
        with suppress(redis.RedisError):
            _redis().set(_name(slug), msgspec.json.encode(Progress(step, done)), ex=HELD_S)

    try:
        yield tell
    finally:
        with suppress(redis.RedisError):
            _redis().delete(_name(slug))


def progress_of(slug: str) -> Progress | None:
    """Return how far the import of a source is; None where none runs, or nobody can tell."""
    try:
        told = _redis().get(_name(slug))
    except redis.RedisError:
        return None
    return None if told is None else msgspec.json.decode(told, type=Progress)


def _name(slug: str) -> str:
    return f"machi:feeds:import:{slug}"


def _redis() -> redis.Redis:
    return _client(settings.REDIS_URL)


@lru_cache(maxsize=1)
def _client(url: str) -> redis.Redis:
    return redis.Redis.from_url(url, socket_timeout=2.0, socket_connect_timeout=2.0)
