"""The audit log: who, for whom, what, when, why. Appended in the transaction of the act, sealed later."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from django.db import connection

from kernel.ids import new_id
from kernel.principal import Principal
from kernel.request_context import request_id

Entry = tuple[Any, ...]

_INSERT = (
    "INSERT INTO kernel_audit (id, recorded_at, actor, subject, action, key, what, why, request_id)"
    " VALUES (%s, %s, %s, %s, %s, %s, %s::jsonb, %s, %s)"
)


class Note(msgspec.Struct, frozen=True):
    """What a use case says of itself: the resident concerned, ids and amounts (never names), the reason given."""

    subject: UUID | None = None
    what: dict[str, Any] = {}
    why: str = ""


def entry(principal: Principal, action: str, note: Note, *, key: str | None, at: datetime) -> Entry:
    """Return the row for one act."""
    what = msgspec.json.encode(note.what).decode()
    return (new_id(at), at, principal.actor, note.subject, action, key or "", what, note.why, request_id() or "")


def append(entries: Iterable[Entry]) -> None:
    """Write the rows in the running transaction."""
    rows = list(entries)
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(_INSERT, rows)
