"""The end of a permission: after it no reading goes on that began before."""

from uuid import UUID

import structlog
from django.db import OperationalError, connection, transaction
from psycopg.errors import LockNotAvailable

PATIENCE_MS = 500  # what is still read after that is ended by force, so that a withdrawal holds within the second
ATTEMPTS = 3

_log = structlog.get_logger(__name__)


def end_accesses(subject: UUID) -> None:
    """Return when every access that others had to ``subject`` before this call has ended. This function will wait half a second.

    To be called after the end of the permission is committed (``act.after_commit``): accesses that begin later ask anew. Readers
    hold a shared lock on the person until their transaction ends; who holds it longer loses the connection.
    """
    for _attempt in range(ATTEMPTS):
        if _is_free(subject):
            return
        with connection.cursor() as cursor:
            cursor.execute("SELECT kernel_end_stragglers(%s)", [subject])
            _log.warning("accesses_ended_by_force", count=cursor.fetchone()[0])
    _log.error("accesses_do_not_end")


def _is_free(subject: UUID) -> bool:
    try:
        with transaction.atomic(durable=True), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = '{PATIENCE_MS}ms'")
            cursor.execute("SELECT pg_advisory_xact_lock(kernel_subject_lock(%s))", [subject])
    except OperationalError as fault:
        if isinstance(fault.__cause__, LockNotAvailable):
            return False
        raise
    return True
