"""Holds as the till sees them."""

from uuid import UUID

from django.db.models import QuerySet

from kernel.principal import Principal
from kernel.problems import NotFound
from wallet.engine.results import HoldState
from wallet.models import Hold, HoldStatus
from wallet.selectors.shops import check_till


def hold_state(hold: Hold) -> HoldState:
    """Return a hold as it is shown."""
    return HoldState(id=hold.pk, amount=hold.amount, status=hold.status, expires_at=hold.expires_at)  # type: ignore[arg-type]


def access_hold_for(principal: Principal, hold_id: UUID) -> HoldState:
    """Return a hold, open or ended, to who runs the shop's till; :raises NotFound: to everybody else, and where there is none."""
    hold = Hold.objects.select_related("shop").filter(pk=hold_id).first()
    if hold is None:
        raise NotFound
    check_till(principal, hold.shop)
    return hold_state(hold)


def open_holds_at(shop_id: UUID) -> "QuerySet[Hold]":
    """Return what is set aside for a shop, to be paged by ``(at, id)``; :func:`hold_state` shapes a row."""
    return Hold.objects.filter(shop_id=shop_id, status=HoldStatus.HELD)
