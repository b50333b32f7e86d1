"""The fake vendor's books: one small SQLite file, so that all processes of a demo city see the same and a restart loses nothing.

They are not the city's and the city never reads them but through the vendor's wire.
"""

import json
import secrets
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

Thing = dict[str, Any]

_TABLES = """
CREATE TABLE IF NOT EXISTS thing (seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT UNIQUE, kind TEXT, created INTEGER, body TEXT);
CREATE INDEX IF NOT EXISTS thing_listed ON thing (kind, created);
CREATE TABLE IF NOT EXISTS answer (key TEXT PRIMARY KEY, asked TEXT, status INTEGER, body TEXT);
"""
_PREFIX = {
    "checkout.session": "cs_test_", "payment_intent": "pi_", "charge": "ch_", "refund": "re_", "dispute": "dp_", "event": "evt_",
}  # fmt: skip


class Turn:
    """One request's whole dealing with the books: all of it stands, or nothing."""

    def __init__(self, connection: sqlite3.Connection, at: datetime) -> None:
        """Keep the connection and nothing told yet."""
        self._db = connection
        self.told: list[Thing] = []
        self.now = int(at.timestamp())

    def add(self, kind: str, **members: Any) -> Thing:
        """Write a new thing down."""
        thing = {
            "id": _PREFIX[kind] + secrets.token_hex(12),
            "object": kind,
            "created": self.now,
            "livemode": False,
            **members,
        }
        self._db.execute(
            "INSERT INTO thing (id, kind, created, body) VALUES (?, ?, ?, ?)",
            (thing["id"], kind, thing["created"], json.dumps(thing)),
        )
        return thing

    def save(self, thing: Thing) -> None:
        """Write a thing down as it is now."""
        self._db.execute("UPDATE thing SET body = ? WHERE id = ?", (json.dumps(thing), thing["id"]))

    def find(self, kind: str, key: str) -> Thing | None:
        """Return a thing by its id."""
        row = self._db.execute("SELECT body FROM thing WHERE id = ? AND kind = ?", (key, kind)).fetchone()
        return json.loads(row[0]) if row else None

    def all(self, kind: str, **equal: Any) -> list[Thing]:
        """Return all things of a kind whose members are so, the newest first."""
        rows = self._db.execute("SELECT body FROM thing WHERE kind = ? ORDER BY seq DESC", (kind,))
        things = (json.loads(body) for (body,) in rows)
        return [thing for thing in things if all(thing.get(name) == value for name, value in equal.items())]

    def page(
        self, kind: str, *, since: int, until: int, after: str | None, limit: int, intent: str | None = None
    ) -> tuple[list[Thing], bool]:
        """Return a page of a list, the newest first, and whether more follow."""
        start = self._db.execute("SELECT seq FROM thing WHERE id = ?", (after,)).fetchone() if after else None
        rows = self._db.execute(
            "SELECT body FROM thing WHERE kind = ? AND created >= ? AND created < ? AND seq < ?"
            " AND (? IS NULL OR json_extract(body, '$.payment_intent') = ?) ORDER BY seq DESC LIMIT ?",
            (kind, since, until, start[0] if start else 1 << 60, intent, intent, limit + 1),
        ).fetchall()
        return [json.loads(body) for (body,) in rows[:limit]], len(rows) > limit

    def tell(self, kind: str, thing: Thing) -> None:
        """Write an event down; it is sent when the turn stands."""
        event = self.add(
            "event", type=kind, api_version="2026-10-28.endive", data={"object": thing}, pending_webhooks=1
        )
        self.told.append(event)

    def kept(self, key: str) -> tuple[str, int, str] | None:
        """Return what was asked and answered under an idempotency key."""
        row = self._db.execute("SELECT asked, status, body FROM answer WHERE key = ?", (key,)).fetchone()
        return row if row is None else (row[0], row[1], row[2])

    def keep(self, key: str, asked: str, status: int, body: str) -> None:
        """Keep an answer under its key."""
        self._db.execute(
            "INSERT INTO answer (key, asked, status, body) VALUES (?, ?, ?, ?)", (key, asked, status, body)
        )


class Books:
    """The file."""

    def __init__(self, file: Path, now: Callable[[], datetime]) -> None:
        """Make the file where there is none."""
        self._file, self._now = file, now
        file.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(file, timeout=20, isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.executescript(_TABLES)

    @contextmanager
    def turn(self) -> Iterator[Turn]:
        """Open one turn; turns of all processes follow one another."""
        with closing(sqlite3.connect(self._file, timeout=20, isolation_level=None)) as connection:
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield Turn(connection, self._now())
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")
