"""Proposals to make two IDs one that wait for a second officer."""

from datetime import datetime
from uuid import UUID

import msgspec

from accounts.engine.resident_numbers import shown
from accounts.models import Merge

MOST = 50


class OpenMerge(msgspec.Struct, frozen=True):
    """A proposal, by the numbers that stand on the phones.

    ``is_own`` where the one who asks proposed it, and so may only take it back.
    """

    id: UUID
    survivor: str
    merged: str
    reason: str
    proposed_by: str
    proposed_at: datetime
    is_own: bool


def open_merges(*, asked_by: UUID) -> list[OpenMerge]:
    """Return what waits, oldest first, fifty at the most."""
    rows = Merge.objects.filter(decided_at=None).order_by("proposed_at", "id")[:MOST]
    return [
        OpenMerge(
            row.pk, shown(row.survivor_id), shown(row.merged_id), row.reason, shown(row.proposed_by), row.proposed_at,
            is_own=row.proposed_by == asked_by,
        )
        for row in rows
    ]  # fmt: skip
