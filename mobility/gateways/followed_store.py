"""Journeys that are followed, in Redis, each sealed and only until it is over. Who follows is not kept.

A journey stands under the hash of its secret id, and beside it what lies behind the traveller; that the loop alone goes on with.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

import msgspec
import redis
from django.conf import settings

from kernel.keys import seal_message, unseal_message
from mobility.engine.journeys.following import Held
from mobility.gateways.live_store import TIMEOUT_S, StoreAway

ALL = "machi:followed"
PLACE = "mobility.followed"

_held = msgspec.msgpack.Decoder(tuple[Held, ...])

__all__ = ["StoreAway", "count", "followed", "forget", "held_of", "hold", "is_kept", "keep", "keys"]


def keep(key: str, plain: bytes, held: Sequence[Held], *, at: datetime, until: datetime) -> None:
    """Keep a journey from now until an instant."""
    lasts = until - at
    pipe = _redis().pipeline(transaction=True)
    pipe.set(_journey(key), seal_message(plain, PLACE), px=lasts)
    pipe.set(_behind(key), seal_message(msgspec.msgpack.encode(held), PLACE), px=lasts)
    pipe.zadd(ALL, {key: until.timestamp()})
    pipe.execute()


def count(*, at: datetime) -> int:
    """Count the journeys that are followed."""
    return int(_redis().zcount(ALL, at.timestamp(), "+inf"))


def keys(*, at: datetime) -> list[str]:
    """Return the keys of all journeys that are followed; those that are over go."""
    pipe = _redis().pipeline(transaction=True)
    pipe.zremrangebyscore(ALL, "-inf", at.timestamp())
    pipe.zrange(ALL, 0, -1)
    return [key.decode() for key in pipe.execute()[1]]


def is_kept(key: str) -> bool:
    """Tell whether a journey is followed."""
    return bool(_redis().exists(_journey(key)))


def followed(wanted: Sequence[str]) -> dict[str, bytes]:
    """Return these journeys, as far as they are followed."""
    return _opened(wanted, _journey)


def held_of(wanted: Sequence[str]) -> dict[str, tuple[Held, ...]]:
    """Return what lies behind these travellers."""
    return {key: _held.decode(plain) for key, plain in _opened(wanted, _behind).items()}


def hold(held: Mapping[str, Sequence[Held]]) -> None:
    """Write down what lies behind travellers; of a journey that is not followed any more nothing."""
    pipe = _redis().pipeline(transaction=False)
    for key, each in held.items():
        pipe.set(_behind(key), seal_message(msgspec.msgpack.encode(each), PLACE), xx=True, keepttl=True)
    pipe.execute()


def forget(key: str) -> None:
    """Forget a journey; one that is not followed is not afterwards either."""
    pipe = _redis().pipeline(transaction=True)
    pipe.delete(_journey(key), _behind(key))
    pipe.zrem(ALL, key)
    pipe.execute()


def _opened(wanted: Sequence[str], place: Any) -> dict[str, bytes]:
    told: Iterable[Any] = _redis().mget([place(key) for key in wanted]) if wanted else []
    found = zip(wanted, told, strict=True)
    return {key: unseal_message(sealed, PLACE) for key, sealed in found if sealed is not None}


def _journey(key: str) -> str:
    return f"{ALL}:{key}"


def _behind(key: str) -> str:
    return f"{ALL}:{key}:behind"


def _redis() -> redis.Redis:
    return _client(settings.REDIS_URL)


@lru_cache(maxsize=1)
def _client(url: str) -> redis.Redis:
    return redis.Redis.from_url(url, socket_timeout=TIMEOUT_S, socket_connect_timeout=TIMEOUT_S)
