"""Referrals in the small town of the ledger's tests, one call a fact."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from kernel.principal import SYSTEM
from kernel.use_case import Act
from tests.wallet.coupons.shop import campaign
from tests.wallet.town import Person, Till, Town
from wallet import services
from wallet.engine.referrals import ReferralRule
from wallet.engine.rewards import CoinReward
from wallet.services import referrals


def running(town: Town, purse=None, **said) -> UUID:
    """Let a campaign run that gives 300 coins to who brings and 500 to who is brought."""
    usual = {
        "starts_at": town.at - timedelta(days=1), "ends_at": town.at + timedelta(days=60),
        "for_referrer": CoinReward(yen=300, days=60), "for_newcomer": CoinReward(yen=500, days=60), "first_payment": 500,
    }  # fmt: skip
    asked = {"title": "おともだち紹介", "title_en": "Bring a friend", "rule": ReferralRule(**usual | said)}
    purse = purse or campaign(town)
    return referrals.make_referral_campaign(town.act(SYSTEM), campaign_id=purse.id, **asked).id


def newcomer(town: Town, yen: int = 5000) -> Person:
    """Let somebody be known since an hour."""
    return replace(town.resident(yen=yen), account_level_since=town.at - timedelta(hours=1))


def link_of(town: Town, person: Person, running: UUID, said: str = "") -> str:
    return referrals.share_referral(town.act(person), referral_campaign_id=running, said=said).link


def enter(town: Town, person: Person, link: str):
    return referrals.enter_referral(town.act(person), code=link)


def shop_once(town: Town, person: Person, till: Till, yen: int = 500) -> UUID:
    """Pay, and let the event of it arrive."""
    payment = services.pay_at_once(town.act(person), code=till.code, amount=yen).id
    referrals.earn_referral(Act(SYSTEM, at=town.at), payment_id=payment)
    return payment


def void(town: Town, till: Till, payment: UUID) -> None:
    """Cancel a payment, and let the event of it arrive."""
    services.void_payment(town.act(till.cashier), payment_id=payment)
    referrals.undo_referral(Act(SYSTEM, at=town.at), payment_id=payment)
