"""Ceilings of refunds: what cashiers and tills may give back without a manager, of one payment and of one day in Japan."""

from uuid import UUID

from django.db import connection

from kernel.clock import jst_date
from kernel.money import MOST
from kernel.use_case import Act, use_case
from wallet.errors import AmountInvalid, RefundNeedsManager
from wallet.models import RefundCeiling, RefundDay, Shop
from wallet.selectors.ceilings import BEYOND, SET, CeilingView, ceiling_of
from wallet.selectors.shops import access_shop_for

_COUNT = """
INSERT INTO wallet_refundday (shop_id, day, given, most) VALUES (%s, %s, %s, %s)
  ON CONFLICT (shop_id, day) DO UPDATE SET given = wallet_refundday.given + excluded.given, most = excluded.most
  WHERE excluded.most IS NULL OR wallet_refundday.given + excluded.given <= excluded.most
"""


@use_case("wallet.set_refund_ceiling")
def set_refund_ceiling(act: Act, *, shop_id: UUID, per_payment: int | None, per_day: int | None) -> CeilingView:
    """Say how much may be given back at a shop without its manager; None for no ceiling, 0 for nothing at all.

    It holds from now on: what was given back today counts already.

    :raises NotFound: :raises NotAllowed: for who does not manage the shop; :raises AmountInvalid: below nothing.
    """
    shop = access_shop_for(act.principal, shop_id, SET)
    if any(most is not None and not 0 <= most <= MOST for most in (per_payment, per_day)):
        raise AmountInvalid
    RefundCeiling.objects.update_or_create(
        shop=shop,
        defaults={
            "per_payment": per_payment, "per_day": per_day, "set_by": act.principal.actor, "set_at": act.at,
        },
    )  # fmt: skip
    act.audit(what={"shop_id": str(shop_id), "per_payment": per_payment, "per_day": per_day})
    return ceiling_of(shop, at=act.at)


def count_refund(act: Act, shop: Shop, amount: int, *, before: int) -> bool:
    """Count what is about to be given back towards the shop's day; tell whether it counts, which a manager's does not.

    ``before``: what of this payment or order was given back already.
    One conditional upsert decides, so that of two tills at once none goes beyond. Locks: the shop's day.

    :raises RefundNeedsManager: beyond the ceiling of the payment, over everything given back of it, or of the day.
    """
    if act.principal.may(BEYOND, within=shop.organisation_id):
        return False
    ceiling = RefundCeiling.objects.filter(pk=shop.pk).first()
    per_payment, per_day = (ceiling.per_payment, ceiling.per_day) if ceiling else (None, None)
    if per_payment is not None and before + amount > per_payment:
        raise RefundNeedsManager(per_payment=per_payment)
    day = jst_date(act.at)
    if per_day is None or amount <= per_day:
        with connection.cursor() as cursor:
            cursor.execute(_COUNT, [shop.pk, day, amount, per_day])
            if cursor.rowcount:
                return True
    given = RefundDay.objects.filter(shop_id=shop.pk, day=day).values_list("given", flat=True).first()
    raise RefundNeedsManager(per_day=per_day, left_today=max(0, (per_day or 0) - (given or 0)))
