"""The way without a camera: numbers said aloud and typed, and why nobody can try them through."""

from datetime import UTC, datetime, timedelta

from kernel import clock
from kernel.principal import SYSTEM
from kernel.use_case import Act
from wallet import services
from wallet.engine.numbers import grouped, whole
from wallet.models import CodeNumber
from wallet.selectors.codes import number_key
from wallet.selectors.merchant_codes import why_no_codes

QUARTER_PAST = datetime(2026, 11, 24, 3, 15, tzinfo=UTC)  # inside one window of ten minutes


def test_every_code_has_a_number_that_does_the_same(city) -> None:
    hanako, shop = city.resident(yen=3000), city.shop()
    standing = shop.cashier.get(f"shops/{shop.id}/code").json()
    assert standing["code"] == shop.code
    assert hanako.post("codes/read", {"payload": standing["number"]}).json()["shop"]["id"] == str(shop.id)
    assert hanako.post("payments", {"code": standing["number"], "amount": 300}).status_code == 201
    charge = shop.cashier.post(f"shops/{shop.id}/charges", {"amount": 520}).json()
    in_full_width = charge["number"].translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    assert hanako.post("payments", {"code": in_full_width}).json()["amount"] == 520
    drawn = hanako.post("customer_codes").json()
    asked = {"customer_code": drawn["number"], "amount": 180}
    assert shop.cashier.post(f"shops/{shop.id}/payments", asked).status_code == 201
    used = shop.cashier.post(f"shops/{shop.id}/payments", {"customer_code": drawn["code"], "amount": 180})
    assert (used.status_code, used.json()["code"]) == (409, "code_used")
    assert hanako.balance() == 2000


def test_a_customers_number_is_kept_as_a_keyed_digest_alone(city) -> None:
    drawn = city.resident(yen=1).post("customer_codes").json()
    digits = drawn["number"].replace(" ", "")
    assert CodeNumber.objects.get().key == number_key(digits)
    assert digits not in CodeNumber.objects.get().key
    assert len(digits) == 12


NOT_TO_BE_PAID_BY = {
    "12345678": "mistyped",
    whole(1234567, 8): "nobodys",
    "1234": "not_a_code",
    "https://example.jp/": "not_a_code",
    "machi:432032:abcdefghijklmnopqrstuvwxyz": "customer_code",
    "machi:442011:abcdefghijklmnopqrstuvwxyz": "other_city",
    whole(12345678901, 12): "customer_code",
}


def test_what_cannot_be_paid_by_says_why(city) -> None:
    hanako = city.resident()
    for payload, reason in NOT_TO_BE_PAID_BY.items():
        refusal = hanako.post("codes/read", {"payload": payload})
        body = refusal.json()
        assert (refusal.status_code, body["code"], body["reason"]) == (404, "code_unknown", reason)
        assert len(body["detail"]) > 10


def test_a_merchants_code_at_a_till_says_whose_code_is_meant(city) -> None:
    shop = city.shop()
    refusal = shop.cashier.post(f"shops/{shop.id}/payments", {"customer_code": shop.code, "amount": 1})
    assert (refusal.status_code, refusal.json()["reason"]) == (404, "merchant_code")


def test_after_ten_numbers_that_nobody_holds_one_must_wait(city, monkeypatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: QUARTER_PAST)
    hanako, shop = city.resident(yen=3000), city.shop()
    path = f"shops/{shop.id}/payments"
    for guess in range(10):
        refusal = shop.cashier.post(path, {"customer_code": grouped(whole(guess, 12)), "amount": 1})
        assert (refusal.status_code, refusal.json()["reason"]) == (404, "nobodys")
    right = {"customer_code": hanako.post("customer_codes").json()["number"], "amount": 1}
    refusal = shop.cashier.post(path, right, key="the-right-one-at-last")
    assert (refusal.status_code, refusal.json()["code"], refusal["Retry-After"]) == (429, "too_many_requests", "300")
    assert hanako.balance() == 3000
    by_picture = shop.cashier.post(path, {"customer_code": hanako.code(), "amount": 1})
    assert by_picture.status_code == 201
    assert shop.manager.post(path, right).status_code == 201
    monkeypatch.setattr(clock, "now", lambda: QUARTER_PAST + timedelta(minutes=5))
    again = shop.cashier.post(path, right, key="the-right-one-at-last")
    assert (again.status_code, again.json()["code"]) == (409, "code_used")


def test_a_slip_without_a_key_is_no_guess(city) -> None:
    hanako, shop = city.resident(yen=3000), city.shop()
    number = shop.cashier.get(f"shops/{shop.id}/code").json()["number"]
    for _ in range(12):
        assert hanako.post("payments", {"code": number, "amount": 1}, key=None).json()["code"] == "key_required"
    assert hanako.post("payments", {"code": number, "amount": 1}).status_code == 201


def test_a_domain_that_no_code_can_hold_is_found_at_start(settings) -> None:
    assert why_no_codes() is None
    settings.CITY = settings.CITY | {"code_domain": "jp.見本"}
    assert "MACHI_CODE_DOMAIN" in why_no_codes()
    settings.CITY = settings.CITY | {"code_domain": "jp.machi." + "x" * 30}
    assert "MACHI_CODE_DOMAIN" in why_no_codes()


def test_codes_are_read_sixty_times_a_minute_at_the_most(city) -> None:
    hanako, shop = city.resident(), city.shop()
    statuses = [hanako.post("codes/read", {"payload": shop.code}).status_code for _ in range(61)]
    assert statuses == [200] * 60 + [429]
    refusal = hanako.post("codes/read", {"payload": shop.code}, language="en")
    assert refusal.json()["code"] == "too_many_requests"
    assert 1 <= int(refusal["Retry-After"]) <= 60
    assert city.resident().post("codes/read", {"payload": shop.code}).status_code == 200


def test_numbers_of_codes_long_over_are_forgotten_and_the_counters_stay(city) -> None:
    hanako, shop = city.resident(yen=1), city.shop()
    hanako.code()
    assert CodeNumber.objects.count() == 2
    services.forget_numbers(Act(SYSTEM, at=clock.now() + timedelta(hours=48)))
    assert CodeNumber.objects.count() == 2
    services.forget_numbers(Act(SYSTEM, at=clock.now() + timedelta(hours=49)))
    standing = shop.cashier.get(f"shops/{shop.id}/code").json()["number"].replace(" ", "")
    assert [row.key for row in CodeNumber.objects.all()] == [standing]


def test_when_the_citys_secret_changes_the_printed_code_still_works_and_a_new_one_is_drawn(city, settings) -> None:
    shop = city.shop()
    printed = shop.code
    settings.SECRET_KEY = "another-secret-another-secret-another-secret-another-secret"
    person = city.resident(yen=3000)
    cashier = city.member(shop.organisation_id, "merchant.cashier")
    fresh = cashier.get(f"shops/{shop.id}/code").json()["code"]
    assert fresh != printed
    assert cashier.get(f"shops/{shop.id}/code").json()["code"] == fresh
    assert [person.post("payments", {"code": code, "amount": 1}).status_code for code in (printed, fresh)] == [201, 201]
