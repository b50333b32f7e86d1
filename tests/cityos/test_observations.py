"""Which observation stands, and where a thing lies."""

import random
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cityos.engine.observations import Observation, newer
from cityos.engine.places import Box, box_around

NOON = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)


def seen(value, seconds=0):
    return Observation(value=value, observed_at=NOON + timedelta(seconds=seconds))


def test_a_later_observation_replaces_an_earlier_one_and_never_the_other_way():
    held = {"status": seen("open", 10)}
    assert newer(held, {"status": seen("closed", 11)}) == {"status": seen("closed", 11)}
    assert newer(held, {"status": seen("closed", 9)}) == {}


def test_the_same_observation_again_changes_nothing():
    held = {"status": seen("open", 10)}
    assert newer(held, {"status": seen("open", 10)}) == {}


def test_attributes_are_judged_one_by_one():
    held = {"status": seen("open", 10), "depth_mm": seen(40, 30)}
    news = newer(held, {"status": seen("closed", 20), "depth_mm": seen(10, 20), "cause": seen("flood", 0)})
    assert set(news) == {"status", "cause"}


@given(st.lists(st.integers(min_value=0, max_value=1000), min_size=1, unique=True), st.randoms(use_true_random=False))
def test_the_order_of_arrival_does_not_matter(seconds: list[int], order: random.Random):
    arrivals = [seen(second, second) for second in seconds]
    order.shuffle(arrivals)
    held: dict[str, Observation] = {}
    for observation in arrivals:
        held |= newer(held, {"level_mm": observation})
    assert held["level_mm"].value == max(seconds)


def test_a_point_is_a_box_without_extent():
    assert box_around({"type": "Point", "coordinates": [130.754812, 32.216704]}) == Box(
        130_754_812, 32_216_704, 130_754_812, 32_216_704
    )


def test_a_closed_stretch_of_road_has_the_box_around_its_line():
    road = {"type": "LineString", "coordinates": [[130.75, 32.22], [130.77, 32.21], [130.76, 32.23, 105.0]]}
    assert box_around(road) == Box(130_750_000, 32_210_000, 130_770_000, 32_230_000)


def test_a_district_is_boxed_ring_by_ring():
    square = [[130, 32], [131, 32], [131, 33], [130, 33], [130, 32]]
    assert box_around({"type": "MultiPolygon", "coordinates": [[square]]}) == Box(
        130_000_000, 32_000_000, 131_000_000, 33_000_000
    )


@pytest.mark.parametrize(
    "geometry",
    [
        None,
        "130.75,32.21",
        {"type": "Circle", "coordinates": [130, 32]},
        {"type": "Point"},
        {"type": "Point", "coordinates": []},
        {"type": "Point", "coordinates": ["130", "32"]},
        {"type": "Point", "coordinates": [True, False]},
        {"type": "Point", "coordinates": [32.2, 130.7]},
        {"type": "Point", "coordinates": [[130, 32]]},
        {"type": "LineString", "coordinates": [130, 32]},
        {"type": "LineString", "coordinates": []},
        {"type": "Point", "coordinates": [float("nan"), 32]},
    ],
)
def test_what_is_no_place_on_the_globe_is_refused(geometry):
    with pytest.raises(ValueError):  # noqa: PT011 - whatever is wrong in the data is one kind of fault
        box_around(geometry)
