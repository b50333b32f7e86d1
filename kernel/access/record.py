"""The access log as its subject reads it: each row with its words, and the proof that it stands where the city signed it.

The application has no rights on the log. These functions ask the database for rows of one person, which it gives inside an access
that this person opened to themself for this very purpose; that reading is logged like every other, and left out of the list.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec
from django.db import connection

from kernel.access.opening import Access
from kernel.log import growth, heads
from kernel.models import TreeHead

PURPOSE = "accounts.my_accesses"
DATA_CLASS = "access_log"
LOG = "kernel_access_log"


class Entry(msgspec.Struct, frozen=True):
    """One row of the log; what later migrations add stands here once somebody shows it."""

    id: UUID
    recorded_at: datetime
    actor: UUID
    subject: UUID
    purpose: str
    classes: list[str]
    ground: str
    reason: str
    again: bool
    grants: list[UUID] | None = None
    """What allowed it: consents, a mandate, a broken glass."""
    recipient: UUID | None = None
    """On whose behalf it was read: a department, an organisation."""


class Place(msgspec.Struct, frozen=True):
    """Where a row stands in the log: its text as it was sealed, and its number, None while it is not sealed."""

    canonical: str
    seq: int | None


class Proof(msgspec.Struct, frozen=True):
    """What a phone needs to check a row by itself; hashes in hexadecimal signs.

    ``canonical`` hashes to leaf ``index``; ``path`` leads from it to the root of the ``size`` leaves that ``head`` (a JWS) signs.
    ``consistency`` leads from the head of ``since`` leaves, which the phone remembers; None where that is more than there are.
    """

    canonical: str
    index: int
    size: int
    path: list[str]
    head: str
    since: int
    consistency: list[str] | None


class Recorded(msgspec.Struct, frozen=True):
    """One row as it is taken home: the text that was sealed, and what it says; ``path`` is None where no head covers it yet."""

    entry: Entry
    canonical: str
    index: int | None
    path: list[str] | None


def entries(
    opened: Access,
    *,
    before: tuple[datetime, UUID] | None = None,
    limit: int,
    only: Sequence[str] | None = None,
    but: Sequence[str] | None = None,
) -> list[Entry]:
    """Return a person's rows, newest first, by ground: ``only`` these, all ``but`` those."""
    at, identifier = before or (None, None)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT entry FROM kernel_accesses_of(%s, %s, %s, %s, %s::text[], %s::text[])",
            [opened.id, at, identifier, limit, list(only) if only else None, list(but) if but else None],
        )
        return [msgspec.json.decode(row, type=Entry) for (row,) in cursor.fetchall()]


def place_of(opened: Access, entry: UUID) -> Place | None:
    """Return where one of a person's rows stands; None for somebody else's."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT canonical, seq FROM kernel_access_entry(%s, %s)", [opened.id, entry])
        found = cursor.fetchone()
    return Place(*found) if found is not None else None


def newest_head(*, at: datetime) -> TreeHead | None:
    """Return a head that covers what is sealed, signed now where that can be, otherwise the newest; None for a log without any."""
    try:
        size = growth.size(LOG)
        return heads.covering(LOG, size, at=at) if size else None
    except (heads.ProofNotReady, growth.LogInDoubt):
        return heads.newest(LOG)


def recorded(opened: Access, *, before: tuple[datetime, UUID] | None = None, limit: int, size: int) -> list[Recorded]:
    """Return a page of all that was read of a person, newest first, each row with its proof under the head of ``size`` leaves.

    A part of the tree that is missing leaves the page without proofs: the rows are the person's all the same.
    """
    at, identifier = before or (None, None)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT canonical, seq - 1 FROM kernel_access_record(%s, %s, %s, %s)", [opened.id, at, identifier, limit]
        )
        rows = cursor.fetchall()
    try:
        paths = growth.inclusions(LOG, [index for _text, index in rows if index is not None and index < size], size)
    except growth.LogInDoubt:
        paths = {}
    return [
        Recorded(
            entry=msgspec.json.decode(text, type=Entry),
            canonical=text,
            index=index,
            path=[each.hex() for each in paths[index]] if index in paths else None,
        )
        for text, index in rows
    ]


def prove(place: Place, *, since: int, at: datetime) -> Proof:
    """Return the proof of a row. This function will sign a head where none covers it yet; call it after the access has ended.

    :raises ProofNotReady: for a row that is too new; :raises LogInDoubt: where the log is in doubt.
    """
    if place.seq is None:
        raise heads.ProofNotReady(retry_after=2)
    head = heads.covering(LOG, place.seq, at=at)
    inclusion = growth.inclusion(LOG, place.seq - 1, head.size)
    grown = growth.consistency(LOG, since, head.size).path if since <= head.size else None
    return Proof(
        canonical=place.canonical,
        index=place.seq - 1,
        size=head.size,
        path=[each.hex() for each in inclusion.path],
        head=head.jws,
        since=since,
        consistency=[each.hex() for each in grown] if grown is not None else None,
    )
