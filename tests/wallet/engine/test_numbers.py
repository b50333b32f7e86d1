"""Numbers typed by hand: a slip is seen before it is taken for a guess."""

from hypothesis import given
from hypothesis import strategies as st

from wallet.engine.numbers import check_digit, grouped, holds, typed, whole


def test_the_check_digit_is_the_published_one() -> None:
    assert check_digit("572") == "4"


@given(st.integers(0, 10**11 - 1))
def test_one_wrong_digit_or_two_swapped_are_seen(value: int) -> None:
    number = whole(value, 12)
    assert len(number) == 12
    assert holds(number)
    for place, right in enumerate(number):
        for digit in "0123456789":
            assert holds(number[:place] + digit + number[place + 1 :]) == (digit == right)
    for place in range(11):
        one, other = number[place : place + 2]
        assert holds(number[:place] + other + one + number[place + 2 :]) == (one == other)


def test_people_type_in_their_own_way() -> None:
    assert typed("１２３４ 5678－ 9012") == "123456789012"
    assert typed(" 1234-5678‐9012 ") == "123456789012"
    assert typed("1234a") is None
    assert typed("") is None
    assert typed("١٢٣") is None


def test_a_number_is_printed_in_fours() -> None:
    assert grouped("123456789012") == "1234 5678 9012"
    assert grouped("12345678") == "1234 5678"
