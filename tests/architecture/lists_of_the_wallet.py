"""People who have much to show, for the lists of the wallet: settlements, accounts for payouts, premium coins, coupons."""

from datetime import UTC, datetime, timedelta
from typing import Any

from accounts import services as accounts
from accounts.selectors import organisations_of, principal_of
from kernel import clock
from kernel.ids import receipt_number
from kernel.principal import SYSTEM
from kernel.use_case import Act
from tests.wallet.city_office import BANKS, BRANCHES
from tests.wallet.coupons.shop import campaign, citys, shops
from tests.wallet.referrals.bringing import link_of, running
from tests.wallet.stamps.collecting import offered as offered_card
from tests.wallet.stamps.collecting import shop_once
from tests.wallet.town import Town
from wallet import services as wallet
from wallet.engine.coupons import Fixed, Rule
from wallet.engine.rewards import CouponReward
from wallet.engine.stamps import StampRule
from wallet.models import CardPayment, CoinPayout, SettlementBatch, SettlementTransfer
from wallet.services.settlement.drawing import SUMS
from wallet.services.stamps import make_shop_stamp_card

BREAD = wallet.NewLine(name="パン", name_en="Bread", unit_price=200)
LATER = datetime(2099, 1, 1, tzinfo=UTC)


def my_organisations(town: Town, story: dict[str, Any], count: int) -> None:
    """Let me work for so many merchants, each with a shop."""
    if "user_id" not in story:
        newcomer = accounts.sign_up(town.act(SYSTEM), language="ja", display_name="試験花子")
        story |= {"user_id": newcomer.user_id, "resident_id": newcomer.resident_id, "path": "/api/v1/accounts/me"}
    for number in range(count):
        founded = accounts.found_organisation(town.act(SYSTEM), name=f"店{number}", name_en="Shop", kind="merchant")
        job = {"organisation_id": founded.id, "resident_id": story["resident_id"], "role": "merchant.cashier"}
        accounts.appoint(town.act(SYSTEM), **job)
        wallet.open_shop(town.act(SYSTEM), organisation_id=founded.id, name="店", name_en="Shop", trade="5411")
    story["who"] = principal_of(story["resident_id"])


def my_settlements(town: Town, story: dict[str, Any], count: int) -> None:
    """Be paid for so many periods that brought too little."""
    if "who" not in story:
        my_organisations(town, story, 1)
        story["path"] = "/api/v1/wallet/settlements?limit=200"
        shop = organisations_of(story["resident_id"])[0].id
        appointed = {"organisation_id": shop, "resident_id": story["resident_id"], "role": "merchant.manager"}
        accounts.appoint(town.act(SYSTEM), **appointed)
        story |= {"who": principal_of(story["resident_id"]), "shop": shop, "until": town.at}
        assert story["who"].may("wallet.see_settlements", within=shop)  # looked up once a principal
    rows = [bare_settlement(story) for _ in range(count)]
    SettlementBatch.objects.bulk_create([batch for batch, _transfer in rows])
    SettlementTransfer.objects.bulk_create([transfer for _batch, transfer in rows])


def bare_settlement(story: dict[str, Any]) -> tuple[SettlementBatch, SettlementTransfer]:
    """Make one period without a yen, a day after the one before."""
    since, story["until"] = story["until"], story["until"] + timedelta(days=1)
    until, nothing = story["until"], dict.fromkeys(SUMS, 0)
    person = story["who"].actor
    batch = SettlementBatch(
        cut_off_on=until.date(), since=since, until=until, pay_on=until.date(), terms={}, credits=0, state="withdrawn",
        drawn_by=person, drawn_at=until, withdrawn_by=person, withdrawn_at=until, **nothing,
    )  # fmt: skip
    return batch, SettlementTransfer(batch=batch, order=1, organisation_id=story["shop"], state="carried", **nothing)


def my_accounts_for_payouts(town: Town, story: dict[str, Any], count: int) -> None:
    """Name so many accounts, one after the other."""
    if "who" not in story:
        my_settlements(town, story, 0)
        story["path"] = "/api/v1/wallet/payout_accounts"
        wallet.import_banks(town.act(SYSTEM), banks=BANKS, branches=BRANCHES)
    for number in range(count):
        named = {
            "bank_code": "9902",
            "branch_code": "001",
            "account_type": "1",
            "number": str(number),
            "holder": "ミホン",
        }
        wallet.register_payout_account(town.act(story["who"]), organisation_id=story["shop"], **named)


def my_premiums(town: Town, story: dict[str, Any], count: int) -> None:
    """Offer so many campaigns, and let me apply for each."""
    story |= {"who": story.get("who") or town.resident(), "path": "/api/v1/wallet/premium_offers"}
    for _ in range(count):
        offered(town, story, is_drawn=True)


def premiums_at_my_till(town: Town, story: dict[str, Any], count: int) -> None:
    """Let the shop's till sell so many."""
    if "till" not in story:
        story["till"] = town.till()
        story |= {"who": story["till"].cashier, "path": f"/api/v1/wallet/shops/{story['till'].id}/premium"}
    for _ in range(count):
        offered(town, story, is_drawn=False)


def offered(town: Town, story: dict[str, Any], *, is_drawn: bool) -> None:
    """Announce a campaign that is under way now."""
    at = clock.now()
    drawn = {
        "apply_from": at - timedelta(days=1),
        "apply_until": at + timedelta(days=1),
        "draw_at": at + timedelta(days=2),
    }
    terms = wallet.PremiumTerms(
        name="プレミアム", name_en="Premium", who="everybody", unit_yen=100, rate_bp=2000, units=10, per_person=2,
        sells_from=at + timedelta(days=3) if is_drawn else at - timedelta(days=1), sells_until=at + timedelta(days=9),
        bonus_last_day=clock.jst_date(at) + timedelta(days=60), **(drawn | {"window_days": 7} if is_drawn else {}),
    )  # fmt: skip
    made = wallet.make_premium(Act(SYSTEM, at=at, key=town.act(SYSTEM).key), terms=terms, why="試験")
    if is_drawn:
        wishing = Act(story["who"], at=at, key=town.act(SYSTEM).key)
        wallet.apply_for_premium(wishing, premium_id=made.id, units=1)


def my_card_top_ups(town: Town, story: dict[str, Any], count: int) -> None:
    """Begin so many top-ups by card, and go no further."""
    story |= {"who": story.get("who") or town.resident(), "path": "/api/v1/wallet/card_top_ups?limit=200"}
    CardPayment.objects.bulk_create(
        CardPayment(
            purpose="top_up",
            method="card",
            account_id=story["who"].account,
            amount=1000,
            started_at=town.at,
            closes_at=town.at,
        )
        for _ in range(count)
    )


def my_orders(town: Town, story: dict[str, Any], count: int) -> None:
    """Be sold so many things."""
    story |= {"who": story.get("who") or town.resident(), "path": "/api/v1/wallet/orders?limit=200"}
    story["till"] = story.get("till") or town.till()
    for _ in range(count):
        asked = wallet.NewOrder(
            source="test", source_id=str(town.act(SYSTEM).key), shop_id=story["till"].id, payer=story["who"].actor,
            lines=[BREAD, BREAD], expires_at=town.at + timedelta(hours=1),
        )  # fmt: skip
        wallet.place_order(town.act(SYSTEM), order=asked)


def orders_of_my_shop(town: Town, story: dict[str, Any], count: int) -> None:
    """Write so many bills."""
    story["till"] = story.get("till") or town.till()
    story |= {"who": story["till"].cashier, "path": f"/api/v1/wallet/shops/{story['till'].id}/orders?limit=200"}
    for _ in range(count):
        wallet.place_bill(town.act(story["who"]), shop_id=story["till"].id, lines=[BREAD, BREAD])


def my_payouts(town: Town, story: dict[str, Any], count: int) -> None:
    """Have been refused so many payouts."""
    story |= {"who": story.get("who") or town.resident(), "path": "/api/v1/wallet/payouts?limit=200"}
    CoinPayout.objects.bulk_create(
        CoinPayout(
            account_id=story["who"].account,
            receipt_number=receipt_number(),
            state="refused",
            way="cash",
            at=town.at,
        )
        for _ in range(count)
    )


def coupons_near(town: Town, story: dict[str, Any], count: int) -> None:
    """Let the city offer so many coupons."""
    story["purse"] = story.get("purse") or campaign(town)
    story |= {"who": story.get("who") or town.resident(yen=10_000), "path": "/api/v1/wallet/coupons"}
    for _ in range(count):
        citys(town, story["purse"], needs_claim=True, stackable=True, ends_at=LATER)


def my_coupons(town: Town, story: dict[str, Any], count: int) -> None:
    """Hold so many coupons."""
    story["purse"] = story.get("purse") or campaign(town)
    story |= {"who": story.get("who") or town.resident(yen=10_000), "path": "/api/v1/wallet/coupons/mine"}
    for _ in range(count):
        coupon = citys(town, story["purse"], needs_claim=True, ends_at=LATER)
        wallet.coupons.claim_coupon(town.act(story["who"]), coupon_id=coupon)


def coupons_of_my_shop(town: Town, story: dict[str, Any], count: int) -> None:
    """Let my shop bear so many coupons."""
    story["till"] = story.get("till") or town.till()
    story |= {"who": story["till"].cashier, "path": f"/api/v1/wallet/shops/{story['till'].id}/coupons"}
    for _ in range(count):
        shops(town, story["till"], ends_at=LATER)


def my_stamp_cards(town: Town, story: dict[str, Any], count: int) -> None:
    """Let the city offer so many stamp cards, each with a stamp of mine."""
    if "who" not in story:
        story |= {"who": town.resident(yen=10_000), "till": town.till(), "purse": campaign(town)}
        story["path"] = "/api/v1/wallet/stamp_cards"
    for _ in range(count):
        offered_card(town, story["purse"], ends_at=LATER)
    shop_once(town, story["who"], story["till"], 1)


def stamp_cards_of_my_shop(town: Town, story: dict[str, Any], count: int) -> None:
    """Let my shop offer so many stamp cards."""
    story["till"] = story.get("till") or town.till()
    till = story["till"]
    story |= {"who": till.cashier, "path": f"/api/v1/wallet/shops/{till.id}/stamp_cards"}
    period = {"starts_at": town.at, "ends_at": LATER, "shops": (till.id,)}
    rule = StampRule(size=5, reward=CouponReward(coupon=till.id), **period)
    reward = Rule(benefit=Fixed(yen=1), funded_by="shop", needs_claim=True, **period)
    for _ in range(count):
        asked = {"title": "札", "title_en": "Card", "rule": rule, "reward": reward}
        make_shop_stamp_card(town.act(SYSTEM), **asked)


def my_referrals(town: Town, story: dict[str, Any], count: int) -> None:
    """Share a link of so many campaigns."""
    story["purse"] = story.get("purse") or campaign(town)
    story |= {"who": story.get("who") or town.resident(), "path": "/api/v1/wallet/referrals"}
    for _ in range(count):
        run = running(town, story["purse"], ends_at=LATER)
        link_of(town, story["who"], run)
