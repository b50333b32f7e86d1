"""Coupons in the small town of the ledger's tests, one call a fact."""

from datetime import timedelta
from uuid import UUID

from kernel.principal import SYSTEM
from tests.wallet.town import Person, Till, Town
from wallet import services
from wallet.engine.coupons import Fixed, Percent, Rule
from wallet.engine.coupons.answers import AskedCoupon, QuoteAnswer
from wallet.engine.results import CampaignState
from wallet.selectors.coupons.quoting import quote_for_payer

TENTH = Percent(percent=10)


def campaign(town: Town, yen: int = 100_000) -> CampaignState:
    return services.open_campaign(town.act(SYSTEM), name="秋の買い物応援", amount=yen)


def citys(town: Town, purse: CampaignState, title: str = "一割引き", **said) -> UUID:
    """Put out a coupon of the city."""
    usual = {"benefit": TENTH, "starts_at": town.at - timedelta(days=1), "ends_at": town.at + timedelta(days=30)}
    asked = {"title": title, "title_en": "One tenth off", "rule": Rule(**usual | said), "campaign_id": purse.id}
    return services.coupons.make_coupon(town.act(SYSTEM), **asked).id


def shops(town: Town, till: Till, **said) -> UUID:
    """Put out a coupon that the shop bears."""
    usual = {
        "benefit": Fixed(yen=100), "starts_at": town.at - timedelta(days=1), "ends_at": town.at + timedelta(days=30),
        "funded_by": "shop", "shops": (till.id,),
    }  # fmt: skip
    asked = {"title": "百円引き", "title_en": "100 yen off", "rule": Rule(**usual | said)}
    return services.coupons.make_shop_coupon(town.act(SYSTEM), **asked).id


def quoted(town: Town, person: Person, till: Till, price: int) -> QuoteAnswer:
    return quote_for_payer(person, code=till.code, amount=price, at=town.at)


def asked(quote: QuoteAnswer) -> list[AskedCoupon]:
    return [AskedCoupon(each.coupon, each.discount) for each in quote.coupons]


def buy(town: Town, person: Person, till: Till, price: int, way=services.pay_at_once):
    """Look what it costs, and pay that."""
    return way(town.act(person), code=till.code, amount=price, coupons=asked(quoted(town, person, till, price)))
