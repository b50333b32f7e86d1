"""Freezes as officers see them."""

from datetime import datetime
from uuid import UUID

import msgspec

from wallet.models import AccountFreeze, Succession

FREEZE = "wallet.freeze_accounts"


class FreezeView(msgspec.Struct, frozen=True):
    """One freeze and, where it is over, its end."""

    id: UUID
    account_id: UUID
    scope: str
    about: UUID | None
    reason: str
    frozen_at: datetime
    frozen_by: UUID
    ended_at: datetime | None
    ended_by: UUID | None
    end_reason: str


def freeze_view(row: AccountFreeze) -> FreezeView:
    """Return a freeze as it stands."""
    return FreezeView(**{name: getattr(row, name) for name in FreezeView.__struct_fields__})


def open_freezes() -> list[FreezeView]:
    """Return the freezes that stand, the newest first; those of merged IDs' accounts stand where their coins are now."""
    merged = Succession.objects.values("source_id")
    rows = AccountFreeze.objects.filter(ended_at=None).exclude(account_id__in=merged)
    return [freeze_view(row) for row in rows.order_by("-frozen_at", "-id")]


def freezes_of(account_id: UUID) -> list[FreezeView]:
    """Return every freeze of an account, the newest first."""
    rows = AccountFreeze.objects.filter(account_id=account_id)
    return [freeze_view(row) for row in rows.order_by("-frozen_at", "-id")]
