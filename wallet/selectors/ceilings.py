"""How much may be given back at a shop without its manager, and how much of that is left today."""

from datetime import datetime

import msgspec

from kernel.clock import jst_date
from wallet.models import RefundCeiling, RefundDay, Shop

SET, BEYOND = "wallet.set_refund_ceiling", "wallet.refund_beyond"


class CeilingView(msgspec.Struct, frozen=True):
    """A shop's ceilings, None where there is none, and what was given back today without the manager."""

    per_payment: int | None
    per_day: int | None
    given_today: int


def ceiling_of(shop: Shop, *, at: datetime) -> CeilingView:
    """Return a shop's ceilings as they are now."""
    row = RefundCeiling.objects.filter(pk=shop.pk).first()
    given = RefundDay.objects.filter(shop=shop, day=jst_date(at)).values_list("given", flat=True).first()
    return CeilingView(row.per_payment if row else None, row.per_day if row else None, given or 0)
