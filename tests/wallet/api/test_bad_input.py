"""What no honest phone sends: each is refused with a code and a sentence in the reader's language, and nothing changes."""

import json
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection

from tests.wallet.callers import Caller, City, Shop
from wallet.engine.emvco import checksum

NOT_AMOUNTS = {
    "0": "out_of_range",
    "-1": "out_of_range",
    "1.5": "not_a_whole_number",
    "1e3": "not_a_whole_number",
    "1.0": "not_a_whole_number",
    '"1e3"': "not_a_whole_number",
    '"500"': "not_a_whole_number",
    '"５００"': "not_a_whole_number",
    "true": "not_a_whole_number",
    "[500]": "not_a_whole_number",
    '{"yen": 500}': "not_a_whole_number",
    "9007199254740992": "out_of_range",
    "9223372036854775808": "out_of_range",
    "18446744073709551616": "out_of_range",
    "1" + "0" * 400: "out_of_range",
    "-9223372036854775809": "out_of_range",
}
NO_JSON = {
    "NaN": b'{"amount": NaN}',
    "Infinity": b'{"amount": Infinity}',
    "-Infinity": b'{"amount": -Infinity}',
    "full width": '{"amount": ５００}'.encode(),
    "leading zero": b'{"amount": 0500}',
    "hex": b'{"amount": 0x1F4}',
    "plus": b'{"amount": +500}',
    "no value": b'{"amount": }',
    "comma": b'{"amount": 500,}',
    "comment": b'{"amount": 500} // please',
    "two documents": b'{"amount": 500}{"amount": 1}',
    "nothing": b"",
    "half": b'{"amount": 5',
    "not UTF-8": b'{"amount": 500, "code": "\xff\xfe"}',
    "UTF-16": '{"amount": 500}'.encode("utf-16"),
    "deep": b"[" * 5000 + b"]" * 5000,
    "form": b"amount=500",
}
TABLES = ("wallet_journal", "wallet_posting", "wallet_lotmove", "wallet_payment", "wallet_qrtoken", "kernel_outbox")


def state() -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(f"SELECT '{table}', count(*) FROM {table}" for table in TABLES))
        counts = cursor.fetchall()
        cursor.execute("SELECT account_id, amount, held, version FROM wallet_balance ORDER BY account_id")
        return counts + cursor.fetchall()


def doors(city: City) -> list[tuple[Caller, str, dict[str, Any]]]:
    """Return every address that takes an amount, with whoever may use it and the rest of the body."""
    hanako, shop = city.resident(yen=3000), city.shop()
    officer, _administrator = city.city_office()
    payment = hanako.post("payments", {"code": shop.code, "amount": 100}).json()["id"]
    asked = {"customer_code": hanako.code(), "amount": 100}
    hold = shop.cashier.post(f"shops/{shop.id}/holds", asked).json()["id"]
    by_customer = {"customer_code": hanako.code()}
    return [
        (hanako, "payments", {"code": shop.code}),
        (shop.cashier, f"shops/{shop.id}/charges", {}),
        (shop.cashier, f"shops/{shop.id}/payments", by_customer),
        (shop.cashier, f"shops/{shop.id}/top_ups", by_customer),
        (shop.cashier, f"shops/{shop.id}/holds", by_customer),
        (officer, "top_ups", by_customer),
        (shop.cashier, f"payments/{payment}/refunds", {}),
        (shop.cashier, f"holds/{hold}/capture", {}),
    ]


@pytest.mark.slow  # eight doors, forty bodies each
def test_no_door_takes_what_is_no_amount(city) -> None:
    every_door = doors(city)
    before = state()
    for person, path, rest in every_door:
        for written, code in NOT_AMOUNTS.items():
            members = ", ".join(
                [*(f'"{name}": {json.dumps(value)}' for name, value in rest.items()), f'"amount": {written}']
            )
            answer = person.post(path, raw=f"{{{members}}}".encode())
            seen = (path, written, answer.status_code, answer.json()["code"], fault(answer))
            assert seen == (path, written, 422, "invalid_body", ("amount", code))
        for name, raw in NO_JSON.items():
            answer = person.post(path, raw=raw)
            seen = (answer.status_code, answer.json()["code"])  # a wrong member may be met before the wrong sign
            assert seen in ((400, "malformed_json"), (422, "invalid_body")), (path, name, seen)
            assert answer.json()["title"]
    assert state() == before


def fault(answer: Any) -> tuple[str, str]:
    (found,) = answer.json()["errors"]
    assert found["message"]
    return found["field"], found["code"]


def test_a_missing_amount_and_a_null_are_named(city) -> None:
    shop = city.shop()
    for body in ({}, {"amount": None}):
        answer = shop.cashier.post(f"shops/{shop.id}/charges", body)
        assert (answer.status_code, fault(answer)[0]) == (422, "amount")
    open_code = city.resident(yen=10).post("payments", {"code": shop.code, "amount": None})
    assert (open_code.status_code, open_code.json()["code"]) == (422, "amount_required")


def test_a_body_of_another_shape_is_refused(city) -> None:
    shop = city.shop()
    for body in ([], ["amount", 500], "500", 500, None, True):
        answer = shop.cashier.post(f"shops/{shop.id}/charges", raw=json.dumps(body).encode())
        assert (body, answer.status_code, answer.json()["code"]) == (body, 422, "invalid_body")


def test_members_that_nobody_would_heed_are_refused(city) -> None:
    shop = city.shop()
    answer = shop.cashier.post(f"shops/{shop.id}/charges", {"amount": 500, "amonut": 5000})
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_body")


def test_another_currency_is_refused_in_the_body_and_in_the_code(city) -> None:
    hanako, shop = city.resident(yen=3000), city.shop()
    before = state()
    dollars = hanako.post("payments", {"code": shop.code, "amount": 500, "currency": "USD"})
    assert (dollars.status_code, dollars.json()["code"]) == (422, "currency_unsupported")
    in_code = hanako.post("payments", {"code": in_dollars(shop), "amount": 500})
    assert (in_code.status_code, in_code.json()["code"]) == (422, "currency_unsupported")
    assert state() == before


def in_dollars(shop: Shop) -> str:
    body = shop.code[:-4].replace("5303392", "5303840")
    return body + checksum(body)


def test_a_huge_body_and_a_long_code_are_refused(city) -> None:
    hanako, shop = city.resident(yen=3000), city.shop()
    huge = hanako.post("payments", {"code": shop.code, "amount": 500, "currency": "J" * 300_000})
    assert (huge.status_code, huge.json()["code"]) == (413, "body_too_large")
    long = hanako.post("payments", {"code": "0" * 2000, "amount": 500})
    assert (long.status_code, fault(long)[0]) == (422, "code")


def test_keys_are_asked_for_and_held_to_what_they_named(city) -> None:
    hanako, shop = city.resident(yen=3000), city.shop()
    asked = {"code": shop.code, "amount": 500}
    assert hanako.post("payments", asked, key=None).json()["code"] == "key_required"
    assert hanako.post("payments", asked, key="short").json()["code"] == "key_malformed"
    assert hanako.post("payments", asked, key="k" * 129).json()["code"] == "key_malformed"
    first = hanako.post("payments", asked, key="one-and-the-same")
    again = hanako.post("payments", asked, key="one-and-the-same")
    assert (first.status_code, first.content) == (again.status_code, again.content)
    other = hanako.post("payments", asked | {"amount": 501}, key="one-and-the-same")
    assert (other.status_code, other.json()["code"]) == (422, "key_reused")
    theirs = city.resident(yen=500).post("payments", asked, key="one-and-the-same")
    assert (theirs.status_code, theirs.json()["id"] != first.json()["id"]) == (201, True)
    assert hanako.balance() == 2500


def test_anothers_things_are_not_there(city) -> None:
    hanako, taro, shop, other = city.resident(yen=3000), city.resident(yen=1), city.shop(), city.shop(name="例の店")
    payment = hanako.post("payments", {"code": shop.code, "amount": 100}).json()["id"]
    charge = shop.cashier.post(f"shops/{shop.id}/charges", {"amount": 100}).json()["id"]
    for person in (taro, other.manager):
        for path in (f"payments/{payment}", f"charges/{charge}", f"shops/{shop.id}/payments", f"shops/{shop.id}/code"):
            answer = person.get(path)
            assert (path, answer.status_code, answer.json()["code"]) == (path, 404, "not_found")
    assert hanako.get(f"payments/{payment}").status_code == 200


def test_a_cursor_that_we_did_not_give_is_refused(city) -> None:
    hanako = city.resident(yen=1)
    for cursor in ("x", "\0", "MjAyNg", "LQ==", "あ", "MjAyNi0xMS0yMVQwMDowMDowMHww", "A" * 3000):
        answer = hanako.get(f"history?{urlencode({'cursor': cursor})}")
        assert (cursor, answer.status_code, answer.json()["code"]) == (cursor, 400, "cursor_malformed")


def test_a_page_holds_one_to_two_hundred_lines(city) -> None:
    hanako = city.resident(yen=1)
    for limit in ("0", "201", "-1", "1.5", "５", "", "999999999999999999999999"):
        answer = hanako.get(f"history?{urlencode({'limit': limit})}")
        assert (limit, answer.status_code, answer.json()["code"]) == (limit, 422, "invalid_query")


def test_a_refusal_speaks_the_readers_language(city) -> None:
    hanako, shop = city.resident(yen=100), city.shop()
    asked = {"code": shop.code, "amount": 500}
    in_japanese = hanako.post("payments", asked).json()
    in_english = hanako.post("payments", asked, language="en-GB,en;q=0.9").json()
    assert (in_japanese["code"], in_english["code"]) == ("insufficient_funds", "insufficient_funds")
    assert in_japanese["title"] == "残高が足りません。チャージしてからお試しください。"
    assert in_english["title"] == "There is not enough balance. Top up and try again."
    nobody = Caller().get("balance", language="en")
    assert (nobody.status_code, nobody.json()["title"], nobody["WWW-Authenticate"]) == (
        401, "Please sign in.", "Bearer",
    )  # fmt: skip


def test_what_is_not_there_is_a_problem_too(city) -> None:
    hanako = city.resident()
    for path in ("payments/not-a-uuid", "nowhere", "payments/00000000-0000-7000-8000-000000000000"):
        answer = hanako.get(path)
        assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
        assert answer.json()["code"] == "not_found"
    wrong = hanako.ask("DELETE", "payments")
    assert (wrong.status_code, wrong.json()["code"]) == (405, "method_not_allowed")
