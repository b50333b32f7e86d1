"""Coupons of an order: used when its payment is begun, paid by their campaigns when the order is paid, given back where it is not.

In between, what a campaign will pay is held in its budget, so that what was quoted stays true while somebody is on the card's page.
Locks, after the balances of payer and shop: the coupons, by id; then the campaigns that pay for them, by account.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from uuid import UUID

from kernel.use_case import Act
from wallet.engine.checkout import share_of_use
from wallet.errors import CampaignSpent, QuoteChanged
from wallet.models import CouponUse, Journal, OrderPayment
from wallet.selectors.coupons import UseOf
from wallet.services.books import post
from wallet.services.campaigns import hold_in_campaign, let_go_in_campaign
from wallet.services.coupons.using import give_back_coupons, use_one

Parts = list[tuple[CouponUse, int]]


def reserve(act: Act, row: OrderPayment, uses: Sequence[UseOf]) -> None:
    """Use the coupons, and hold what their campaigns will pay; :raises QuoteChanged: where any of it is no longer to be had."""
    wanted = defaultdict[UUID, int](int)
    for use in uses:
        coupon = use_one(act, use, row.account_id, order_payment_id=row.pk)
        if coupon.campaign is not None:
            wanted[coupon.campaign.account_id] += use.discount
    for purse, amount in sorted(wanted.items()):
        try:
            hold_in_campaign(purse, amount)
        except CampaignSpent:
            raise QuoteChanged from None


def let_go(act: Act, row: OrderPayment) -> None:
    """Give the coupons of a payment that came to nothing back, and what was held for them to their budgets."""
    uses = uses_of_order(row)
    give_back_coupons(act, uses)
    for purse, amount in _by_purse((use, use.discount) for use in uses):
        let_go_in_campaign(purse, amount, back=amount)


def payable(row: OrderPayment) -> Parts:
    """Say what each campaign pays the shop: its discount, in the measure in which the discount was taken."""
    spared = row.discount - row.discount_taken
    return [
        (use, use.discount - share_of_use(use.discount, row.discount, spared, 0))
        for use in uses_of_order(row)
        if use.coupon.campaign is not None
    ]


def pay_reserved(parts: Parts, journal: Journal | None, *, shop_account: UUID) -> None:
    """Book what the campaigns pay the shop; what was held for them beside it may be spent again."""
    for line, (use, part) in enumerate(parts, start=2):
        if part < use.discount:
            CouponUse.objects.filter(pk=use.pk).update(returned=use.discount - part)
        if part and journal is not None:
            post(journal, debit=purse_of(use), credit=shop_account, amount=part, line=line)
    for purse, held in _by_purse((use, use.discount) for use, _part in parts):
        let_go_in_campaign(purse, held, back=held - sum(part for use, part in parts if purse_of(use) == purse))


def returnable(row: OrderPayment, discount: int) -> Parts:
    """Say what of each campaign's discount goes back when ``discount`` more of an order's goes back."""
    gone = row.discount - row.discount_taken + row.discount_refunded + discount
    parts = [
        (use, share_of_use(use.discount, row.discount, gone, use.returned))
        for use in uses_of_order(row)
        if use.coupon.campaign is not None
    ]
    return [(use, part) for use, part in parts if part]


def uses_of_order(row: OrderPayment) -> list[CouponUse]:
    """Return the coupons of one way of paying, locked with its order, by coupon."""
    rows = CouponUse.objects.select_related("coupon__campaign").filter(order_payment=row)
    return list(rows.order_by("coupon_id"))


def purse_of(use: CouponUse) -> UUID:
    """Return the account of the campaign that pays for a coupon."""
    assert use.coupon.campaign is not None  # noqa: S101 - asked of no other
    return use.coupon.campaign.account_id


def _by_purse(parts: Iterable[tuple[CouponUse, int]]) -> list[tuple[UUID, int]]:
    sums = defaultdict[UUID, int](int)
    for use, part in parts:
        if use.coupon.campaign is not None:
            sums[purse_of(use)] += part
    return sorted(sums.items())
