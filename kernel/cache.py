"""The shared cache: Django's own over Redis, which here keeps its client instead of making one for every word with Redis."""

from typing import Any

from django.core.cache.backends import redis


class _KeptClient(redis.RedisCacheClient):
    """One client for each pool of connections; threads may share it, since it takes a connection for each command."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._kept: dict[object, Any] = {}

    def get_client(self, key: Any = None, *, write: bool = False) -> Any:
        """Return the client of the pool that Django would make one for."""
        pool = self._get_connection_pool(write)  # type: ignore[attr-defined]  # the stubs leave it out
        if pool not in self._kept:
            self._kept[pool] = super().get_client(key, write=write)
        return self._kept[pool]


class RedisCache(redis.RedisCache):
    """The cache that the setting CACHES names."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        """Take what Django takes."""
        super().__init__(server, params)
        self._class = _KeptClient
