"""The town's outline: which places lie in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wallet.engine.area import Corner, is_inside, read_area

SQUARE = read_area("32,130 33,130 33,131 32,131")
STAR = read_area("0,0 4,1 1,1 2,4 0.5,1.5")  # it bends inwards


def test_an_outline_is_read_to_the_millionth_also_south_and_west_of_nothing() -> None:
    assert read_area("-0.000001,-0.5 32.3,130.7 1,2.25")[:2] == (Corner(-1, -500_000), Corner(32_300_000, 130_700_000))
    assert read_area("") == ()


@pytest.mark.parametrize(
    "text", ["32,130", "32,130 33,130", "32.130.5", "a,b c,d e,f", "91,0 0,0 1,1", "32;130 1,1 2,2"]
)
def test_what_is_no_outline_is_refused(text) -> None:
    with pytest.raises(ValueError, match="outline"):
        read_area(text)


@pytest.mark.parametrize(
    ("area", "place", "inside"),
    [
        (SQUARE, (32_500_000, 130_500_000), True),
        (SQUARE, (31_999_999, 130_500_000), False),
        (SQUARE, (32_500_000, 131_000_001), False),
        (SQUARE, (33_500_000, 130_500_000), False),
        (STAR, (1_000_000, 900_000), True),
        (STAR, (3_000_000, 900_000), True),
        (STAR, (3_000_000, 1_200_000), False),
        ((), (0, 0), True),
    ],
)
def test_places_lie_inside_or_not(area, place, inside) -> None:
    assert is_inside(area, *place) is inside
    assert is_inside(area[::-1], *place) is inside


@given(st.integers(31_000_000, 34_000_000), st.integers(129_000_000, 132_000_000))
def test_of_a_square_it_is_known_otherwise(latitude, longitude) -> None:
    inside = 32_000_000 < latitude < 33_000_000 and 130_000_000 < longitude < 131_000_000
    on_edge = latitude in (32_000_000, 33_000_000) or longitude in (130_000_000, 131_000_000)
    assert on_edge or is_inside(SQUARE, latitude, longitude) is inside
