"""Stamp cards, a referral campaign and a coupon for families in the demo city; the heroine's card is more than half full."""

from datetime import datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID

from accounts.selectors import organisations_of_kind, principal_of, seeded_personas, seeded_residents
from kernel import clock
from kernel.principal import SYSTEM
from kernel.use_case import Act
from wallet.demo import anchor_of
from wallet.demo.coupons import HEROINE, TEA_HOUSE
from wallet.engine.coupons import Audience, Fixed, Rule
from wallet.engine.referrals import ReferralRule
from wallet.engine.rewards import CoinReward, CouponReward
from wallet.engine.stamps import StampRule
from wallet.selectors.campaigns import campaigns
from wallet.selectors.mine import own_entries
from wallet.selectors.shops import shops_of_organisations
from wallet.services import coupons, open_campaign, referrals, stamps

BUDGET = "まちあるき応援 2026"
NOBODY = UUID(int=0)
COLLECTORS = 40
_keys = count(1)


def seed_rewards() -> None:
    """Open the budget and put everything out, once; some people's payments earn stamps, and the heroine shares her link."""
    now = clock.now()
    if campaigns().filter(name=BUDGET).exists():
        return
    opened_at = anchor_of(now) - timedelta(days=20)
    purse = open_campaign(_act(opened_at), name=BUDGET, amount=300_000, why="令和8年度の中心市街地活性化").id
    period: Any = {"starts_at": opened_at, "ends_at": opened_at + timedelta(days=80)}
    _town_walk(opened_at, purse, period)
    _tea_card(opened_at, period)
    run = _bring_a_friend(opened_at, purse, period)
    _for_families(opened_at, purse, period)
    for user in seeded_residents(COLLECTORS):
        _stamp(user.resident_id, at=now)
    heroine = next((each for each in seeded_personas() if each.persona.email == HEROINE), None)
    if heroine is not None:
        _stamp(heroine.resident_id, at=now)
        hanako = Act(principal_of(heroine.resident_id), at=now)
        referrals.share_referral(hanako, referral_campaign_id=run, said="お茶なかま")


def _stamp(resident_id: UUID, *, at: datetime) -> None:
    """Let the payments of the last weeks, whose events came before there was a card, earn their stamps."""
    entries = own_entries(principal_of(resident_id)).order_by("at", "id")
    for payment_id in [each.payment_id for each in entries if each.kind == "payment" and each.payment_id]:
        stamps.stamp_payment(Act(SYSTEM, at=at), payment_id=payment_id)


def _town_walk(at: datetime, purse: UUID, period: Any) -> None:
    rule = StampRule(
        size=5, minimum=300, distinct=True, stock=300, reward=CoinReward(yen=500, days=60), **period
    )  # fmt: skip
    asked: Any = {"title": "まちあるきスタンプ 5つのお店", "title_en": "Town walk: five shops", "rule": rule}
    stamps.make_stamp_card(_act(at), campaign_id=purse, why="まちなか回遊", **asked)


def _tea_card(at: datetime, period: Any) -> None:
    """Let the tea house have a card of its own."""
    merchants = [merchant.id for merchant in organisations_of_kind("merchant")]
    shop = next((shop.id for shop in shops_of_organisations(merchants) if shop.name == TEA_HOUSE), None)
    if shop is None:
        return
    rule = StampRule(size=10, minimum=300, shops=(shop,), per_person=None, reward=CouponReward(coupon=NOBODY), **period)
    until: Any = period | {"ends_at": period["ends_at"] + timedelta(days=60)}
    reward = Rule(benefit=Fixed(yen=300), shops=(shop,), funded_by="shop", needs_claim=True, **until)
    asked: Any = {"title": "見本のお茶カード", "title_en": "Mihon tea card", "rule": rule, "reward": reward}
    stamps.make_shop_stamp_card(_act(at), **asked)


def _bring_a_friend(at: datetime, purse: UUID, period: Any) -> UUID:
    rule = ReferralRule(
        for_referrer=CoinReward(yen=300, days=90), for_newcomer=CoinReward(yen=500, days=90), first_payment=500,
        stock=200, **period,
    )  # fmt: skip
    asked: Any = {"title": "おともだち紹介", "title_en": "Bring a friend", "rule": rule, "campaign_id": purse}
    return referrals.make_referral_campaign(_act(at), why="利用者を増やす", **asked).id


def _for_families(at: datetime, purse: UUID, period: Any) -> None:
    rule = Rule(benefit=Fixed(yen=300), minimum=1000, needs_claim=True, stock=200, per_person=1, **period)
    asked: Any = {"title": "子育て家庭の方へ 300円引き", "title_en": "300 yen off for families", "rule": rule}
    audience = Audience(with_children=True)
    coupons.make_coupon(_act(at), campaign_id=purse, audience=audience, why="子育て支援", **asked)


def _act(at: datetime) -> Act:
    return Act(SYSTEM, at=at, key=f"demo-rewards-{next(_keys)}")
