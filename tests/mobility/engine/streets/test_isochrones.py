"""Where one can be in so many minutes: the shapes are right, nested, and end where the time does."""

import random
from itertools import pairwise

import numpy as np
import pytest

from mobility.engine.streets import PROFILES, Straight, StreetMap, Targets, Town, as_geojson, bands_of
from mobility.engine.streets.cells import Cells, shapes_of
from mobility.engine.streets.closures import Closure
from tests.mobility.engine.streets.porto_alegre import CATHEDRAL, town
from tests.mobility.engine.streets.small_map import at, streets_of
from tests.mobility.feeds import needs_open_data

WALK = PROFILES["walk"]
UNIT = Cells(0.0, 0.0, 1.0, 1.0, 9, 9, 1.0)


def holds(shapes, x, y):
    """Tell whether a point lies in a shape, and in none of its holes, counting sides to the east."""

    def within(ring):
        sides = pairwise(ring)
        return sum(a == c and a > x and min(b, d) < y < max(b, d) for (a, b), (c, d) in sides) % 2 == 1

    return any(within(shape[0]) and not any(within(hole) for hole in shape[1:]) for shape in shapes)


def area(ring):
    return sum(a * d - c * b for (a, b), (c, d) in pairwise(ring)) / 2


def test_a_ring_of_cells_has_a_hole_and_in_it_another_shape():
    cells = np.zeros((9, 9), dtype=bool)
    cells[1:8, 1:8] = True
    cells[2:7, 2:7] = False
    cells[4, 4] = True
    shapes = sorted(shapes_of(cells, UNIT), key=len)
    assert shapes[0] == [[(5, 4), (5, 5), (4, 5), (4, 4), (5, 4)]]
    assert [area(ring) for ring in shapes[1]] == [49, -25]


def test_cells_that_touch_at_a_corner_are_two_shapes():
    shapes = shapes_of(np.eye(4, dtype=bool), UNIT)
    assert [[area(ring) for ring in shape] for shape in shapes] == [[1]] * 4
    assert shapes_of(np.zeros((3, 3), dtype=bool), UNIT) == []


def test_any_pattern_comes_back_cell_by_cell():
    dice = random.Random(9)
    for share in (0.3, 0.5, 0.7):
        cells = np.array([[dice.random() < share for _ in range(30)] for _ in range(25)])
        shapes = shapes_of(cells, UNIT._replace(rows=25, columns=30))
        told = [[holds(shapes, column + 0.5, row + 0.5) for column in range(30)] for row in range(25)]
        np.testing.assert_array_equal(cells, told)
        assert sum(area(ring) for shape in shapes for ring in shape) == cells.sum()
        assert all(ring[0] == ring[-1] for shape in shapes for ring in shape)


def test_without_a_map_a_band_is_a_disc():
    begin = Targets.of([(32.2, 130.75)])
    bands = bands_of(Straight(1.3), begin, np.array([0]), WALK, 900, side_m=20)
    assert [band.seconds for band in bands] == [300, 600, 900]
    for band in bands:
        ((ring,),) = band.shapes
        degrees = area(ring) * np.cos(np.radians(32.2))
        radius = band.seconds * 1.333 / 1.3
        assert degrees * 111_195**2 == pytest.approx(np.pi * radius**2, rel=0.06)


def test_along_a_street_and_a_little_beside_it(tmp_path):
    streets = streets_of(tmp_path, {"A": (0, 0), "B": (2000, 0)}, [("A B", {"highway": "residential"})])
    begin = Targets.of([at(100, 0), at(1500, 0)])
    for town_, far in ((streets, False), (Town(streets, Straight()), False), (Straight(), True)):
        bands = bands_of(town_, begin, np.array([0, 240]), WALK, 300, side_m=47)
        assert len(bands) == 1
        reached = [holds(bands[0].shapes, *at(east, north)[::-1]) for east, north in
                   ((100, 0), (450, 0), (560, 0), (1520, 0), (1650, 0), (100, 250))]  # fmt: skip
        assert reached == [True, not far, False, True, False, far], town_


def test_what_is_closed_is_not_reached(tmp_path):
    nodes = {"A": (0, 0), "B": (200, 0), "C": (400, 0)}
    ways = [("A B", {"highway": "residential", "name": "一"}), ("B C", {"highway": "residential", "name": "二"})]
    streets = streets_of(tmp_path, nodes, ways)
    shut = streets.with_closures([Closure({"type": "Point", "coordinates": [*at(300, 0)[::-1]]})])
    for each, is_reached in ((streets, True), (shut, False)):
        bands = bands_of(each, Targets.of([at(10, 0)]), np.array([0]), WALK, 600, side_m=40)
        assert holds(bands[1].shapes, *at(380, 0)[::-1]) is is_reached


def test_nothing_in_time_has_no_shape():
    assert bands_of(Straight(), Targets.of([(32.2, 130.75)]), np.array([4000]), WALK, 900) == []


@needs_open_data
def test_bands_of_a_town_are_nested_and_hold_what_is_reached():
    streets: StreetMap = town()
    dice = np.random.default_rng(3)
    places = Targets(CATHEDRAL[0] + dice.normal(0, 0.006, 300), CATHEDRAL[1] + dice.normal(0, 0.006, 300))
    bands = bands_of(streets, Targets.of([CATHEDRAL]), np.array([0]), WALK, 1200)
    told = streets.reach(*CATHEDRAL, WALK, 1200, places)
    seconds = dict(zip(told.target.tolist(), told.seconds.tolist(), strict=True))
    assert len(seconds) > 100
    before = 0.0
    for band in bands:
        covered = sum(area(ring) for shape in band.shapes for ring in shape)
        assert covered > before
        before = covered
        for n, needed in seconds.items():
            off_m = streets.snapped((places.lat[n], places.lon[n]), WALK).off_cm[0] / 100
            if (
                off_m < 90 and needed <= band.seconds - 90
            ):  # a cell beside the street, and as long as it takes across one
                assert holds(band.shapes, places.lon[n], places.lat[n]), (n, needed)
    assert not holds(bands[0].shapes, CATHEDRAL[1] + 0.02, CATHEDRAL[0])


def test_as_geojson_the_widest_is_first():
    told = as_geojson(bands_of(Straight(), Targets.of([(32.2, 130.75)]), np.array([0]), WALK, 600), "© somebody")
    assert [feature["properties"]["minutes"] for feature in told["features"]] == [10, 5]
    assert {feature["geometry"]["type"] for feature in told["features"]} == {"MultiPolygon"}
    assert told["attribution"] == "© somebody"
