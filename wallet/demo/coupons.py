"""Coupons in the demo city: three of the city's and one of a shop's own, and a few people who have used them."""

from datetime import datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID

from accounts.selectors import organisations_of_kind, principal_of, seeded_personas
from kernel import clock
from kernel.principal import SYSTEM
from kernel.use_case import Act
from wallet.demo import anchor_of
from wallet.engine.coupons import CouponHours, Fixed, Percent, Rule
from wallet.engine.coupons.answers import AskedCoupon
from wallet.selectors.campaigns import campaigns
from wallet.selectors.coupons.quoting import quote_for_payer
from wallet.selectors.mine import own_balance
from wallet.selectors.shops import ShopEntry, shops_of_organisations
from wallet.services import coupons, issue_shop_code, open_campaign, pay_at_once

BUDGET = "秋のまちなか応援 2026"
HEROINE = "hanako@machi.example"
TEA_HOUSE, BAKERY = "まちの茶屋 見本", "仮名ベーカリー 駅前"
_keys = count(1)


def seed_coupons() -> None:
    """Open the budget, put the coupons out, and let some people pay with them; once."""
    now = clock.now()
    if campaigns().filter(name=BUDGET).exists():
        return
    opened_at = anchor_of(now) - timedelta(days=14)
    merchants = [merchant.id for merchant in organisations_of_kind("merchant")]
    shops = {shop.name: shop for shop in shops_of_organisations(merchants)}
    purse = open_campaign(_act(opened_at), name=BUDGET, amount=500_000, why="令和8年度の商店街支援").id
    period: Any = {"starts_at": opened_at, "ends_at": opened_at + timedelta(days=75)}
    _citys(opened_at, purse, "まちなか1割引き", "10% off in town",
           Rule(benefit=Percent(percent=10, cap=300), minimum=500, per_day=1, stackable=True, **period))  # fmt: skip
    _citys(opened_at, purse, "午後のお茶 100円引き", "100 yen off in the afternoon",
           Rule(benefit=Fixed(yen=100), minimum=500, trades=("5812",), hours=(CouponHours(begins=14 * 60, ends=17 * 60),),
                per_person=5, **period))  # fmt: skip
    _citys(opened_at, purse, "先着500名さま 500円クーポン", "500 yen for the first 500",
           Rule(benefit=Fixed(yen=500), minimum=3000, stock=500, per_person=1, needs_claim=True, **period))  # fmt: skip
    if BAKERY in shops:
        rule = Rule(benefit=Percent(percent=20), shops=(shops[BAKERY].id,), funded_by="shop",
                    hours=(CouponHours(begins=17 * 60, ends=20 * 60),), stackable=True, **period)  # fmt: skip
        coupons.make_shop_coupon(
            _act(opened_at), title="夕方のパン2割引き", title_en="20% off bread in the evening", rule=rule
        )
    if TEA_HOUSE in shops:
        _let_some_pay(shops[TEA_HOUSE])


def _citys(at: datetime, purse: UUID, title: str, title_en: str, rule: Rule) -> None:
    coupons.make_coupon(_act(at), title=title, title_en=title_en, rule=rule, campaign_id=purse, why="商店街支援")


def _let_some_pay(shop: ShopEntry) -> None:
    """Let the personas with coins, but not the heroine, whose balance is told elsewhere, drink tea."""
    code = issue_shop_code(_act(clock.now()), shop_id=shop.id).code
    noon = anchor_of(clock.now()) - timedelta(hours=10)
    for number, seeded in enumerate(each for each in seeded_personas() if each.persona.email != HEROINE):
        payer, at = principal_of(seeded.resident_id), noon + timedelta(minutes=number)
        if own_balance(payer, at=at).available < 1000:
            continue
        found = quote_for_payer(payer, code=code, amount=780, at=at)
        asked = [AskedCoupon(each.coupon, each.discount) for each in found.coupons]
        pay_at_once(Act(payer, at=at, key=f"demo-coupon-{payer.actor}"), code=code, amount=780, coupons=asked)


def _act(at: datetime) -> Act:
    return Act(SYSTEM, at=at, key=f"demo-coupons-{next(_keys)}")
