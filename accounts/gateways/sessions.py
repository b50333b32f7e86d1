"""Sessions: kept in the database, read from Redis, dead at once when they end (Django's SESSION_ENGINE).

A request costs one look into Redis and no query; where Redis has lost the session, or is away, the database answers.

Django's own cached sessions can come back from the dead: a reader who missed the cache loads the row, the row is deleted and the
cache cleared, and then the reader (or one who was just saving) puts what it holds into the cache. Here an ended session leaves a
tombstone that neither overwrites.
"""

from collections.abc import Callable
from typing import Any

import msgspec
import structlog
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from accounts.gateways.store import Unreachable, store

CACHED_S = 300  # the most that a session could outlive its end, were Redis away at that moment
TOMBSTONE = b"ended"
TOMBSTONE_S = 600  # longer than CACHED_S, and than any request takes
_SAVE = """
if redis.call('GET', KEYS[1]) == 'ended' then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'EX', ARGV[2])
return 1
"""

_log = structlog.get_logger(__name__)


class SessionStore(DatabaseStore):
    """The session store of web and app alike."""

    def load(self) -> dict[str, Any]:
        """Return the session's values, empty where it has ended."""
        if self.session_key is None:
            return {}
        name = _name(self.session_key)
        kept = _tolerant(lambda: store().get(name))
        if kept == TOMBSTONE:
            self._session_key = None
            return {}
        if kept is not None:
            return msgspec.json.decode(kept, type=dict[str, Any])
        return self._load_row()

    def _load_row(self) -> dict[str, Any]:
        row = self._get_session_from_db()  # type: ignore[attr-defined]
        if row is None:
            return {}
        data: dict[str, Any] = self.decode(row.session_data)
        seconds = min(self.get_expiry_age(expiry=row.expire_date), CACHED_S)
        _tolerant(lambda: store().set(_name(row.session_key), msgspec.json.encode(data), ex=seconds, nx=True))
        return data

    def exists(self, session_key: str | None) -> bool:
        """Tell whether the session lives; the database knows."""
        return session_key is not None and super().exists(session_key)

    def save(self, must_create: bool = False) -> None:  # noqa: FBT001, FBT002 - Django's signature
        """Write the row, then what readers find; :raises UpdateError: where the session has ended meanwhile."""
        super().save(must_create)
        if self.session_key is None:
            return
        name, seconds = _name(self.session_key), max(min(self.get_expiry_age(), CACHED_S), 1)
        data = msgspec.json.encode(self._session)  # type: ignore[attr-defined]
        _tolerant(lambda: store().eval(_SAVE, 1, name, data, seconds))

    def delete(self, session_key: str | None = None) -> None:
        """End the session everywhere. This function will delete the row first and leave the tombstone after."""
        session_key = session_key or self.session_key
        if session_key is None:
            return
        super().delete(session_key)
        store().set(_name(session_key), TOMBSTONE, ex=TOMBSTONE_S)


def _name(session_key: str) -> str:
    return f"machi:session:{session_key}"


def _tolerant(ask: Callable[[], Any]) -> Any:
    """Ask Redis; a store that is away must not sign everybody out."""
    try:
        return ask()
    except Unreachable:
        _log.warning("sessions_without_store")
        return None
