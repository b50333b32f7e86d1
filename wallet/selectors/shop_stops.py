"""Shops that take no more coins, for the officers' desk."""

from datetime import datetime
from uuid import UUID

import msgspec

from wallet.models import Shop, ShopStop

MOST = 20


class StoppedLine(msgspec.Struct, frozen=True):
    """A shop, and what stops it where something does."""

    id: UUID
    name: str
    district: str
    is_stopped: bool
    is_final: bool = False
    reason: str = ""
    since: datetime | None = None


def stopped_shops() -> list[StoppedLine]:
    """Return the shops that are stopped now, the newest first."""
    rows = ShopStop.objects.filter(ended_at=None).select_related("shop").order_by("-stopped_at", "-id")[:200]
    return [
        StoppedLine(
            row.shop_id, row.shop.name, row.shop.district, is_stopped=True, is_final=row.is_final, reason=row.reason,
            since=row.stopped_at,
        )
        for row in rows
    ]  # fmt: skip


def shops_to_stop(asked: str) -> list[StoppedLine]:
    """Return open shops whose name or reading holds the text; none for no text."""
    if not asked:
        return []
    rows = Shop.objects.filter(closed_at=None, name__icontains=asked) | Shop.objects.filter(
        closed_at=None, name_kana__icontains=asked
    )
    return [StoppedLine(row.pk, row.name, row.district, is_stopped=False) for row in rows.order_by("name", "id")[:MOST]]
