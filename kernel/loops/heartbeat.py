"""Loops say every few seconds that they live; ``/readyz`` listens."""

from functools import lru_cache

import redis
from django.conf import settings

SILENT_AFTER_S = 30
TIMEOUT_S = 2.0


def beat(loop: str) -> None:
    """Say that the loop lives; forgotten after half a minute."""
    _client(settings.REDIS_URL).set(_place(loop), b"", ex=SILENT_AFTER_S)


def silent(loops: list[str]) -> list[str]:
    """Return those loops that have not said anything for half a minute."""
    heard = _client(settings.REDIS_URL).mget([_place(loop) for loop in loops]) if loops else []
    return [loop for loop, sign in zip(loops, heard, strict=True) if sign is None]


def _place(loop: str) -> str:
    return f"machi:heartbeat:{loop}"


@lru_cache(maxsize=1)
def _client(url: str) -> redis.Redis:
    return redis.Redis.from_url(url, socket_timeout=TIMEOUT_S, socket_connect_timeout=TIMEOUT_S)
