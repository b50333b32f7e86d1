"""Whole units of one currency, and nothing else passes for money."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.money import MOST, Amount, CurrencyMismatch, Money

amounts = st.integers(-(2**40), 2**40)


@given(amounts, amounts)
def test_sums_are_exact(one, other):
    assert Money(one, "JPY") + Money(other, "JPY") == Money(one + other, "JPY")
    assert Money(one, "JPY") - Money(other, "JPY") == Money(one - other, "JPY")


@pytest.mark.parametrize("amount", [True, 1.0, 1.5, "1", None, MOST + 1, -MOST - 1, float("nan")])
def test_what_is_no_whole_amount_is_refused(amount):
    with pytest.raises(ValueError, match="not an amount"):
        Money(amount, "JPY")


def test_a_sum_beyond_what_json_keeps_exact_is_refused():
    with pytest.raises(ValueError, match="not an amount"):
        Money(MOST, "JPY") + Money(1, "JPY")


@pytest.mark.parametrize("act", ["__add__", "__sub__", "__lt__", "__le__", "__gt__", "__ge__"])
def test_two_currencies_do_not_meet(act):
    with pytest.raises(CurrencyMismatch):
        getattr(Money(1, "JPY"), act)(Money(1, "KJC"))


def test_amounts_of_one_currency_compare():
    assert Money(1, "JPY") < Money(2, "JPY") <= Money(2, "JPY")
    assert max(Money(1, "JPY"), Money(3, "JPY"), Money(2, "JPY")) == Money(3, "JPY")
    assert Money(1, "JPY") != Money(1, "KJC")


class Payment(msgspec.Struct):
    amount: Amount


@pytest.mark.parametrize("text", ["1", "500", str(MOST)])
def test_an_amount_is_read(text):
    assert msgspec.json.decode(f'{{"amount": {text}}}', type=Payment).amount == int(text)


@pytest.mark.parametrize(
    "text",
    ["0", "-1", "1.5", "1.0", "1e3", "true", "null", '"1"', "NaN", "Infinity", str(MOST + 1), str(2**63), "１２", "01"],
)
def test_what_is_no_amount_is_not_read(text):
    with pytest.raises(msgspec.DecodeError):
        msgspec.json.decode(f'{{"amount": {text}}}', type=Payment)
