"""The outbox: events written with the act, delivered to their handlers after commit, at least once."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import msgspec
from django.db import connection

from kernel.ids import new_id

Entry = tuple[Any, ...]

_INSERT = "INSERT INTO kernel_outbox (id, recorded_at, name, payload) VALUES (%s, %s, %s, %s::jsonb)"


def entry(name: str, payload: dict[str, Any], *, at: datetime) -> Entry:
    """Return the row for one event."""
    return (new_id(at), at, name, msgspec.json.encode(payload).decode())


def append(entries: Iterable[Entry]) -> None:
    """Write the rows in the running transaction."""
    rows = list(entries)
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(_INSERT, rows)
