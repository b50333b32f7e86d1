"""Orders over HTTP: what a till sends, what a payer gets, and what is said of bad input."""

import pytest

from kernel import clock
from tests.wallet.callers import City
from wallet.models import Order, OrderPayment
from wallet.selectors.orders import order_token
from wallet.selectors.takeout import parts_about

pytestmark = pytest.mark.postgres

LINES = [
    {"name": "茶", "name_en": "Tea", "unit_price": 300, "quantity": 2, "product": "drink"},
    {"name": "菓子", "unit_price": 100},
]


@pytest.fixture
def shop(city: City):
    return city.shop()


def bill(shop, **more):
    made = shop.cashier.post(f"shops/{shop.id}/orders", {"lines": LINES, **more})
    assert made.status_code == 201, made.content
    return made.json()


def test_a_bill_is_written_opened_paid_and_given_back_by_line(city, shop):
    hanako, made = city.resident(yen=1000), bill(shop)
    token = made["link"].partition("#")[2]
    assert (made["total"], made["lines"][1]["name_en"], made["receipt_number"][5]) == (700, "菓子", "-")
    opened = hanako.post(f"orders/{made['id']}/open", {"token": token}, key=None).json()
    assert (opened["quote"]["pays"], opened["available"], opened["order"]["link"]) == (700, 1000, None)
    paid = hanako.post(f"orders/{made['id']}/payments", {"token": token, "method": "coin"})
    assert (paid.status_code, paid.json()["status"], hanako.balance()) == (201, "paid", 300)
    assert [each["id"] for each in hanako.get("orders").json()["results"]] == [made["id"]]
    (line,) = [each for each in hanako.get("history").json()["results"] if each["kind"] == "payment"]
    assert line["order_id"] == made["id"]
    back = shop.cashier.post(f"orders/{made['id']}/refunds", {"lines": [{"number": 2, "amount": 100}]})
    assert (back.status_code, back.json()["paying"]["refunded"]["coin"], hanako.balance()) == (201, 100, 400)


def test_the_same_key_gets_the_same_answer_byte_for_byte(city, shop):
    hanako, made = city.resident(yen=1000), bill(shop)
    said = {"token": made["link"].partition("#")[2], "method": "coin"}
    first, again = (hanako.post(f"orders/{made['id']}/payments", said, key="pay-it-once") for _ in range(2))
    assert (first.status_code, first.content, hanako.balance()) == (201, again.content, 300)
    back = [shop.cashier.post(f"orders/{made['id']}/refunds", {}, key="back-it-once") for _ in range(2)]
    assert (back[0].content, hanako.balance()) == (back[1].content, 1000)
    refused = [shop.cashier.post(f"orders/{made['id']}/refunds", {}, key="once-too-often") for _ in range(2)]
    assert (refused[0].status_code, refused[0].json()["code"]) == (422, "order_lines_unsound")
    assert refused[0].json()["title"] == refused[1].json()["title"]


def test_a_held_bill_is_captured_in_part_by_its_till(city, shop):
    hanako, made = city.resident(yen=1000), bill(shop, mode="hold", hold_days=2)
    said = {"token": made["link"].partition("#")[2], "method": "coin"}
    assert hanako.post(f"orders/{made['id']}/payments", said).json()["status"] == "held"
    done = shop.cashier.post(f"orders/{made['id']}/capture", {"lines": [{"number": 1, "amount": 600}]})
    assert (done.status_code, done.json()["status"], hanako.balance()) == (201, "paid", 400)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"lines": []}, "invalid_body"),
        ({"lines": [{"name": "", "unit_price": 1}]}, "invalid_body"),
        ({"lines": [{"name": "茶", "unit_price": 1.5}]}, "invalid_body"),
        ({"lines": [{"name": "茶", "unit_price": True}]}, "invalid_body"),
        ({"lines": [{"name": "茶", "unit_price": 0}]}, "invalid_body"),
        ({"lines": [{"name": "茶", "unit_price": 1, "quantity": 1000}]}, "invalid_body"),
        ({"lines": [{"name": "茶", "unit_price": 2**53 - 1, "quantity": 2}]}, "order_lines_unsound"),
        ({"lines": LINES, "methods": ["cash"]}, "invalid_body"),
        ({"lines": LINES, "currency": "USD"}, "currency_unsupported"),
        ({"lines": LINES, "mode": "hold", "hold_days": 6}, "invalid_body"),
        ({"lines": LINES * 26}, "invalid_body"),
    ],
)
def test_a_bill_that_is_none_is_refused_with_a_sentence(shop, body, code):
    answer = shop.cashier.post(f"shops/{shop.id}/orders", body)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert answer.json()["title"]
    assert not Order.objects.exists()


def test_a_wrong_token_opens_nothing_and_a_second_payer_hears_why(city, shop):
    hanako, taro, made = city.resident(yen=1000), city.resident(yen=1000), bill(shop)
    token = order_token(Order.objects.get().pk)
    assert taro.post(f"orders/{made['id']}/open", {"token": "A" * 27}, key=None).status_code == 404
    assert taro.post(f"orders/{made['id']}/open", {}, key=None).status_code == 404
    assert hanako.post(f"orders/{made['id']}/payments", {"token": token, "method": "coin"}).status_code == 201
    late = taro.post(f"orders/{made['id']}/payments", {"token": token, "method": "coin"}, language="en")
    assert (late.status_code, late.json()["code"]) == (409, "order_not_open")
    assert late.json()["title"] == "This order has been paid, or has already ended."
    assert (taro.balance(), OrderPayment.objects.count()) == (1000, 1)


def test_a_city_without_a_card_company_offers_coins_alone(city, shop, settings):
    hanako, made = city.resident(yen=1000), bill(shop)
    settings.DEMO, settings.STRIPE = False, settings.STRIPE | {"key": ""}
    token = made["link"].partition("#")[2]
    assert hanako.post(f"orders/{made['id']}/open", {"token": token}, key=None).json()["methods"] == ["coin"]
    answer = hanako.post(f"orders/{made['id']}/payments", {"token": token, "method": "card"})
    assert (answer.status_code, answer.json()["code"]) == (404, "cards_not_offered")


def test_what_one_ordered_is_in_ones_copy(city, shop):
    hanako, made = city.resident(yen=1000), bill(shop)
    hanako.post(f"orders/{made['id']}/payments", {"token": made["link"].partition("#")[2], "method": "coin"})
    names = [part.path for part in parts_about(hanako.resident_id, at=clock.now())]
    assert "wallet/orders.json" in names
