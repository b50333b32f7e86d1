"""Stamp cards and referrals."""

from datetime import timedelta
from typing import Any

from kernel import clock
from kernel.principal import SYSTEM
from kernel.use_case import Act
from tests.wallet.callers import act
from wallet import services
from wallet.engine.coupons import Fixed, Rule
from wallet.engine.referrals import ReferralRule
from wallet.engine.rewards import CoinReward, CouponReward
from wallet.engine.stamps import StampRule
from wallet.services import referrals, stamps

ROOT = "api/v1/wallet/"
OWN = "401 200 200 200 200 200 200 200"
TILL = "401 404 404 200 200 404 404 404"
MANAGER = "401 404 404 403 200 404 404 404"

ROWS = {
    ("GET", ROOT + "coupons/for_me"): OWN,
    ("GET", ROOT + "stamp_cards"): OWN,
    ("POST", ROOT + "stamp_cards/<uuid:card_id>/rewards"): "401 200 404 404 404 404 404 404",
    ("GET", ROOT + "shops/<uuid:shop_id>/stamp_cards"): TILL,
    ("POST", ROOT + "shops/<uuid:shop_id>/stamp_cards"): "401 404 404 403 201 404 404 404",
    ("POST", ROOT + "shops/<uuid:shop_id>/stamp_cards/<uuid:card_id>/pause"): MANAGER,
    ("POST", ROOT + "shops/<uuid:shop_id>/stamp_cards/<uuid:card_id>/resume"): MANAGER,
    ("GET", ROOT + "referrals"): OWN,
    ("POST", ROOT + "referrals"): "401 404 404 404 404 404 404 404",  # no such code
    ("POST", ROOT + "referrals/look"): "401 404 404 404 404 404 404 404",
    ("POST", ROOT + "referral_campaigns/<uuid:referral_campaign_id>/link"): OWN,
    ("POST", ROOT + "referrals/<uuid:referral_id>/rewards"): "401 404 404 404 404 404 404 404",
}


def card(world: Any) -> str:
    """Let the shop have a card, and Hanako a stamp of it."""
    now = clock.now()
    period = {"starts_at": now - timedelta(minutes=1), "ends_at": now + timedelta(days=1), "shops": (world.shop.id,)}
    rule = StampRule(size=5, reward=CouponReward(coupon=world.shop.id), **period)
    reward = Rule(benefit=Fixed(yen=10), funded_by="shop", needs_claim=True, **period)
    asked = {"title": "見本の札", "title_en": "A card", "rule": rule, "reward": reward}
    made = stamps.make_shop_stamp_card(Act(SYSTEM, at=now - timedelta(minutes=1), key=act().key), **asked)
    stamps.stamp_payment(act(), payment_id=world.payment())
    return str(made.id)


def referral_campaign(_world: Any) -> str:
    """Let a campaign run."""
    now, coins = clock.now(), CoinReward(yen=1, days=1)
    purse = services.open_campaign(act(), name="紹介", amount=1).id
    rule = ReferralRule(
        starts_at=now - timedelta(minutes=1), ends_at=now + timedelta(days=1), for_referrer=coins, for_newcomer=coins
    )
    asked = {"title": "紹介", "title_en": "Bring a friend", "rule": rule, "campaign_id": purse}
    return str(referrals.make_referral_campaign(act(), **asked).id)


MADE = {
    "<uuid:card_id>": card,
    "<uuid:referral_campaign_id>": referral_campaign,
    "<uuid:referral_id>": lambda world: str(world.shop.id),
}
BODIES = {
    ("POST", ROOT + "shops/<uuid:shop_id>/stamp_cards"): lambda world: {
        "title": "見本の札",
        "title_en": "A card",
        "starts_at": "2026-11-01T00:00:00Z",
        "ends_at": "2036-11-01T00:00:00Z",
        "size": 10,
        "benefit": {"kind": "amount", "yen": 100},
    },
    ("POST", ROOT + "referrals"): lambda world: {"code": "nobodys"},
    ("POST", ROOT + "referrals/look"): lambda world: {"code": "nobodys"},
    ("POST", ROOT + "referral_campaigns/<uuid:referral_campaign_id>/link"): lambda world: {"said": ""},
}
