"""Rows of the access log, written by the owner's hand where a story needs many, and the texts that were sealed."""

from datetime import datetime

import psycopg

from tests.kernel.log.conftest import NOON

LOG = "kernel_access_log"


def read_many(owner: psycopg.Connection, count: int, at: datetime = NOON) -> None:
    """Let somebody read about somebody so many times, a second apart."""
    owner.execute(
        "INSERT INTO kernel_access_log (id, recorded_at, actor, subject, purpose, classes, ground, reason, request_id)"
        " SELECT gen_random_uuid(), %s + number * interval '1 second', gen_random_uuid(), gen_random_uuid(), 'test.read',"
        " '{profile}', 'self', 'read ' || number, '' FROM generate_series(1, %s) AS number",
        [at, count],
    )


def canonical_texts(owner: psycopg.Connection) -> list[bytes]:
    """Return the sealed texts in the order of their seals."""
    rows = owner.execute("SELECT canonical FROM kernel_sealed_rows(%s, 0, 1000000) ORDER BY seq", [LOG]).fetchall()
    return [text.encode() for (text,) in rows]
