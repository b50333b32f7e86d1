"""Holds as the till sees them."""

from uuid import UUID

from django.db.models import QuerySet

from wallet.engine.results import HoldState
from wallet.models import Hold, HoldStatus


def hold_state(hold: Hold) -> HoldState:
    """Return a hold as it is shown."""
    return HoldState(id=hold.pk, amount=hold.amount, status=hold.status, expires_at=hold.expires_at)  # type: ignore[arg-type]


def open_holds_at(shop_id: UUID) -> "QuerySet[Hold]":
    """Return what is set aside for a shop, to be paged by ``(at, id)``; :func:`hold_state` shapes a row."""
    return Hold.objects.filter(shop_id=shop_id, status=HoldStatus.HELD)
