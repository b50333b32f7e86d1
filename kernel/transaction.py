"""The one transaction of an act: durable, and honest about what was read in it when it comes to nothing."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple
from uuid import UUID

import structlog
from django.db import DatabaseError, connection, transaction
from psycopg.pq import TransactionStatus

_log = structlog.get_logger(__name__)

AGAIN = "SELECT kernel_log_access_again(%s, %s, %s, %s, %s, %s, %s)"


class Reading(NamedTuple):
    """One access to personal data, as the log has it."""

    id: UUID
    purpose: str
    actor: UUID
    subject: UUID
    classes: list[str]
    reason: str
    request_id: str


class _Thread(threading.local):
    readings: list[Reading] | None = None


_thread = _Thread()


def is_open() -> bool:
    """Tell whether this thread is inside :func:`whole`."""
    return _thread.readings is not None


def has_read(reading: Reading) -> None:
    """Remember an access whose log row is written in the running transaction."""
    if _thread.readings is None:
        raise RuntimeError("a reading belongs to a whole transaction")
    _thread.readings.append(reading)


@contextmanager
def whole() -> Iterator[None]:
    """Run the block in one durable transaction.

    When it rolls back, the access log's rows go with it although the data was read: they are written again, in a transaction of
    their own. The same where a savepoint was rolled back, or somebody sent ROLLBACK by hand.

    :raises RuntimeError: inside another transaction.
    """
    readings: list[Reading] = []
    try:
        with transaction.atomic(durable=True):
            savepoints_before = connection.savepoint_state
            _thread.readings = readings
            try:
                yield
                lost = _lost(readings, savepoints_before)
            finally:
                _thread.readings = None
    except BaseException:
        _log_again(readings)
        raise
    _log_again(lost)


def _lost(readings: list[Reading], savepoints_before: int) -> list[Reading]:
    """Return the readings whose log rows will not be committed; asks the database only where there is a reason to doubt."""
    handle = connection.connection
    if connection.needs_rollback or handle is None or handle.info.transaction_status != TransactionStatus.INTRANS:
        return readings
    if not readings or (connection.savepoint_state == savepoints_before and _standing_rows() == len(readings)):
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT kernel_standing_accesses(%s)", [[reading.id for reading in readings]])
        standing = set(cursor.fetchone()[0])
    return [reading for reading in readings if reading.id not in standing]


def _standing_rows() -> int:
    """Return how many log rows stand in the running transaction.

    A trigger counts them in the transaction's name, which the server reports to the client library unasked; a rollback by hand, of
    all or to a savepoint, takes the count back, whatever SQL follows.
    """
    name = connection.connection.info.parameter_status("application_name") or ""
    count = name.removeprefix("machi ")
    return int(count) if count.isdecimal() else 0


def _log_again(readings: list[Reading]) -> None:
    if not readings:
        return
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(AGAIN, readings)
    except DatabaseError:
        _log.exception("access_log_lost", accesses=[reading._asdict() for reading in readings])
