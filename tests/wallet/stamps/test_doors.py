"""Stamp cards and referrals at the doors: phone, till, the officers' desks, and the copy that a person takes home."""

import json
from datetime import timedelta

import pytest

from kernel import clock
from kernel.principal import SYSTEM
from kernel.use_case import Act
from tests.wallet.callers import act
from tests.wallet.test_admin import at_the_desk
from wallet import services
from wallet.engine.referrals import ReferralRule
from wallet.engine.rewards import CoinReward
from wallet.engine.stamps import StampRule
from wallet.handlers import payment_refunded, payment_settled
from wallet.models import Coupon, ReferralCampaign, StampCard
from wallet.selectors.takeout import parts_about
from wallet.services import referrals, stamps

pytestmark = pytest.mark.postgres
COINS = CoinReward(yen=500, days=60)


def offered(**said):
    """Let the city offer a card since yesterday."""
    purse, at = services.open_campaign(act(), name="まちあるき", amount=100_000), clock.now() - timedelta(days=1)
    usual = {"reward": COINS, "size": 2, "per_day": 9, "starts_at": at, "ends_at": at + timedelta(days=30)}
    asked = {"title": "旧市街さんぽ", "title_en": "Old town walk", "rule": StampRule(**usual | said)}
    made = Act(SYSTEM, at=at, key=act().key)
    return stamps.make_stamp_card(made, campaign_id=purse.id, **asked).id


class Event:
    """What the outbox hands to a handler."""

    def __init__(self, payment_id: str) -> None:
        self.payload = {"payment_id": payment_id}


def pay(caller, shop, yen=500) -> str:
    paid = caller.post("payments", {"code": shop.code, "amount": yen}).json()["id"]
    payment_settled(Event(paid))
    return paid


def test_a_phone_sees_stamps_come_and_go(city):
    hanako, shop = city.resident(yen=5000), city.shop()
    offered(shops=(shop.id,), distinct=False)
    first = pay(hanako, shop)
    (card,) = hanako.get("stamp_cards").json()["results"]
    assert (card["size"], [each["shop_name"] for each in card["stamps"]], card["full"]) == (2, ["見本食堂"], 0)
    assert (card["reward"], [each["id"] for each in card["shops"]]) == (
        {"kind": "coins", "yen": 500, "days": 60},
        [str(shop.id)],
    )
    shop.cashier.post(f"payments/{first}/void")
    payment_refunded(Event(first))
    assert hanako.get("stamp_cards").json()["results"][0]["stamps"] == []
    pay(hanako, shop)
    pay(hanako, shop)
    (card,) = hanako.get("stamp_cards").json()["results"]
    assert (card["full"], card["rewards"], card["waits"], hanako.balance()) == (1, 1, None, 4500)


def test_a_manager_makes_a_card_and_who_fills_it_pays_less(city):
    hanako, shop = city.resident(yen=9000), city.shop()
    now = clock.now()
    said = {
        "title": "お茶のカード", "title_en": "Tea card", "starts_at": now.isoformat(),
        "ends_at": (now + timedelta(days=30)).isoformat(), "size": 2, "minimum": 100, "per_day": 9,
        "benefit": {"kind": "amount", "yen": 300},
    }  # fmt: skip
    made = shop.manager.post(f"shops/{shop.id}/stamp_cards", said)
    assert made.status_code == 201, made.json()
    assert shop.cashier.post(f"shops/{shop.id}/stamp_cards", said).status_code == 403
    for _ in range(2):
        pay(hanako, shop)
    assert Coupon.objects.get().title not in [
        each["title"] for each in city.resident().get("coupons").json()["results"]
    ]
    quote = hanako.post("quotes", {"code": shop.code, "amount": 1000}).json()
    assert (quote["discount"], [each["funded_by"] for each in quote["coupons"]]) == (300, ["shop"])
    (card,) = shop.manager.get(f"shops/{shop.id}/stamp_cards").json()["results"]
    assert shop.manager.post(f"shops/{shop.id}/stamp_cards/{card['id']}/pause").json()["is_paused"] is True


def test_a_card_of_goods_is_made_and_says_so(city):
    shop, now = city.shop(), clock.now()
    said = {
        "title": "パンのカード", "title_en": "Bread card", "starts_at": now.isoformat(),
        "ends_at": (now + timedelta(days=30)).isoformat(), "size": 2, "benefit": {"kind": "amount", "yen": 300},
        "products": ["bread", "cake"],
    }  # fmt: skip
    assert shop.manager.post(f"shops/{shop.id}/stamp_cards", said).status_code == 201
    (card,) = shop.manager.get(f"shops/{shop.id}/stamp_cards").json()["results"]
    (seen,) = city.resident(yen=5000).get("stamp_cards").json()["results"]
    assert card["products"] == seen["products"] == ["bread", "cake"]
    hanako = city.resident(yen=5000)
    pay(hanako, shop)
    assert hanako.get("stamp_cards").json()["results"][0]["stamps"] == []


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"size": 1}, 422),
        ({"products": [""]}, 422),
        ({"products": ["x"] * 11}, 422),
        ({"ends_at": "2020-01-01T00:00:00Z"}, 422),
        ({"benefit": {}}, 422),
    ],
)
def test_a_card_that_makes_no_sense_is_refused_in_words(city, changed, status):
    shop, now = city.shop(), clock.now()
    said = {
        "title": "茶", "title_en": "Tea", "starts_at": now.isoformat(), "ends_at": (now + timedelta(days=3)).isoformat(),
        "size": 5, "benefit": {"kind": "amount", "yen": 100},
    }  # fmt: skip
    answer = shop.manager.post(f"shops/{shop.id}/stamp_cards", said | changed)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert not StampCard.objects.exists()


def test_a_link_is_shared_looked_at_and_entered(city):
    at, purse = clock.now() - timedelta(days=1), services.open_campaign(act(), name="紹介", amount=10_000)
    rule = ReferralRule(
        starts_at=at,
        ends_at=at + timedelta(days=30),
        for_referrer=COINS,
        for_newcomer=COINS,
        level=1,
        first_payment=500,
    )
    asked = {"title": "おともだち紹介", "title_en": "Bring a friend", "rule": rule, "campaign_id": purse.id}
    run = referrals.make_referral_campaign(act(), **asked).id
    hanako, shop, taro = city.resident(yen=1000), city.shop(), city.resident(yen=5000)
    link = hanako.post(f"referral_campaigns/{run}/link", {"said": "花"}).json()["link"]
    assert taro.post("referrals/look", {"code": link}).json()["said"] == "花"
    own = hanako.post("referrals", {"code": link})
    assert (own.status_code, own.json()["code"], own.json()["why"]) == (409, "referral_not_taken", "oneself")
    assert own.json()["detail"] == "自分のコードは使えません。"
    assert taro.post("referrals", {"code": link}).status_code == 201
    pay(taro, shop)
    assert (hanako.balance(), taro.balance()) == (1500, 5000)
    (offer,) = hanako.get("referrals").json()["results"]
    assert [each["state"] for each in offer["brought"]] == ["earned"]
    assert str(taro.resident_id) not in json.dumps(offer)
    officer, _administrator = city.city_office()
    page = at_the_desk(officer).get(f"/admin/referrals/{run}").content.decode()
    assert "自分のコード" in page
    assert str(taro.resident_id) not in page


def test_a_person_takes_coupons_stamps_and_rewards_home(city):
    hanako, shop = city.resident(yen=5000), city.shop()
    offered()
    pay(hanako, shop)
    pay(hanako, shop)
    found = [part for part in parts_about(hanako.resident_id, at=clock.now()) if part.path.endswith("json")]
    parts = {part.path: json.loads(part.content) for part in found}
    assert [each["card"] for each in parts["wallet/stamps.json"]] == ["旧市街さんぽ"] * 2
    assert [each["coins"] for each in parts["wallet/rewards.json"]] == [500]
    assert "wallet/referrals.json" not in parts


def test_an_officer_offers_a_card_within_a_circle_that_is_picked_on_the_map(city):
    city.shop()
    officer, _administrator = city.city_office()
    desk, purse = at_the_desk(officer), services.open_campaign(act(), name="まちあるき", amount=1000)
    said = {
        "title": "円の中", "title_en": "In a circle", "campaign": str(purse.id), "size": "5", "minimum": "300", "per_day": "1",
        "starts_at": "2026-11-01T00:00", "ends_at": "2036-11-01T00:00", "gift": "coins", "gift_yen": "500", "gift_days": "60",
        "latitude": "", "longitude": "", "radius_m": "400", "why": "試験", "key": "stamp-desk-key",
        "products": "bread、 cake,",
    }  # fmt: skip
    picked = desk.post("/admin/stamps/new", said | {"spot.x": "320", "spot.y": "210"}).content.decode()
    assert 'value="33.000000"' in picked
    assert 'name="products" value="bread、 cake,"' in picked
    assert not StampCard.objects.exists()
    made = desk.post("/admin/stamps/new", said | {"latitude": "33.0", "longitude": "131.0"})
    assert made.status_code == 302, made.content.decode()
    circle = StampCard.objects.get().rule["circle"]
    assert circle == {"latitude_e6": 33_000_000, "longitude_e6": 131_000_000, "radius_m": 400}
    assert StampCard.objects.get().rule["products"] == ["bread", "cake"]
    assert "円の中" in desk.get("/admin/stamps/").content.decode()
    assert "bread, cake" in desk.get(f"/admin/stamps/{StampCard.objects.get().pk}").content.decode()
    drawn = desk.get("/admin/coupons/map.svg?latitude=33.0&longitude=131.0&radius_m=400")
    assert (drawn["Content-Type"], "<circle" in drawn.content.decode()) == ("image/svg+xml", True)


def test_an_officer_begins_a_referral_campaign(city):
    officer, _administrator = city.city_office()
    desk, purse = at_the_desk(officer), services.open_campaign(act(), name="紹介", amount=1000)
    said = {
        "title": "紹介", "title_en": "Bring", "campaign": str(purse.id), "starts_at": "2026-11-01T00:00",
        "ends_at": "2036-11-01T00:00", "level": "2", "first_payment": "500", "within_days": "30", "per_referrer": "5",
        "per_day": "3", "referrer_gift": "coins", "referrer_gift_yen": "300", "referrer_gift_days": "60",
        "newcomer_gift": "coins", "newcomer_gift_yen": "", "newcomer_gift_days": "60", "why": "試験", "key": "referral-desk",
    }  # fmt: skip
    refused = desk.post("/admin/referrals/new", said)
    assert (refused.status_code, ReferralCampaign.objects.count()) == (200, 0)
    assert desk.post("/admin/referrals/new", said | {"newcomer_gift_yen": "500"}).status_code == 302
    assert "紹介" in desk.get("/admin/referrals/").content.decode()


@pytest.mark.parametrize(
    "address", ["/admin/stamps/", "/admin/stamps/new", "/admin/referrals/", "/admin/referrals/new"]
)
def test_the_desks_are_the_officers_own(city, client, address):
    assert client.get(address).status_code == 302
    assert at_the_desk(city.shop().manager).get(address).status_code in (302, 403)
