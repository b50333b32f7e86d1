"""The staff's door: shops change by name and reason, money is read and never touched."""

import pytest
from django.contrib import admin
from django.test import Client

from accounts.models import User
from kernel.models import AuditEntry
from tests.factories.people import show_second_factor
from tests.wallet.callers import Caller
from wallet.models import Account, Hold, Journal, Order, Payment, Shop, TopUp

READ_ONLY = (Account, Hold, Journal, Payment, TopUp, Order)


def at_the_desk(person: Caller) -> Client:
    client = Client()
    client.force_login(User.objects.get(resident_id=person.resident_id))
    return show_second_factor(client)


@pytest.fixture
def administrator(city) -> Client:
    return at_the_desk(city.city_office()[1])


def test_an_administrator_corrects_and_closes_a_shop_and_the_log_says_why(city, administrator) -> None:
    shop = city.shop()
    said = {
        "name": "見本食堂 本店",
        "name_en": "Mihon Honten",
        "trade": "5812",
        "district": "紺屋町",
        "why": "移転の届出",
    }
    done = administrator.post(f"/admin/wallet/shop/{shop.id}/change/", said)
    assert (done.status_code, done["Location"]) == (302, "/admin/wallet/shop/")
    assert Shop.objects.get().name == "見本食堂 本店"
    closing = said | {"closes": "on", "why": "閉店の届出"}
    assert administrator.post(f"/admin/wallet/shop/{shop.id}/change/", closing).status_code == 302
    log = [(row.action, row.why) for row in AuditEntry.objects.filter(action__contains="_shop").order_by("id")]
    assert log[-2:] == [("wallet.change_shop", "移転の届出"), ("wallet.stop_shop", "閉店の届出")]
    refusal = city.resident(yen=500).post("payments", {"code": shop.code, "amount": 1})
    assert (refusal.status_code, refusal.json()["code"]) == (409, "shop_closed")


def test_a_change_without_a_reason_changes_nothing(city, administrator) -> None:
    shop = city.shop()
    said = {"name": "別の名前", "name_en": "Another", "trade": "5812", "district": "紺屋町", "why": ""}
    answer = administrator.post(f"/admin/wallet/shop/{shop.id}/change/", said)
    assert answer.status_code == 200
    assert Shop.objects.get().name == "見本食堂"


def test_a_new_shop_gets_its_code(city, administrator) -> None:
    merchant = city.shop().organisation_id
    said = {
        "organisation_id": str(merchant), "name": "見本食堂 支店", "name_en": "Mihon Branch",
        "trade": "5812", "district": "駒井田町", "why": "支店の届出",
    }  # fmt: skip
    assert administrator.post("/admin/wallet/shop/add/", said | {"organisation_id": ""}).status_code == 200
    assert administrator.post("/admin/wallet/shop/add/", said).status_code == 302
    branch = Shop.objects.get(name="見本食堂 支店")
    assert (branch.organisation_id, branch.codes.count()) == (merchant, 1)


def test_money_is_read_and_never_touched(city, administrator) -> None:
    hanako, shop = city.resident(yen=3000), city.shop()
    payment = hanako.post("payments", {"code": shop.code, "amount": 500}).json()
    shop.cashier.post(f"shops/{shop.id}/holds", {"customer_code": hanako.code(), "amount": 10})
    shop.cashier.post(f"shops/{shop.id}/orders", {"lines": [{"name": "茶", "unit_price": 100}]})
    assert payment["receipt_number"] in administrator.get("/admin/wallet/payment/").content.decode()
    for model in READ_ONLY:
        root = f"/admin/wallet/{model._meta.model_name}/"
        row = model.objects.order_by("pk").last()
        assert administrator.get(root).status_code == 200
        assert administrator.get(f"{root}{row.pk}/change/").status_code == 200
        refused = [
            administrator.get(f"{root}add/"),
            administrator.post(f"{root}{row.pk}/change/", {"amount": "1"}),
            administrator.post(f"{root}{row.pk}/delete/", {"post": "yes"}),
            administrator.post(root, {"action": "delete_selected", "_selected_action": [str(row.pk)]}),
        ]
        assert [answer.status_code for answer in refused[:3]] == [403, 403, 403], model
        assert model.objects.filter(pk=row.pk).exists()
    assert hanako.balance() == 2490


def test_an_officer_sees_shops_and_no_ledger(city) -> None:
    officer = at_the_desk(city.city_office()[0])
    shop = city.shop()
    assert officer.get("/admin/wallet/shop/").status_code == 200
    said = {"name": "x", "name_en": "x", "trade": "5812", "district": "", "why": "x"}
    assert officer.post(f"/admin/wallet/shop/{shop.id}/change/", said).status_code == 403
    assert [officer.get(f"/admin/wallet/{model._meta.model_name}/").status_code for model in READ_ONLY] == [403] * len(
        READ_ONLY
    )


def test_whose_account_it_is_stands_nowhere_in_the_admin() -> None:
    registered = {model._meta.label for model in admin.site._registry if model._meta.app_label == "wallet"}
    assert registered == {f"wallet.{model.__name__}" for model in (*READ_ONLY, Shop)}
