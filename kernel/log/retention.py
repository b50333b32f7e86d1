"""Partitions are made ahead of time and dropped behind it; the database's own functions know what is due."""

from datetime import datetime
from typing import Any

from django.db import connection


def make_partitions(*, at: datetime) -> list[str]:
    """Make the logs' months (three ahead) and the answers' days (seven ahead) that are missing; return their names."""
    return _names("SELECT kernel_make_partitions(%s)", at)


def drop_old_answers() -> list[str]:
    """Drop the days of kept answers that are older than 48 hours."""
    return _names("SELECT kernel_drop_old_answers()")


def drop_old_logs() -> list[str]:
    """Drop the months that are past a log's time (``kernel_log``): whole, sealed and delivered ones."""
    return _names("SELECT kernel_drop_old_logs()")


def sweep() -> None:
    """Take away the traces of ended accesses and of deliveries done more than 30 days ago."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT kernel_sweep_open_accesses()")
        cursor.execute("DELETE FROM kernel_delivery WHERE done_at < clock_timestamp() - interval '30 days'")


def _names(statement: str, *parameters: Any) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return list(cursor.fetchone()[0])
