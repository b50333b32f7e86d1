"""Coupons at the doors: phone, till and the officers' desk."""

from datetime import timedelta

import pytest
from django.test import Client

from kernel import clock
from kernel.clock import JST
from tests.wallet.callers import act
from tests.wallet.test_admin import at_the_desk
from wallet import services
from wallet.engine.coupons import Percent, Rule
from wallet.models import Coupon
from wallet.selectors.balances import takings_of

pytestmark = pytest.mark.postgres


def put_out(**said):
    purse = services.open_campaign(act(), name="秋の買い物応援", amount=1000)
    now = clock.now()
    usual = {"benefit": Percent(percent=10), "starts_at": now - timedelta(days=1), "ends_at": now + timedelta(days=9)}
    asked = {"title": "一割引き", "title_en": "A tenth off", "rule": Rule(**usual | said), "campaign_id": purse.id}
    return services.coupons.make_coupon(act(), **asked).id


def test_a_phone_looks_takes_and_pays_what_it_was_told(city):
    hanako, shop = city.resident(yen=5000), city.shop()
    coupon = put_out(needs_claim=True, districts=("九日町",))
    (offered,) = hanako.get("coupons?latitude=32.21&longitude=130.76").json()["results"]
    assert (offered["why"], offered["may_claim"], offered["claims"]) == ("not_claimed", True, 0)
    assert [each["id"] for each in offered["shops"]] == [str(shop.id)]
    assert hanako.post(f"coupons/{coupon}/claims").status_code == 201
    (mine,) = hanako.get("coupons/mine").json()["results"]
    assert (mine["why"], mine["claims"], mine["may_claim"]) == (None, 1, False)
    quote = hanako.post("quotes", {"code": shop.code, "amount": 1000}).json()
    assert (quote["price"], quote["pays"]) == (1000, 900)
    asked = [{"coupon": each["coupon"], "discount": each["discount"]} for each in quote["coupons"]]
    receipt = hanako.post("payments", {"code": shop.code, "amount": 1000, "coupons": asked}).json()
    assert (receipt["amount"], receipt["discount"], hanako.balance()) == (900, 100, 4100)
    assert takings_of(shop.account) == 1000
    used = hanako.get(f"payments/{receipt['id']}/coupons").json()["results"]
    assert [(each["coupon"], each["discount"], each["given_back"]) for each in used] == [(str(coupon), 100, False)]
    again = hanako.post("payments", {"code": shop.code, "amount": 1000, "coupons": asked})
    assert (again.status_code, again.json()["code"], hanako.balance()) == (409, "quote_changed", 4100)


def test_a_till_sees_total_discount_and_what_is_paid(city):
    hanako, shop = city.resident(yen=5000), city.shop()
    put_out(products=("bread",))
    body = {"customer_code": hanako.code(), "amount": 1000, "lines": [{"product": "bread", "amount": 400}]}
    quote = shop.cashier.post(f"shops/{shop.id}/quotes", body).json()
    assert (quote["price"], quote["discount"], quote["pays"]) == (1000, 40, 960)
    asked = [{"coupon": each["coupon"], "discount": each["discount"]} for each in quote["coupons"]]
    receipt = shop.cashier.post(f"shops/{shop.id}/payments", body | {"coupons": asked}).json()
    assert (receipt["amount"], receipt["discount"], hanako.balance()) == (960, 40, 4040)


def test_a_manager_makes_and_stops_a_coupon_of_the_own_shop(city):
    hanako, shop, other = city.resident(yen=5000), city.shop(), city.shop(name="例の店", name_en="Rei")
    body = {
        "title": "百円引き", "title_en": "100 yen off", "benefit": {"kind": "amount", "yen": 100},
        "starts_at": "2026-01-01T00:00:00+09:00", "ends_at": "2099-01-01T00:00:00+09:00",
    }  # fmt: skip
    made = shop.manager.post(f"shops/{shop.id}/coupons", body)
    assert made.status_code == 201
    assert hanako.post("quotes", {"code": shop.code, "amount": 1000}).json()["pays"] == 900
    assert hanako.post("quotes", {"code": other.code, "amount": 1000}).json()["pays"] == 1000
    stop = f"coupons/{made.json()['id']}/pause"
    assert other.manager.post(f"shops/{other.id}/{stop}").status_code == 404
    assert shop.manager.post(f"shops/{shop.id}/{stop}").json()["is_paused"] is True
    assert hanako.post("quotes", {"code": shop.code, "amount": 1000}).json()["pays"] == 1000
    wrong = shop.manager.post(f"shops/{shop.id}/coupons", body | {"ends_at": "2025-01-01T00:00:00+09:00"})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "coupon_rule_invalid")


@pytest.mark.parametrize("query", ["latitude=91&longitude=0", "latitude=32", "shop=nowhere"])
def test_no_place_is_said_so(city, query):
    answer = city.resident().get(f"coupons?{query}")
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_query")


def test_an_officer_sees_what_a_coupon_means_before_it_is_out(city):
    office = at_the_desk(city.city_office()[1])
    assert "まだ予算がありません" in office.get("/admin/coupons/").content.decode()
    funded = {"key": "new-budget", "name": "秋の買い物応援", "amount": "50000", "why": "商店街支援"}
    office.post("/admin/coupons/", funded)
    page = office.get("/admin/coupons/").content.decode()
    assert "50,000円のうち0円を使い、50,000円が残っています。" in page
    campaign = page.partition('name="campaign" value="')[2][:36]
    today = clock.now().astimezone(JST)
    form = {
        "key": "new-coupon", "title": "一割引き", "title_en": "A tenth off", "campaign": campaign, "kind": "percent",
        "percent": "10", "rounding": "floor", "starts_at": f"{today:%Y-%m-%dT00:00}", "ends_at": "2099-01-01T00:00",
        "is_listed": "1", "why": "支援",
    }  # fmt: skip
    preview = office.post("/admin/coupons/new", form | {"deed": "preview"}).content.decode()
    row = [cell.partition(">")[2].partition("<")[0] for cell in preview.partition("1,000円")[2].split("<td")[1:4]]
    assert row == ["900円", "1,000円", "100円"]
    assert not Coupon.objects.exists()
    made = office.post("/admin/coupons/new", form | {"deed": "make"})
    coupon = Coupon.objects.get()
    assert made["Location"] == f"/admin/coupons/{coupon.pk}"
    office.post(made["Location"], {"deed": "pause", "why": "まちがい"})
    assert "いまは止めています" in office.get(made["Location"]).content.decode()
    wrong = office.post("/admin/coupons/new", form | {"deed": "make", "percent": "0"})
    assert "クーポンの決まりに誤りがあります" in wrong.content.decode()


def test_others_do_not_come_to_the_desk(city):
    assert Client().get("/admin/coupons/").status_code == 302
    assert at_the_desk(city.shop().manager).get("/admin/coupons/").status_code in (302, 403)
