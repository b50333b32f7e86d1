"""Closing a shop's day (日計): what the ledger holds of it now is counted, fingerprinted and written once."""

from datetime import date
from uuid import UUID

import msgspec

from accounts.selectors import device_labels
from kernel.ids import new_id
from kernel.problems import NotFound
from kernel.use_case import Act, Key, use_case
from wallet.engine.shop_day import by_till, digest, figures_of
from wallet.errors import DayClosed
from wallet.models import Shop, ShopClosing
from wallet.selectors.shop_closings import CLOSE_DAY, DayReport, check_day, report_of
from wallet.selectors.shop_days import movements_of
from wallet.selectors.shops import check_till


@use_case("wallet.close_day", key=Key.REQUIRED, status=201)
def close_day(act: Act, *, shop_id: UUID, day: date) -> DayReport:
    """Close a shop's day in Japan, also before it is over: what is taken afterwards stands beside it as a correction.

    Locks: the key, the shop's row, so that of two who close the same day one does.

    :raises NotFound: for a shop where this person does not work, and a day that has not come or was before the shop;
    :raises NotAllowed: without the right ``wallet.close_day``; :raises DayClosed: where it is closed already.
    """
    shop = Shop.objects.select_for_update(no_key=True).filter(pk=shop_id).first()
    if shop is None:
        raise NotFound
    check_till(act.principal, shop, CLOSE_DAY)
    check_day(shop, day, at=act.at)
    if ShopClosing.objects.filter(shop=shop, day=day).exists():
        raise DayClosed
    movements = movements_of(shop_id, day)
    figures = figures_of(movements)
    row = ShopClosing.objects.create(
        id=new_id(act.at),
        shop=shop,
        day=day,
        closed_by=act.principal.actor,
        closed_at=act.at,
        counted=[each.id for each in movements],
        digest=digest(shop_id, day, movements),
        tills=msgspec.to_builtins(by_till(movements, device_labels(shop.organisation_id))),
        **msgspec.to_builtins(figures),
    )
    act.audit(what={"shop_id": str(shop_id), "day": str(day), "net": figures.net, "digest": row.digest})
    return report_of(shop, day, at=act.at)
