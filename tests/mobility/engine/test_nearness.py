"""How near a way comes to what is closed: lines, areas, points, and what is made of them."""

import pytest

from mobility.engine.nearness import box_of, metres_to

METRE = 1 / 111_195.08
WAY = [(32.0, 130.0), (32.0, 130.0 + 100 * METRE)]  # 85 metres eastwards


def at(east_m, north_m):
    """A position as GeoJSON has it, so many metres from where the way begins."""
    return [130.0 + east_m * METRE / 0.848048, 32.0 + north_m * METRE]


SQUARE = [at(20, -20), at(60, -20), at(60, 20), at(20, 20), at(20, -20)]
FAR_SQUARE = [at(20, 50), at(60, 50), at(60, 90), at(20, 90), at(20, 50)]


@pytest.mark.parametrize(
    ("geometry", "metres"),
    [
        ({"type": "Point", "coordinates": at(40, 30)}, 30),
        ({"type": "Point", "coordinates": [*at(-40, 0), 12.5]}, 40),
        ({"type": "LineString", "coordinates": [at(0, 10), at(80, 70)]}, 8),
        ({"type": "LineString", "coordinates": [at(40, -50), at(40, 50)]}, 0),
        ({"type": "Polygon", "coordinates": [SQUARE]}, 0),
        ({"type": "Polygon", "coordinates": [FAR_SQUARE]}, 50),
        ({"type": "MultiPolygon", "coordinates": [[FAR_SQUARE], [SQUARE]]}, 0),
        ({"type": "MultiPoint", "coordinates": [at(0, 90), at(80, 45)]}, 45),
        ({"type": "GeometryCollection", "geometries": [{"type": "Point", "coordinates": at(40, 25)}]}, 25),
    ],
)
def test_the_least_distance_is_told(geometry, metres):
    assert metres_to(WAY, geometry, 100) == pytest.approx(metres, abs=2.6)  # a way is looked at every five metres


def test_a_way_within_an_area_enters_it_and_a_hole_is_not_in_it():
    around = [at(-50, -50), at(150, -50), at(150, 50), at(-50, 50), at(-50, -50)]
    assert metres_to(WAY, {"type": "Polygon", "coordinates": [around]}, 100) == 0
    hole = [at(-20, -20), at(120, -20), at(120, 20), at(-20, 20), at(-20, -20)]
    assert metres_to(WAY, {"type": "Polygon", "coordinates": [around, hole]}, 100) == pytest.approx(20, abs=1)


def test_what_is_far_is_not_measured():
    assert metres_to(WAY, {"type": "Point", "coordinates": at(40, 130)}, 100) == float("inf")
    assert box_of({"type": "Polygon", "coordinates": [SQUARE]}) == pytest.approx(
        (at(0, -20)[1], at(20, 0)[0], at(0, 20)[1], at(60, 0)[0])
    )
