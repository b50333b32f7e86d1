"""A fresh log for each test, and the owner's own connection, by which somebody could do damage."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db import connection

from kernel.log import audit, outbox, retention
from kernel.principal import SYSTEM

NOON = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)


@pytest.fixture
def owner(committed_db) -> Iterator[psycopg.Connection]:
    with psycopg.connect(committed_db.owner_url, autocommit=True) as connected:
        yield connected


@pytest.fixture
def write(committed_db) -> Callable[..., list[UUID]]:
    """Write audit rows, a minute apart, and return their ids; the month of NOON has its partition whenever the tests run."""
    retention.make_partitions(at=NOON)

    def written(count: int, at: datetime = NOON) -> list[UUID]:
        entries = [
            audit.entry(
                SYSTEM,
                "test.act",
                audit.Note(what={"number": number}),
                key=None,
                at=at + timedelta(minutes=number),
            )
            for number in range(count)
        ]
        audit.append(entries)
        return [entry[0] for entry in entries]

    return written


@pytest.fixture
def emit(committed_db) -> Callable[..., UUID]:
    """Leave an event in the outbox and return its id."""

    def emitted(name: str, at: datetime = NOON, **payload: Any) -> UUID:
        entry = outbox.entry(name, payload, at=at)
        outbox.append([entry])
        return entry[0]

    return emitted


@pytest.fixture
def strip_guard(owner) -> Callable[[str], None]:
    """Take the trigger off, as somebody with the owner's password could."""
    return lambda table: owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")


def sql(statement: str, *parameters: Any) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall()
