"""Coins that come back or in are told to whose they are; a payment is not, its receipt is there at once."""

from uuid import UUID

import pytest

from accounts.services.closing import let_go
from kernel import clock
from kernel.principal import SYSTEM
from kernel.use_case import Act
from wallet.selectors.accounts import holder_of
from wallet.services.merging import succeed

MESSAGES = "/api/v1/accounts/messages"


def told(who, language="ja"):
    """Return the (title, body, link) of what the wallet told, the oldest first."""
    rows = who.get(MESSAGES, language=language).json()["results"]
    return [(each["title"], each["body"], each["link"]) for each in reversed(rows) if each["category"] == "wallet"]


def pay(who, shop, amount):
    answer = who.post("payments", {"code": shop.code, "amount": amount})
    assert answer.status_code == 201, answer.content
    return answer.json()["id"]


def test_a_refund_is_told_once_and_leads_to_the_receipt(city):
    hanako, shop = city.resident(yen=5_000), city.shop()
    payment_id = pay(hanako, shop, 1_500)
    assert told(hanako) == []

    for _again in range(2):
        assert (
            shop.cashier.post(f"payments/{payment_id}/refunds", {"amount": 1_200}, key="the-same-key").status_code
            == 201
        )
    shop.cashier.post(f"payments/{payment_id}/refunds", {"amount": 9_000})

    assert told(hanako) == [
        (
            "1,200円が戻りました",
            "「見本食堂」でのお支払いから、1,200円分のコインが戻りました。使える期限は、もとのコインと同じです。",
            f"/pay/receipts/{payment_id}",
        )
    ]
    assert told(hanako, "en")[0][0] == "1,200 yen came back to you"
    assert "at Mihon Shokudo" in told(hanako, "en")[0][1]
    assert told(shop.cashier) == []


def test_a_payment_cancelled_on_its_day_is_told_too(city):
    hanako, shop = city.resident(yen=5_000), city.shop()
    payment_id = pay(hanako, shop, 300)
    assert shop.cashier.post(f"payments/{payment_id}/void", {}).status_code == 201
    assert [title for title, *_rest in told(hanako)] == ["300円が戻りました"]


def test_cash_handed_over_is_told_by_where(city):
    hanako, shop, (officer, _administrator) = city.resident(yen=1), city.shop(), city.city_office()
    code = hanako.code()
    for _again in range(2):
        body = {"customer_code": code, "amount": 3_000}
        assert officer.post("top_ups", body, key="the-same-key").status_code == 201
    body = {"customer_code": hanako.code(), "amount": 500}
    assert shop.cashier.post(f"shops/{shop.id}/top_ups", body).status_code == 201
    assert [(title, body[:6], link) for title, body, link in told(hanako)] == [
        ("3,000円をチャージしました", "「市の窓口」", "/pay/history"),
        ("500円をチャージしました", "「見本食堂」", "/pay/history"),
    ]
    assert told(hanako, "en")[0][1].startswith("Cash was turned into coins at the city's counter.")


def test_a_refund_after_two_ids_became_one_reaches_who_is_left(city):
    before, after, shop = city.resident(yen=5_000), city.resident(yen=1), city.shop()
    payment_id = pay(before, shop, 800)
    succeed(Act(SYSTEM, at=clock.now()), survivor_id=after.resident_id, merged_id=before.resident_id)
    shop.cashier.post(f"payments/{payment_id}/refunds", {"amount": 800})
    assert [title for title, *_rest in told(after)] == ["800円が戻りました"]


@pytest.mark.parametrize("kind", ["shop", "closed"])
def test_nobody_is_found_behind_a_shop_or_a_closed_account(city, kind):
    hanako, shop = city.resident(yen=700), city.shop()
    account = UUID(str(shop.account)) if kind == "shop" else hanako.account
    if kind == "closed":
        pay(hanako, shop, 700)
        let_go(Act(SYSTEM, at=clock.now()), resident_id=hanako.resident_id)
    assert holder_of(account) is None
