"""Coins with a bonus over HTTP: the phone, the till, the officer's pages."""

from datetime import date, timedelta

import pytest
from django.test import Client

from accounts.models import User
from kernel import clock
from kernel.clock import jst_date
from kernel.principal import SYSTEM
from kernel.use_case import Act
from tests.factories.people import show_second_factor
from tests.wallet.callers import Caller, City, act
from wallet import services
from wallet.models import Premium
from wallet.selectors.expiries import expired_by_day, still_to_sweep
from wallet.services.premium import PremiumTerms


def announced(*, is_drawn: bool = False, **changed) -> str:
    """Announce a campaign that is under way now."""
    at = clock.now()
    drawn = {
        "apply_from": at - timedelta(days=1),
        "apply_until": at + timedelta(days=1),
        "draw_at": at + timedelta(days=2),
    }
    terms = {
        "name": "秋のプレミアム", "name_en": "Autumn premium", "who": "everybody", "unit_yen": 5000, "rate_bp": 2000,
        "units": 10, "per_person": 2, "sells_from": at + timedelta(days=3) if is_drawn else at - timedelta(days=1),
        "sells_until": at + timedelta(days=9), "bonus_last_day": jst_date(at) + timedelta(days=60),
    } | (drawn | {"window_days": 7} if is_drawn else {}) | changed  # fmt: skip
    made = services.make_premium(Act(SYSTEM, at=at, key=act().key), terms=PremiumTerms(**terms), why="試験")
    return str(made.id)


def test_a_person_applies_on_the_phone_and_sees_their_ticket(city: City):
    hanako, premium = city.resident(), announced(is_drawn=True)
    listed = hanako.get("premium_offers").json()["results"]
    assert [(each["id"], each["state"], each["bonus"]) for each in listed] == [(premium, "applying", 1000)]
    answer = hanako.post(f"premium/{premium}/application", {"units": 2})
    assert answer.status_code == 201
    mine = hanako.get(f"premium/{premium}").json()["mine"]
    assert (mine["wished"], mine["ticket"][-2:], len(mine["ticket"])) == (2, "-2", 25)
    assert hanako.post(f"premium/{premium}/withdrawal").json()["mine"]["ticket"] is None


@pytest.mark.parametrize("units", [0, 3, "1", 1.5, None])
def test_a_wish_that_is_none_is_refused_with_a_code(city: City, units):
    hanako, premium = city.resident(), announced(is_drawn=True)
    answer = hanako.post(f"premium/{premium}/application", {"units": units})
    assert (answer.status_code, answer.json()["code"]) in [(422, "invalid_body"), (409, "premium_cap_reached")]
    assert hanako.get(f"premium/{premium}").json()["mine"]["ticket"] is None


def test_a_till_sells_and_takes_back_and_the_history_says_both(city: City):
    hanako, shop, premium = city.resident(yen=100), city.shop(), announced()
    offered = shop.cashier.get(f"shops/{shop.id}/premium").json()["results"]
    assert [(each["name"], each["left"]) for each in offered] == [("秋のプレミアム", 10)]
    said = {"premium_id": premium, "customer_code": hanako.code(), "units": 2, "amount": 10_000}
    sold = shop.cashier.post(f"shops/{shop.id}/premium", said)
    assert (sold.status_code, sold.json()["paid"], sold.json()["bonus"]) == (201, 10_000, 2000)
    assert hanako.balance() == 12_100
    assert shop.cashier.post(f"premium_sales/{sold.json()['id']}/void").status_code == 201
    assert hanako.balance() == 100
    lines = hanako.get("history").json()["results"]
    assert [(each["kind"], each["direction"], each["amount"]) for each in lines[:2]] == [
        ("reversal", "out", 12_000),
        ("top_up", "in", 12_000),
    ]
    titles = [each["title"] for each in hanako.get("/api/v1/accounts/messages").json()["results"]]
    assert titles[:2] == ["「秋のプレミアム」の購入を取り消しました", "「秋のプレミアム」を買いました"]


def by_card(premium: str, person: Caller, units: int = 1, **more):
    """Begin to buy units by card over HTTP."""
    return person.post(f"premium/{premium}/card_top_up", {"units": units, "amount": units * 5000} | more)


@pytest.mark.postgres
def test_a_phone_buys_by_card_and_reads_what_was_bought(city: City):
    hanako, premium = city.resident(), announced()
    begun = by_card(premium, hanako, 2)
    assert (begun.status_code, begun.json()["status"], begun.json()["amount"]) == (201, "open", 10_000)
    page = f"card_top_ups/{begun.json()['id']}"
    last = str(jst_date(clock.now()) + timedelta(days=60))
    assert begun.json()["premium"] == {
        "id": premium, "name": "秋のプレミアム", "name_en": "Autumn premium", "units": 2, "bonus": 2000, "bonus_last_day": last,
    }  # fmt: skip
    mine = hanako.get(f"premium/{premium}").json()["mine"]
    assert (mine["may_buy"], mine["bought"], mine["being_paid"]) == (0, 0, 2)
    assert mine["card_payment"] == begun.json()["id"]
    refused = by_card(premium, hanako)
    assert (refused.status_code, refused.json()["code"]) == (409, "premium_being_paid")
    assert refused.json()["payment"] == begun.json()["id"]
    browser = Client()
    address = "/" + begun.json()["url"].split("/", 3)[3]
    assert "秋のプレミアム × 2" in browser.get(address).content.decode()
    back = browser.post(address, {"number": "4242 4242 4242 4242", "do": "card"})
    assert back["Location"].endswith(f"/pay/top-up/{begun.json()['id']}")
    paid = hanako.post(f"{page}/look", key=None).json()
    assert (paid["status"], paid["premium"]["units"], hanako.balance()) == ("paid", 2, 12_000)
    assert hanako.get("card_top_ups").json()["results"][0] == paid
    newest = hanako.get("history").json()["results"][0]
    assert (newest["kind"], newest["amount"]) == ("top_up_card", 12_000)
    told = hanako.get("/api/v1/accounts/messages").json()["results"][0]
    assert told["title"] == "「秋のプレミアム」を買いました"
    assert told["body"].startswith("カードで10,000円をはらい、2,000円分が上乗せされました。")


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"units": 0}, 422, "invalid_body"),
        ({"units": 1, "amount": 4999}, 422, "amount_fixed"),
        ({"units": 1, "currency": "USD"}, 422, "currency_unsupported"),
        ({"units": 3, "amount": 15_000}, 409, "premium_cap_reached"),
    ],
)
def test_what_cannot_be_bought_by_card_is_said_and_nothing_is_begun(city: City, body, status, code):
    hanako, premium = city.resident(), announced()
    answer = by_card(premium, hanako, **body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert hanako.get(f"premium/{premium}").json()["left"] == 10
    assert hanako.get("card_top_ups").json()["results"] == []


def test_a_city_without_a_contract_sells_for_cash_alone(city: City, settings):
    hanako, premium = city.resident(), announced()
    settings.DEMO = False
    assert by_card(premium, hanako).json()["code"] == "cards_not_offered"
    assert hanako.get(f"premium/{premium}").json()["left"] == 10


@pytest.mark.postgres
def test_officers_see_what_waits_for_a_card_and_what_a_payment_bought(city: City):
    hanako, premium = city.resident(), announced()
    officer, administrator = city.city_office()
    begun = by_card(premium, hanako, 2).json()
    waiting = at_the_desk(administrator).get(f"/admin/premium/{premium}").content.decode()
    assert "うちカードの支払い待ち</dt><dd>2</dd>" in waiting
    Client().post("/" + begun["url"].split("/", 3)[3], {"number": "4242424242424242", "do": "card"})
    hanako.post(f"card_top_ups/{begun['id']}/look", key=None)
    assert "うちカードの支払い待ち" not in at_the_desk(administrator).get(f"/admin/premium/{premium}").content.decode()
    desk = at_the_desk(officer)
    page = desk.get(f"/admin/wallet/cards/payments/{begun['id']}")
    assert "秋のプレミアム 2口、上乗せ2,000円（残り2,000円）" in page.content.decode()
    said = {"key": str(page.context["form"]["key"].value()), "amount": "5000", "why": "金額のまちがい"}
    assert desk.post(f"/admin/wallet/cards/payments/{begun['id']}", said).status_code == 302
    assert hanako.balance() == 6000
    assert "（残り1,000円）" in desk.get(f"/admin/wallet/cards/payments/{begun['id']}").content.decode()


def test_sold_out_says_since_when(city: City):
    shop, premium = city.shop(), announced(units=1, per_person=1)
    for expected in (201, 409):
        said = {"premium_id": premium, "customer_code": city.resident(yen=1).code(), "units": 1, "amount": 5000}
        answer = shop.cashier.post(f"shops/{shop.id}/premium", said)
        assert answer.status_code == expected
    assert answer.json()["code"] == "premium_sold_out"
    assert answer.json()["sold_out_at"] is not None


def test_home_shows_what_one_may_apply_for(city: City):
    hanako, premium = city.resident(), announced(is_drawn=True)
    cards = {each["kind"]: each for each in hanako.get("/api/v1/accounts/home").json()["cards"]}
    assert cards["wallet.premium"]["link"] == f"/pay/premium/{premium}"
    assert cards["wallet.premium"]["detail"] == "申し込みを受け付けています。5,000円で6,000円分です。"
    hanako.post(f"premium/{premium}/application", {"units": 1})
    kinds = [each["kind"] for each in hanako.get("/api/v1/accounts/home").json()["cards"]]
    assert "wallet.premium" not in kinds


FORM = {
    "name": "冬のプレミアム", "name_en": "Winter premium", "way": "first_come", "who": "everybody", "unit_yen": "5000",
    "percent": "20", "units": "100", "per_person": "2", "why": "冬の消費を支えるため", "window_days": "14",
    "key": "officers-form-1",
}  # fmt: skip


@pytest.fixture
def desk(city: City) -> Client:
    """Give an administrator at their desk, with a second factor shown."""
    return at_the_desk(city.city_office()[1])


def at_the_desk(person: Caller) -> Client:
    client = Client(headers={"accept-language": "ja"})
    client.force_login(User.objects.get(resident_id=person.resident_id))
    return show_second_factor(client)


def days() -> dict[str, str]:
    today = jst_date(clock.now())
    return {
        "sells_from": str(today),
        "sells_last": str(today + timedelta(days=30)),
        "bonus_last_day": str(today + timedelta(days=60)),
    }


def test_an_officer_sees_what_it_gives_before_it_is_announced(desk: Client):
    shown = desk.post("/admin/premium/new", FORM | days() | {"deed": "preview"})
    assert shown.status_code == 200, shown.headers
    previewed = shown.content.decode()
    for figure in ("1,200", "6,000", "24,000", "100,000円"):
        assert figure in previewed
    assert Premium.objects.count() == 0
    answer = desk.post("/admin/premium/new", FORM | days() | {"deed": "make"})
    row = Premium.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/admin/premium/{row.pk}")
    page = desk.get(answer["Location"]).content.decode()
    assert "残りは100,000円です。" in page
    assert "冬のプレミアム" in desk.get("/admin/premium/").content.decode()


def test_a_bonus_may_end_with_the_last_day_of_sale(desk: Client):
    same = days() | {"bonus_last_day": days()["sells_last"]}
    assert desk.post("/admin/premium/new", FORM | same | {"deed": "make"}).status_code == 302
    assert Premium.objects.get().bonus_last_day == date.fromisoformat(same["sells_last"])


def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays(desk: Client):
    late = days() | {"bonus_last_day": str(jst_date(clock.now()))}
    page = desk.post("/admin/premium/new", FORM | late | {"deed": "make"}).content.decode()
    assert "上乗せ分の期限は、販売終了の日から" in page
    assert 'value="冬のプレミアム"' in page
    assert Premium.objects.count() == 0


def test_the_page_of_what_ended_adds_up_by_day(desk: Client, city: City):
    hanako, at = city.resident(yen=1), clock.now()
    services.issue_coins(act(), account_id=hanako.account, bonus=700, bonus_expires_on=jst_date(at))
    assert "この60日に終わったコインはありません。" in desk.get("/admin/expiries/").content.decode()
    services.expire_lots(at=at + timedelta(days=1))
    assert "700" in desk.get("/admin/expiries/").content.decode()
    found = expired_by_day(at=at + timedelta(days=1))
    assert [(each.day, each.amount, each.accounts) for each in found] == [(jst_date(at + timedelta(days=1)), 700, 1)]
    assert still_to_sweep(at=at + timedelta(days=1)) == 0


@pytest.mark.parametrize("path", ["/admin/premium/", "/admin/premium/new", "/admin/expiries/"])
def test_nobody_else_comes_in(city: City, path):
    assert Client().get(path).status_code == 302
    assert at_the_desk(city.city_office()[0]).get(path).status_code == 403
