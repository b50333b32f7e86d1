"""Taking units out of what is left and of what one person may buy, giving them back, and writing down who bought them.

The campaign is locked by whoever calls: first of all where cash is taken, after the payment where a card's money is booked.
"""

from datetime import datetime
from uuid import UUID

from django.db.models import F, Q

from kernel.ids import new_id
from kernel.use_case import Act
from wallet.engine.premium import state_of
from wallet.errors import (
    AmountFixed,
    AmountInvalid,
    PremiumCapReached,
    PremiumNotAllotted,
    PremiumNotForYou,
    PremiumNotOnSale,
    PremiumSoldOut,
)
from wallet.models import Premium, PremiumPurchase, PremiumShare, PremiumWay, PremiumWho
from wallet.selectors.premium import is_for, level_behind, terms_of
from wallet.services.premium.making import locked_premium


def priced_premium(premium_id: UUID, units: int, amount: int) -> Premium:
    """Return a campaign, locked, whose so many units cost so much; :raises AmountInvalid: :raises NotFound: :raises AmountFixed:"""
    if units < 1:
        raise AmountInvalid
    row = locked_premium(premium_id)
    if amount != units * row.unit_yen:
        raise AmountFixed
    return row


def claim_units(row: Premium, account_id: UUID, units: int, *, at: datetime) -> None:
    """Take the units from what is left and from what this account may buy; each is one conditional UPDATE that decides.

    Locks: the share; the campaign must be locked. :raises PremiumNotOnSale: :raises PremiumNotForYou: :raises PremiumSoldOut:
    :raises PremiumCapReached: :raises PremiumNotAllotted:
    """
    if state_of(terms_of(row), at) not in ("selling", "sold_out"):
        raise PremiumNotOnSale(sells_from=row.sells_from.isoformat(), sells_until=row.sells_until.isoformat())
    if row.who != PremiumWho.EVERYBODY and not is_for(row, level_behind(account_id)):
        raise PremiumNotForYou
    left = row.units - row.sold
    if units > left:
        raise PremiumSoldOut(left=left, sold_out_at=row.sold_out_at.isoformat() if row.sold_out_at else None)
    _claim_share(row, account_id, units, at=at)
    row.sold += units
    row.sold_out_at = at if row.sold == row.units else None
    row.save(update_fields=["sold", "sold_out_at"])


def release_units(row: Premium, account_id: UUID, units: int) -> None:
    """Let units be bought again, by this account and by others. Locks: the share; the campaign must be locked."""
    Premium.objects.filter(pk=row.pk).update(sold=F("sold") - units, sold_out_at=None)
    PremiumShare.objects.filter(premium=row, account_id=account_id).update(bought=F("bought") - units)


def note_purchase(act: Act, row: Premium, account_id: UUID, units: int, *, top_up_id: UUID) -> PremiumPurchase:
    """Write down that claimed units were bought by a top-up."""
    purchase = PremiumPurchase.objects.create(
        id=new_id(act.at), premium=row, account_id=account_id, top_up_id=top_up_id, units=units, at=act.at
    )
    act.audit(what={"purchase_id": str(purchase.pk), "premium_id": str(row.pk), "units": units})
    return purchase


def _claim_share(row: Premium, account_id: UUID, units: int, *, at: datetime) -> None:
    if row.way == PremiumWay.FIRST_COME:
        PremiumShare.objects.bulk_create(
            [PremiumShare(premium=row, account_id=account_id, cap=row.per_person)], ignore_conflicts=True
        )
    share = PremiumShare.objects.filter(premium=row, account_id=account_id)
    is_in_time = Q(window_ends_at=None) | Q(window_ends_at__gt=at)
    if share.filter(is_in_time, bought__lte=F("cap") - units).update(bought=F("bought") + units):
        return
    held = share.filter(is_in_time).first()
    if held is None:
        raise PremiumNotAllotted
    raise PremiumCapReached(may=held.cap - held.bought)
