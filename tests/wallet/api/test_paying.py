"""A resident pays a shop, over HTTP: what both see, and what is refused without a trace."""

from datetime import datetime, timedelta

import pytest

from kernel import clock
from tests.wallet.callers import Caller
from wallet.engine.emvco import parse


def test_a_resident_reads_the_counters_code_pays_and_both_see_the_receipt(city) -> None:
    hanako, shop = city.resident(yen=3000), city.shop()
    read = hanako.post("codes/read", {"payload": shop.code})
    assert read.status_code == 200
    named = {"id": str(shop.id), "name": "見本食堂", "name_en": "Mihon Shokudo"}
    assert read.json() == {"kind": "shop", "shop": named, "amount": None, "expires_at": None}
    paid = hanako.post("payments", {"code": shop.code, "amount": 500})
    assert paid.status_code == 201
    receipt = paid.json()
    known = {name: receipt[name] for name in ("status", "amount", "refunded", "currency", "shop", "version")}
    assert known == {
        "status": "paid", "amount": 500, "refunded": 0, "currency": "JPY", "shop": named, "version": 1,
    }  # fmt: skip
    assert hanako.balance() == 2500
    assert hanako.get(f"payments/{receipt['id']}").json() == receipt
    assert shop.cashier.get(f"shops/{shop.id}/payments").json() == {"results": [receipt], "next": None}
    entry = hanako.get("history").json()["results"][0]
    assert (entry["kind"], entry["direction"], entry["amount"]) == ("payment", "out", 500)
    assert (entry["shop_name"], entry["payment_id"], entry["receipt_number"]) == (
        "見本食堂", receipt["id"], receipt["receipt_number"],
    )  # fmt: skip


def test_a_charge_fixes_the_amount_and_works_once(city) -> None:
    hanako, taro, shop = city.resident(yen=3000), city.resident(yen=3000), city.shop()
    made = shop.cashier.post(f"shops/{shop.id}/charges", {"amount": 520})
    assert made.status_code == 201
    charge = made.json()
    assert charge["status"] == "open"
    assert parse(charge["code"]).values["54"] == "520"
    read = hanako.post("codes/read", {"payload": charge["code"]}).json()
    assert (read["kind"], read["amount"], read["expires_at"]) == ("charge", 520, charge["expires_at"])
    other = hanako.post("payments", {"code": charge["code"], "amount": 1})
    assert (other.status_code, other.json()["code"]) == (422, "amount_fixed")
    receipt = hanako.post("payments", {"code": charge["code"]}).json()
    assert receipt["amount"] == 520
    late = taro.post("payments", {"code": charge["code"]})
    assert (late.status_code, late.json()["code"]) == (409, "code_used")
    assert (hanako.balance(), taro.balance()) == (2480, 3000)
    now = shop.cashier.get(f"charges/{charge['id']}").json()
    assert now == charge | {"status": "paid", "payment_id": receipt["id"]}
    assert shop.cashier.post(f"charges/{charge['id']}/cancel").json()["code"] == "code_used"


def test_a_cancelled_charge_is_over_and_stays_so(city) -> None:
    hanako, shop = city.resident(yen=3000), city.shop()
    charge = shop.cashier.post(f"shops/{shop.id}/charges", {"amount": 520}).json()
    for _ in range(2):
        cancelled = shop.cashier.post(f"charges/{charge['id']}/cancel")
        assert (cancelled.status_code, cancelled.json()["status"]) == (200, "cancelled")
    assert hanako.post("codes/read", {"payload": charge["code"]}).json()["code"] == "code_expired"
    assert hanako.post("payments", {"code": charge["code"]}).status_code == 410
    assert hanako.balance() == 3000


@pytest.mark.parametrize(("seconds", "status"), [(299, 201), (301, 410)])
def test_a_charge_lives_five_minutes(city, monkeypatch, seconds: int, status: int) -> None:
    hanako, shop = city.resident(yen=3000), city.shop()
    charge = shop.cashier.post(f"shops/{shop.id}/charges", {"amount": 520}).json()
    later = datetime.fromisoformat(charge["expires_at"]) - timedelta(minutes=5) + timedelta(seconds=seconds)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert hanako.post("payments", {"code": charge["code"]}).status_code == status
    now = shop.cashier.get(f"charges/{charge['id']}").json()
    assert now["status"] == ("paid" if status == 201 else "expired")


@pytest.mark.parametrize(("seconds", "status"), [(299, 201), (301, 410)])
def test_a_customers_code_lives_five_minutes(city, monkeypatch, seconds: int, status: int) -> None:
    hanako, shop = city.resident(yen=3000), city.shop()
    drawn = hanako.post("customer_codes").json()
    later = datetime.fromisoformat(drawn["expires_at"]) - timedelta(minutes=5) + timedelta(seconds=seconds)
    monkeypatch.setattr(clock, "now", lambda: later)
    asked = {"customer_code": drawn["code"], "amount": 700}
    assert shop.cashier.post(f"shops/{shop.id}/payments", asked).status_code == status
    assert hanako.balance() == (2300 if status == 201 else 3000)


def test_of_many_codes_drawn_the_newest_two_work(city) -> None:
    hanako, shop = city.resident(yen=3000), city.shop()
    first, second, third = (hanako.code() for _ in range(3))
    statuses = [
        shop.cashier.post(f"shops/{shop.id}/payments", {"customer_code": code, "amount": 100}).status_code
        for code in (first, second, third, third)
    ]
    assert statuses == [410, 201, 201, 409]
    assert hanako.balance() == 2800


def test_a_resident_without_a_wallet_has_an_empty_one_and_gets_it_with_the_first_code(city) -> None:
    taro, shop = city.resident(), city.shop()
    assert taro.get("balance").json() == {
        "currency": "JPY",
        "available": 0,
        "held": 0,
        "version": 0,
        "lots": [],
        "frozen": "no",
    }
    assert taro.get("history").json() == {"results": [], "next": None}
    topped_up = shop.cashier.post(f"shops/{shop.id}/top_ups", {"customer_code": taro.code(), "amount": 1000})
    assert topped_up.status_code == 201
    assert taro.balance() == 1000


def test_the_coin_is_named_in_the_readers_language(city) -> None:
    anybody = Caller()
    assert anybody.get("coin").json()["name"] == "きじまコイン"
    in_english = anybody.get("coin", language="en").json()
    assert in_english == {
        "code": "jp.machi.432032",
        "name": "Kijima coin",
        "currency": "JPY",
        "limits": {"per_payment": 50_000, "per_day": 100_000, "balance": 300_000},
    }


def test_a_till_holds_captures_a_part_and_releases(city) -> None:
    hanako, shop = city.resident(yen=3000), city.shop()
    path = f"shops/{shop.id}/holds"
    held = shop.cashier.post(path, {"customer_code": hanako.code(), "amount": 1000}).json()
    assert (held["amount"], held["status"], hanako.balance()) == (1000, "held", 2000)
    assert shop.manager.get(path).json()["results"] == [held]  # whoever runs a till of this shop, on whichever device
    assert shop.manager.get(f"holds/{held['id']}").json() == held
    assert [hanako.get(each).status_code for each in (path, f"holds/{held['id']}")] == [404, 404]
    captured = shop.cashier.post(f"holds/{held['id']}/capture", {"amount": 600})
    assert (captured.status_code, captured.json()["amount"], hanako.balance()) == (201, 600, 2400)
    assert shop.cashier.get(f"holds/{held['id']}").json()["status"] == "captured"
    again = shop.cashier.post(f"holds/{held['id']}/capture", {"amount": 1})
    assert (again.status_code, again.json()["code"]) == (409, "hold_not_open")
    other = shop.cashier.post(path, {"customer_code": hanako.code(), "amount": 400}).json()
    released = shop.cashier.post(f"holds/{other['id']}/release", {})
    assert (released.status_code, released.json()["status"], hanako.balance()) == (201, "released", 2400)
    assert shop.cashier.get(path).json()["results"] == []


def test_a_refund_and_a_void_come_back(city) -> None:
    hanako, shop = city.resident(yen=3000), city.shop()
    one = hanako.post("payments", {"code": shop.code, "amount": 1000}).json()
    two = hanako.post("payments", {"code": shop.code, "amount": 500}).json()
    part = shop.manager.post(f"payments/{one['id']}/refunds", {"amount": 400})
    assert (part.status_code, part.json()["status"], part.json()["refunded"]) == (201, "partly_refunded", 400)
    over = shop.manager.post(f"payments/{one['id']}/refunds", {"amount": 601})
    assert (over.status_code, over.json()["code"]) == (409, "refund_exceeds_payment")
    voided = shop.manager.post(f"payments/{two['id']}/void")
    assert (voided.status_code, voided.json()["status"]) == (201, "voided")
    assert shop.manager.post(f"payments/{two['id']}/void").json()["code"] == "payment_not_voidable"
    assert hanako.balance() == 2400
