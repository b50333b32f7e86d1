"""Numbers as people in Japan type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.engine.devices import device_name
from accounts.engine.telephone import Fault, NumberRefused, normalise
from tests.accounts.phones import CHROME_ON_ANDROID, SAFARI_ON_IPHONE


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("09012345678", "+819012345678"),
        ("090-1234-5678", "+819012345678"),
        ("０９０ー１２３４ー５６７８", "+819012345678"),
        (" (090) 1234 5678 ", "+819012345678"),
        ("+81 90 1234 5678", "+819012345678"),
        ("+81 (0)90-1234-5678", "+819012345678"),
        ("060-1234-5678", "+816012345678"),
        ("+1 (202) 555-0123", "+12025550123"),
        ("＋４４ ７９１１ １２３４５６", "+447911123456"),
    ],
)
def test_a_number_is_read(typed, number):
    assert normalise(typed) == number
    assert normalise(number) == number


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("0966-22-2111", Fault.NO_SMS),
        ("03-1234-5678", Fault.NO_SMS),
        ("050-1234-5678", Fault.NO_SMS),
        ("020-1234-5678", Fault.NO_SMS),
        ("+81 3 1234 5678", Fault.NO_SMS),
        ("110", Fault.UNREADABLE),
        ("", Fault.UNREADABLE),
        ("090-1234-567", Fault.UNREADABLE),
        ("090-1234-56789", Fault.UNREADABLE),
        ("+0 90 1234 5678", Fault.UNREADABLE),
        ("+1234567890123456", Fault.UNREADABLE),
        ("hanako@example.com", Fault.UNREADABLE),
        ("٠٩٠١٢٣٤٥٦٧٨", Fault.UNREADABLE),
    ],
)
def test_a_number_is_refused_with_its_reason(typed, fault):
    with pytest.raises(NumberRefused) as refused:
        normalise(typed)
    assert refused.value.fault is fault


@given(st.text(max_size=40))
def test_whatever_is_typed_becomes_e164_or_is_refused(typed):
    try:
        number = normalise(typed)
    except NumberRefused:
        return
    assert number[0] == "+"
    assert number[1:].isascii()
    assert number[1:].isdigit()
    assert 8 <= len(number) - 1 <= 15


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (CHROME_ON_ANDROID, "Chrome · Android"),
        (SAFARI_ON_IPHONE, "Safari · iPhone"),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/141 Safari/537.36 Edg/141",
            "Edge · Windows",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox · Linux"),
        ("Machi/1 (iPhone)", "iPhone"),
        ("curl/8", ""),
    ],
)
def test_a_device_is_named_as_its_owner_knows_it(user_agent, name):
    assert device_name(user_agent) == name
