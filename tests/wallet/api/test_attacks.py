"""What somebody would try at the doors to pay less, get more back, or spend beyond a limit; each leaves the books as they were.

Refunds after settlement, of couponed payments, roundings and frozen accounts have their stories in ``settlement/``, ``coupons/``
and ``freezing/``; forged news of the card company in ``cards/test_events.py``.
"""

from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.test import override_settings

from kernel import clock
from tests.wallet.town import amount_of
from wallet import errors, services
from wallet.engine.emvco import checksum, parse


def edited(code: str, **objects: str) -> str:
    """Draw a code anew with other data objects (``o54="1"``), and with the checksum that belongs to it."""
    written, rest = {}, code
    while rest:
        identifier, length = rest[:2], int(rest[2:4])
        written[identifier], rest = rest[4 : 4 + length], rest[4 + length :]
    written |= {name[1:]: value for name, value in objects.items()}
    written.pop("63")
    text = "".join(f"{name}{len(value):02}{value}" for name, value in sorted(written.items())) + "6304"
    return text + checksum(text)


def test_a_charges_picture_with_another_amount_and_a_right_checksum_costs_what_the_shop_asked(city) -> None:
    hanako, shop = city.resident(yen=3000), city.shop()
    charge = shop.cashier.post(f"shops/{shop.id}/charges", {"amount": 520}).json()
    cheaper = edited(charge["code"], o54="1")
    assert parse(cheaper).values["54"] == "1"  # a whole code, as any wallet reads it
    assert hanako.post("codes/read", {"payload": cheaper}).json()["amount"] == 520
    refused = hanako.post("payments", {"code": cheaper, "amount": 1})
    assert (refused.status_code, refused.json()["code"]) == (422, "amount_fixed")
    assert hanako.post("payments", {"code": cheaper}).json()["amount"] == 520
    assert hanako.balance() == 2480


def test_an_amount_written_into_a_counters_code_binds_nobody(city) -> None:
    hanako, shop = city.resident(yen=3000), city.shop()
    dearer = edited(shop.code, o01="12", o54="2999")
    assert hanako.post("codes/read", {"payload": dearer}).json()["amount"] is None
    unsaid = hanako.post("payments", {"code": dearer})
    assert (unsaid.status_code, unsaid.json()["code"]) == (422, "amount_required")
    assert hanako.post("payments", {"code": dearer, "amount": 300}).json()["amount"] == 300


def test_a_code_with_another_shops_name_pays_the_shop_behind_it_and_says_so(city) -> None:
    hanako, shop = city.resident(yen=3000), city.shop()
    renamed = edited(shop.code, o59="SOMEBODY ELSE")
    read = hanako.post("codes/read", {"payload": renamed}).json()
    assert (read["shop"]["id"], read["shop"]["name_en"]) == (str(shop.id), "Mihon Shokudo")
    template = parse(shop.code).templates["26"]
    forged = f"00{len(template['00']):02}{template['00']}01{len(template['01']):02}{template['01'][::-1]}"
    unknown = hanako.post("payments", {"code": edited(shop.code, o26=forged), "amount": 300})
    assert (unknown.status_code, unknown.json()["code"]) == (404, "code_unknown")
    assert hanako.balance() == 3000


def test_another_shop_neither_sees_nor_refunds_nor_voids_a_payment(city) -> None:
    hanako, shop, other = city.resident(yen=3000), city.shop(), city.shop()
    receipt = hanako.post("payments", {"code": shop.code, "amount": 500}).json()
    for who in (other.cashier, other.manager, hanako):
        for deed, body in (("refunds", {"amount": 500}), ("void", None)):
            answer = who.post(f"payments/{receipt['id']}/{deed}", body)
            assert answer.status_code == 404, (deed, answer.json())
    assert hanako.balance() == 2500


@pytest.mark.parametrize("pay", [services.pay, services.pay_at_once], ids=["explained", "at_once"])
def test_the_days_limit_turns_over_at_midnight_and_a_refund_of_yesterday_makes_no_room_today(town, pay) -> None:
    town.at = datetime(2026, 11, 3, 14, 59, 59, 999_000, tzinfo=UTC)  # 23:59:59.999 in Japan
    yuki, shop = town.resident(yen=30_000), town.till()
    with override_settings(COIN=settings.COIN | {"per_day": 5000}):
        before = pay(town.act(yuki), code=shop.code, amount=5000)
        with pytest.raises(errors.LimitPerDay):
            pay(town.act(yuki), code=shop.code, amount=1)
        town.at = datetime(2026, 11, 3, 15, 0, tzinfo=UTC)
        assert clock.jst_date(town.at).day == 4
        pay(town.act(yuki), code=shop.code, amount=4000)
        services.refund_payment(town.act(shop.cashier), payment_id=before.id, amount=5000)
        with pytest.raises(errors.LimitPerDay):
            pay(town.act(yuki), code=shop.code, amount=1001)
        pay(town.act(yuki), code=shop.code, amount=1000)
    assert amount_of(yuki.account) == 25_000
