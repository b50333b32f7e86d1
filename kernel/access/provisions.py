"""What a recipient was given with people's consent: the part of the access log that the law wants kept and shown."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import connection


class Provision(NamedTuple):
    """One reading by a grant: whose data, when, which classes, for what, and by which grants."""

    subject: UUID
    recorded_at: datetime
    classes: list[str]
    purpose: str
    grants: list[UUID]


def provisions(*, since: datetime, until: datetime, recipient: UUID) -> Iterator[Provision]:
    """Yield what ``recipient`` read by grants from ``since`` until before ``until``, in order of time; ids alone."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM kernel_provisions(%s, %s, %s)", [since, until, recipient])
        yield from (Provision(*row) for row in cursor)
