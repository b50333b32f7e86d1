"""Sessions: kept in the database, read from Redis, dead at once when they end (Django's SESSION_ENGINE).

A request costs one look into Redis and no query; where Redis has lost the session, or is away, the database answers.

Neither can be read without the person's own device. A row is named by a hash of the session key, and sealed by a key made of the
session key, which the city keeps nowhere: a copy of the database or of Redis lets nobody in and tells nobody what a session holds,
not even who has the master key.

Django's own cached sessions can come back from the dead: a reader who missed the cache loads the row, the row is deleted and the
cache cleared, and then the reader (or one who was just saving) puts what it holds into the cache. Here an ended session leaves a
tombstone that neither overwrites.
"""

import hashlib
import os
from collections.abc import Callable, Iterable
from typing import Any

import msgspec
import structlog
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session

from accounts.gateways.store import Unreachable, store
from accounts.models.third_parties import RowKey, row_key
from kernel import clock, keys

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
            return _unseal(self.session_key, kept)
        return self._load_row()

    def _load_row(self) -> dict[str, Any]:
        row = self._get_session_from_db()
        if row is None or self.session_key is None:
            return {}
        sealed = keys.from_base64url(row.session_data)
        seconds = min(self.get_expiry_age(expiry=row.expire_date), CACHED_S)
        name = _name(self.session_key)
        _tolerant(lambda: store().set(name, sealed, ex=seconds, nx=True))
        return _unseal(self.session_key, sealed)

    def _get_session_from_db(self) -> Session | None:
        living = Session.objects.filter(pk=row_key(self.session_key or ""), expire_date__gt=clock.now())
        row = living.first()
        if row is None:
            self._session_key = None
        return row

    def exists(self, session_key: str | None) -> bool:
        """Tell whether the session lives; the database knows."""
        return session_key is not None and Session.objects.filter(pk=row_key(session_key)).exists()

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """Return the row that keeps the session."""
        session_key = self._get_or_create_session_key()  # type: ignore[attr-defined]
        return Session(
            session_key=row_key(session_key),
            session_data=seal_session(session_key, data),
            expire_date=self.get_expiry_date(),
        )

    def save(self, must_create: bool = False) -> None:  # noqa: FBT001, FBT002 - Django's signature
        """Write the row, then what readers find; :raises UpdateError: where the session has ended meanwhile."""
        super().save(must_create)
        if self.session_key is None:
            return
        name, seconds = _name(self.session_key), max(min(self.get_expiry_age(), CACHED_S), 1)
        sealed = _seal(self.session_key, self._session)  # type: ignore[attr-defined]
        _tolerant(lambda: store().eval(_SAVE, 1, name, sealed, seconds))

    def delete(self, session_key: str | None = None) -> None:
        """End the session everywhere, named by its key or by its row's. This function will delete the row first and leave the
        tombstone after.
        """
        session_key = session_key or self.session_key
        if session_key is None:
            return
        Session.objects.filter(pk=row_key(session_key)).delete()
        bury([row_key(session_key)])


def bury(rows: Iterable[RowKey]) -> None:
    """Leave tombstones for sessions whose rows are gone, so that no copy in Redis answers any more."""
    graves = store().pipeline(transaction=False)
    for row in rows:
        graves.set(_name(row), TOMBSTONE, ex=TOMBSTONE_S)
    graves.execute()


def seal_session(session_key: str, data: dict[str, Any]) -> str:
    """Return what the row of a session holds."""
    return keys.base64url(_seal(session_key, data))


def _name(session_key: str) -> str:
    return f"machi:session:{row_key(session_key)}"


def _seal(session_key: str, data: dict[str, Any]) -> bytes:
    nonce = os.urandom(keys.NONCE_BYTES)
    return nonce + _cipher(session_key).encrypt(nonce, msgspec.json.encode(data), None)


def _unseal(session_key: str, sealed: bytes) -> dict[str, Any]:
    """Open a session; what does not open, for instance because only its row's key is known, is an empty one."""
    try:
        plain = _cipher(session_key).decrypt(sealed[: keys.NONCE_BYTES], sealed[keys.NONCE_BYTES :], None)
    except InvalidTag:
        return {}
    return msgspec.json.decode(plain, type=dict[str, Any])


def _cipher(session_key: str) -> AESGCM:
    return AESGCM(hashlib.sha256(b"machi session seal\0" + session_key.encode()).digest())


def _tolerant(ask: Callable[[], Any]) -> Any:
    """Ask Redis; a store that is away must not sign everybody out."""
    try:
        return ask()
    except Unreachable:
        _log.warning("sessions_without_store")
        return None
