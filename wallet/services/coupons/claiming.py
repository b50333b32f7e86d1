"""Taking a coupon before it can be used, and being given one."""

from datetime import datetime
from uuid import UUID

import msgspec
from django.db.models import F

from kernel.ids import new_id
from kernel.problems import NotFound
from kernel.use_case import Act, use_case
from wallet.errors import CouponNotClaimable, NoWallet
from wallet.models import Coupon, CouponClaim
from wallet.selectors.coupons.targeting import targeted_for
from wallet.services.opening import open_account


class CouponClaimed(msgspec.Struct, frozen=True):
    """The coupon that one holds now."""

    coupon: UUID
    claimed_at: datetime


@use_case("wallet.claim_coupon", status=201)
def claim_coupon(act: Act, *, coupon_id: UUID) -> CouponClaimed:
    """Take a coupon that has to be taken first, once; who has it keeps it. No piece of the stock is set aside: paying takes it.

    :raises NotFound: for one that is offered neither to everybody nor to this person; :raises CouponNotClaimable: where it needs no
    taking, is stopped, over or sold out; :raises NoWallet: for who is nobody's resident.
    """
    coupon = Coupon.objects.filter(pk=coupon_id).first()
    if coupon is None or not (coupon.is_listed or coupon.pk in targeted_for(act.principal, at=act.at)):
        raise NotFound
    if not coupon.needs_claim or coupon.paused_at is not None or coupon.ends_at <= act.at:
        raise CouponNotClaimable
    if Coupon.objects.filter(pk=coupon_id, taken=F("stock")).exists():
        raise CouponNotClaimable
    if act.principal.subject is None:
        raise NoWallet
    account_id = open_account(act, resident_id=act.principal.subject).id
    give_coupon(act, coupon_id=coupon_id, account_id=account_id, source=CouponClaim.Source.OWN, source_id=coupon_id)
    act.audit(what={"coupon_id": str(coupon_id), "account_id": str(account_id)})
    claim = CouponClaim.objects.get(coupon_id=coupon_id, account_id=account_id, source_id=coupon_id)
    return CouponClaimed(coupon=coupon_id, claimed_at=claim.at)


def give_coupon(act: Act, *, coupon_id: UUID, account_id: UUID, source: CouponClaim.Source, source_id: UUID) -> None:
    """Put a coupon into an account's hand; from one source it gets one, however often this is asked."""
    claim = CouponClaim(
        id=new_id(act.at), coupon_id=coupon_id, account_id=account_id, source=source, source_id=source_id, at=act.at
    )
    CouponClaim.objects.bulk_create([claim], ignore_conflicts=True)
