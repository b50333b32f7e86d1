"""Coupons of somebody whose two IDs became one: they go over, and caps count what both have used."""

import pytest

from kernel.principal import SYSTEM
from tests.wallet.audit import broken
from tests.wallet.coupons.shop import asked, buy, campaign, citys, quoted
from wallet import services
from wallet.errors import QuoteChanged
from wallet.models import CouponClaim

pytestmark = pytest.mark.postgres
WAYS = pytest.mark.parametrize("way", [services.pay, services.pay_at_once], ids=["explained", "at_once"])


def merge(town, new, old):
    services.succeed(town.act(SYSTEM), survivor_id=new.actor, merged_id=old.actor)


@WAYS
@pytest.mark.parametrize("cap", ["per_person", "per_day"])
def test_what_the_old_id_used_counts(town, way, cap):
    old, new, till, purse = town.resident(yen=5000), town.resident(yen=5000), town.till(), campaign(town)
    citys(town, purse, **{cap: 2})
    assert buy(town, old, till, 1000, way).discount == 100
    assert buy(town, new, till, 1000, way).discount == 100
    third = asked(quoted(town, new, till, 1000))
    merge(town, new, old)
    assert quoted(town, new, till, 1000).discount == 0
    with pytest.raises(QuoteChanged):
        way(town.act(new), code=till.code, amount=1000, coupons=third)
    assert broken() == {}


def test_the_statement_counts_the_old_id_as_well_where_the_quote_was_made_before(town, monkeypatch):
    """Another process may have quoted a moment before the merge: the statement itself says no."""
    old, new, till, purse = town.resident(yen=5000), town.resident(yen=5000), town.till(), campaign(town)
    citys(town, purse, per_person=1)
    buy(town, old, till, 1000)
    third = asked(quoted(town, new, till, 1000))
    merge(town, new, old)
    monkeypatch.setattr("wallet.selectors.coupons.standing.accounts_behind", lambda account_id: [account_id])
    with pytest.raises(QuoteChanged):
        services.pay_at_once(town.act(new), code=till.code, amount=1000, coupons=third)
    assert broken() == {}


def test_a_held_coupon_goes_over_and_of_two_alike_one_stays(town):
    old, new, till, purse = town.resident(yen=5000), town.resident(yen=5000), town.till(), campaign(town)
    one, both = citys(town, purse, needs_claim=True, stackable=True), citys(town, purse, needs_claim=True)
    for person, coupon in ((old, one), (old, both), (new, both)):
        services.coupons.claim_coupon(town.act(person), coupon_id=coupon)
    merge(town, new, old)
    held = CouponClaim.objects.filter(account_id=new.account, revoked_at=None)
    assert sorted(held.values_list("coupon_id", flat=True)) == sorted([one, both])
    assert (buy(town, new, till, 1000).discount, broken()) == (100, {})


def test_a_coupon_that_comes_back_to_the_old_id_follows(town):
    old, new, till, purse = town.resident(yen=5000), town.resident(yen=5000), town.till(), campaign(town)
    coupon = citys(town, purse, needs_claim=True)
    services.coupons.claim_coupon(town.act(old), coupon_id=coupon)
    receipt = buy(town, old, till, 1000)
    merge(town, new, old)
    services.void_payment(town.act(till.cashier), payment_id=receipt.id)
    services.follow_successions(at=town.at)
    assert (CouponClaim.objects.get().account_id, buy(town, new, till, 1000).discount, broken()) == (
        new.account,
        100,
        {},
    )
