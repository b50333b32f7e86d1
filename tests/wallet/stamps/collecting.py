"""Stamp cards in the small town of the ledger's tests, one call a fact."""

from datetime import timedelta
from uuid import UUID

from kernel.principal import SYSTEM
from kernel.use_case import Act
from tests.wallet.coupons.shop import campaign
from tests.wallet.town import Person, Till, Town
from wallet import services
from wallet.engine.rewards import CoinReward
from wallet.engine.stamps import Filled, StampRule
from wallet.models import StampCard
from wallet.selectors.accounts import accounts_behind
from wallet.selectors.stamps.filling import filled_of
from wallet.services import stamps

COINS = CoinReward(yen=500, days=30)


def offered(town: Town, purse=None, **said) -> UUID:
    """Let the city offer a card of three stamps that earns 500 coins."""
    usual = {
        "reward": COINS, "size": 3, "per_day": 10, "starts_at": town.at - timedelta(days=1),
        "ends_at": town.at + timedelta(days=30),
    }  # fmt: skip
    asked = {"title": "まちあるき", "title_en": "Town walk", "rule": StampRule(**usual | said)}
    purse = purse or campaign(town)
    return stamps.make_stamp_card(town.act(SYSTEM), campaign_id=purse.id, **asked).id


def shop_once(town: Town, person: Person, till: Till, yen: int = 500) -> UUID:
    """Pay, and let the event of it arrive."""
    payment = services.pay_at_once(town.act(person), code=till.code, amount=yen).id
    arrive(town, payment)
    return payment


def arrive(town: Town, payment: UUID) -> None:
    """Let the event of a payment arrive, at the instant the town has."""
    stamps.stamp_payment(Act(SYSTEM, at=town.at), payment_id=payment)


def void(town: Town, till: Till, payment: UUID) -> None:
    """Cancel a payment, and let the event of it arrive."""
    services.void_payment(town.act(till.cashier), payment_id=payment)
    stamps.unstamp_payment(Act(SYSTEM, at=town.at), payment_id=payment)


def on_card(card: UUID, person: Person) -> Filled:
    return filled_of(StampCard.objects.get(pk=card), accounts_behind(person.account))
