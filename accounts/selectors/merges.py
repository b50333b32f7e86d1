"""Proposals to make two IDs one that wait for a second officer."""

from datetime import datetime
from uuid import UUID

import msgspec

from accounts.models import Merge

MOST = 50


class OpenMerge(msgspec.Struct, frozen=True):
    """A proposal, by keys alone; ``is_own`` where the one who asks proposed it, and so may only take it back."""

    id: UUID
    survivor_id: UUID
    merged_id: UUID
    reason: str
    proposed_by: UUID
    proposed_at: datetime
    is_own: bool


def open_merges(*, asked_by: UUID) -> list[OpenMerge]:
    """Return what waits, oldest first, fifty at the most."""
    rows = Merge.objects.filter(decided_at=None).order_by("proposed_at", "id")[:MOST]
    return [
        OpenMerge(
            row.pk, row.survivor_id, row.merged_id, row.reason, row.proposed_by, row.proposed_at,
            is_own=row.proposed_by == asked_by,
        )
        for row in rows
    ]  # fmt: skip
