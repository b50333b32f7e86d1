"""The connection to Redis or Valkey that sign-in uses for what may be forgotten: limits, and a demo city's letter box."""

from functools import lru_cache

import redis
from django.conf import settings

Unreachable = redis.RedisError


@lru_cache(maxsize=1)
def store() -> redis.Redis:
    """Return the client of this process; it connects when first used."""
    return redis.Redis.from_url(settings.REDIS_URL, socket_timeout=2, socket_connect_timeout=2)
