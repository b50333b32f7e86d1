"""Keys sort by time, receipt numbers survive being read aloud, secrets are stored as hashes."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.ids import is_receipt_number, new_id, receipt_number, secret_token, token_hash

SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
numbers = st.builds(receipt_number)


def test_a_key_is_a_version_7_uuid_of_its_millisecond():
    at = datetime(2026, 11, 21, 12, 34, 56, 789_123, tzinfo=UTC)
    key = new_id(at)
    assert (key.version, key.variant) == (7, "specified in RFC 4122")
    assert key.int >> 80 == 1795264496789


@given(st.integers(0, 4_000_000_000_000_000))
def test_the_millisecond_is_exact_for_every_instant(microseconds):
    at = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=microseconds)
    assert new_id(at).int >> 80 == microseconds // 1000


def test_keys_of_one_instant_differ_and_later_ones_sort_behind():
    at = datetime(2026, 11, 21, tzinfo=UTC)
    keys = {new_id(at) for _ in range(1000)}
    assert len(keys) == 1000
    assert max(keys) < new_id(at + timedelta(milliseconds=1))


@given(numbers)
def test_a_receipt_number_is_well_formed_and_known_again(number):
    assert len(number) == 11
    assert number[5] == "-"
    assert is_receipt_number(number)
    assert is_receipt_number(number.lower().replace("-", ""))


@given(numbers, st.integers(0, 9), st.sampled_from(SIGNS))
def test_one_misread_sign_is_found(number, place, sign):
    signs = list(number.replace("-", ""))
    if signs[place] != sign:
        signs[place] = sign
        assert not is_receipt_number("".join(signs))


@given(numbers, st.integers(0, 8))
def test_two_swapped_neighbours_are_found(number, place):
    signs = list(number.replace("-", ""))
    if signs[place] != signs[place + 1]:
        signs[place], signs[place + 1] = signs[place + 1], signs[place]
        assert not is_receipt_number("".join(signs))


@pytest.mark.parametrize(
    "text", ["", "ABCDE", "ABCDE-ABCD", "OOOOO-IIIII", "１２３４５-１２３４５", "ABCDE-ABCDE-A", "-" * 11]
)
def test_what_is_no_receipt_number_is_refused(text):
    assert not is_receipt_number(text)


def test_a_secret_has_the_bits_it_promises_and_is_kept_as_its_hash():
    token = secret_token(160)
    assert len(token) == 27  # 20 bytes in base64
    assert secret_token() != secret_token()
    assert token_hash("abc").hex() == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
