"""What a text is, before anybody looks it up."""

from dataclasses import replace

import pytest

from tests.wallet.engine.test_emvco import BAKERY, with_checksum
from wallet.engine.codes import City, NotOurs, Scanned, Typed, Why, understand, write_customer_code
from wallet.engine.emvco import build
from wallet.engine.numbers import whole

HITOYOSHI = City(code="432032", domain="jp.machi.432032")
TOKEN = "abcDEF012_-ghiJKL345mnoPQRs"


def test_a_shop_code_gives_its_token_and_nothing_else() -> None:
    assert understand(build(BAKERY) + "\n", HITOYOSHI) == Scanned(TOKEN, by_customer=False)
    assert understand(build(replace(BAKERY, amount=520)), HITOYOSHI) == Scanned(TOKEN, by_customer=False)


def test_our_template_is_found_in_a_code_shared_with_other_wallets() -> None:
    others = "27" + "26" + "0007com.pay" + "0111" + "1" * 11
    shared = with_checksum(build(replace(BAKERY, account_id="33"))[:-8] + others)
    assert understand(shared, HITOYOSHI) == Scanned(TOKEN, by_customer=False)


def test_a_customers_code_goes_there_and_back() -> None:
    assert understand(write_customer_code(TOKEN, HITOYOSHI), HITOYOSHI) == Scanned(TOKEN, by_customer=True)


@pytest.mark.parametrize("length", [8, 10, 12])
def test_a_number_is_known_by_its_length(length: int) -> None:
    assert understand(" ".join(whole(4711, length)), HITOYOSHI) == Typed(whole(4711, length))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", Why.NOT_A_CODE),
        ("https://example.jp/pay", Why.NOT_A_CODE),
        ("12345", Why.NOT_A_CODE),
        ("12345678", Why.MISTYPED),
        (build(BAKERY)[:-1] + "g", Why.DAMAGED),
        (build(replace(BAKERY, domain="jp.machi.442011")), Why.OTHER_CITY),
        (build(replace(BAKERY, domain="jp.or.paymentsjapan")), Why.OTHER_WALLET),
        (build(replace(BAKERY, token="short")), Why.DAMAGED),
        (write_customer_code(TOKEN, City("442011", "jp.machi.442011")), Why.OTHER_CITY),
        ("machi:432032:", Why.DAMAGED),
        (with_checksum(build(BAKERY)[:-8].replace("5303392", "5303840")), Why.OTHER_CURRENCY),
    ],
)
def test_what_this_city_cannot_use_is_named(text: str, why: Why) -> None:
    with pytest.raises(NotOurs) as refusal:
        understand(text, HITOYOSHI)
    assert refusal.value.why is why
