"""A few streets written for the purpose: who may go where, what closes, where one is set down, what a way tells."""

import numpy as np
import pytest

from mobility.engine.streets import PROFILES, Closure, Gap, NoPlace, StreetMap, Targets
from mobility.engine.streets.access import CAR
from tests.mobility.engine.streets.small_map import at, streets_of

WALK, WHEELCHAIR, STEP_FREE = PROFILES["walk"], PROFILES["wheelchair"], PROFILES["step_free"]
GENTLE, BICYCLE, CAR_RIDE = PROFILES["gentle"], PROFILES["bicycle"], PROFILES["car"]
STREET = {"highway": "residential", "name": "本町通り", "name:en": "Honmachi St.", "surface": "asphalt"}
# A ──100── B ──100── C      north is up; the short way from B to E is by stairs
# │         ╎ steps   │
# D ──100── E ──100── F
NODES = {
    "A": (0, 100), "B": (100, 100), "C": (200, 100), "D": (0, 0), "E": (100, 0), "F": (200, 0), "M": (50, 100),
}  # fmt: skip
RING = [("A M B C", STREET), ("A D", STREET), ("D E F", STREET), ("C F", STREET)]


def town(path, *ways, nodes=None, ring=RING):
    return streets_of(path, NODES | (nodes or {}), [*ring, *ways])


def seconds(streets, start, end, profile):
    way = streets.way(start, end, profile)
    return way.reason if isinstance(way, Gap) else way.seconds


B, E, A, C = at(100, 100), at(100, 0), at(0, 100), at(200, 100)


def test_stairs_are_walked_slowly_and_never_by_a_wheelchair(tmp_path):
    streets = town(tmp_path, ("B E", {"highway": "steps"}))
    assert seconds(streets, B, E, WALK) == pytest.approx(100 / 0.7, abs=1)
    for profile, speed in ((WHEELCHAIR, 1.0), (STEP_FREE, 1.2)):
        assert seconds(streets, B, E, profile) == pytest.approx(300 / speed, abs=1)
        assert "steps" not in {step.kind for step in streets.way(B, E, profile).steps}
    ramp = town(tmp_path, ("B E", {"highway": "steps", "ramp:wheelchair": "yes", "surface": "concrete"}))
    assert seconds(ramp, B, E, WHEELCHAIR) == pytest.approx(100, abs=1)


@pytest.mark.parametrize(
    ("tags", "is_open"),
    [
        ({"surface": "asphalt"}, True),
        ({"surface": "gravel"}, False),
        ({"surface": "gravel", "wheelchair": "yes"}, True),
        ({"surface": "sett", "smoothness": "very_bad"}, False),
        ({"surface": "asphalt", "width": "0.6"}, False),
        ({"surface": "asphalt", "incline": "12%"}, False),
        ({"surface": "asphalt", "incline": "-5%"}, True),
        ({"surface": "asphalt", "wheelchair": "no"}, False),
        ({"footway": "crossing", "kerb": "raised", "surface": "asphalt"}, False),
        ({"footway": "crossing", "kerb": "lowered", "surface": "asphalt"}, True),
        ({"access": "private"}, False),
    ],
)
def test_where_a_wheelchair_passes(tmp_path, tags, is_open):
    streets = town(tmp_path, ("B E", {"highway": "footway"} | tags))
    told = seconds(streets, B, E, WHEELCHAIR)
    assert told < 150 if is_open else told == pytest.approx(300, abs=1)


def test_what_the_map_does_not_tell_is_a_risk_and_worth_a_detour(tmp_path):
    streets = town(tmp_path, ("B E", {"highway": "footway"}))
    way = streets.way(B, E, WHEELCHAIR)
    assert (way.seconds, way.metres, way.risk_m) == (100, 100, 100)
    assert streets.way(B, E, WALK).risk_m == 0
    longer = streets_of(
        tmp_path, {"A": (0, 0), "B": (100, 0), "C": (50, 30)},
        [("A B", {"highway": "footway"}), ("A C B", STREET)],
    )  # fmt: skip
    told = longer.way(at(0, 0), at(100, 0), WHEELCHAIR)
    assert (told.metres, told.risk_m) == (117, 0)  # a sixth longer and known throughout


def test_a_kerb_that_is_raised_or_unknown(tmp_path):
    for kerb, metres, risk in (
        ({"kerb": "raised"}, 300, 0),
        ({"barrier": "kerb"}, 100, 10),
        ({"kerb": "flush"}, 100, 0),
    ):
        paved = {"highway": "footway", "surface": "asphalt"}
        streets = town(tmp_path, ("B K E", paved), nodes={"K": (100, 50, kerb)})
        way = streets.way(B, E, WHEELCHAIR)
        assert (way.metres, way.risk_m) == (metres, risk), kerb
        assert streets.way(B, E, WALK).metres == 100


def test_gates_bollards_and_lifts(tmp_path):
    for node, walk, car in (
        ({"barrier": "bollard"}, 100, 300), ({"barrier": "gate", "access": "private"}, 300, 300),
        ({"barrier": "gate", "access": "private", "foot": "yes"}, 100, 300), ({"barrier": "gate"}, 100, 100),
        ({"barrier": "wall"}, 300, 300),
    ):  # fmt: skip
        streets = town(tmp_path, ("B K E", STREET), nodes={"K": (100, 50, node)})
        assert streets.way(B, E, WALK).metres == walk, node
        assert streets.way(B, E, CAR_RIDE).metres == car, node
    lift = town(tmp_path, ("B K E", STREET), nodes={"K": (100, 50, {"highway": "elevator"})})
    assert seconds(lift, B, E, WALK) == pytest.approx(100 / 1.333 + 40, abs=1)


def test_one_way_for_cars_with_the_bicycle_against_it(tmp_path):
    oneway = STREET | {"oneway": "yes"}
    streets = town(tmp_path, ("B E", oneway))
    assert streets.way(B, E, CAR_RIDE).metres == 100
    assert streets.way(E, B, CAR_RIDE).metres == 300
    assert streets.way(E, B, WALK).metres == 100
    assert streets.way(E, B, BICYCLE).metres == 300
    against = town(tmp_path, ("B E", oneway | {"oneway:bicycle": "no"}))
    assert against.way(E, B, BICYCLE).metres == 100
    arriving = streets.reach(*E, CAR_RIDE, 600, Targets.of([B]), is_arriving=True)
    leaving = streets.reach(*E, CAR_RIDE, 600, Targets.of([B]))
    assert (arriving.metres.tolist(), leaving.metres.tolist()) == ([100], [300])


def test_a_bicycle_is_pushed_on_pavements_and_cars_keep_the_limit(tmp_path):
    pushed = town(tmp_path, ("B E", {"highway": "footway", "surface": "asphalt"}))
    assert seconds(pushed, B, E, BICYCLE) == pytest.approx(300 / 4.17, abs=1)  # riding around is faster than pushing
    near = pushed.way(at(100, 90), at(100, 60), BICYCLE)
    assert near.seconds == pytest.approx(30 / 1.1, abs=1)
    limited = town(tmp_path, ("B E", STREET | {"maxspeed": "20"}))
    assert seconds(limited, B, E, CAR_RIDE) == pytest.approx(100 / (20 / 3.6 * 0.75), abs=1)


def test_who_minds_slopes_takes_the_level_way(tmp_path):
    streets = town(tmp_path, ("B E", STREET | {"incline": "15%"}))
    assert streets.way(E, B, WALK).metres == 100
    assert streets.way(E, B, GENTLE).metres == 300
    up, down = seconds(streets, B, E, WALK), seconds(streets, E, B, WALK)
    assert (up, down) == (pytest.approx(75 * 1.45, abs=1), pytest.approx(75, abs=1))


def test_a_way_tells_streets_turns_and_its_line(tmp_path):
    streets = town(tmp_path, ("B E", {"highway": "steps", "name": "石段"}))
    way = streets.way(at(80, 100), at(100, -30), WALK)
    assert [(s.kind, s.name, s.name_en, s.metres, s.turn_degrees) for s in way.steps] == [
        ("street", "本町通り", "Honmachi St.", 20, 0), ("steps", "石段", "", 100, 90), ("off_street", "", "", 30, 0),
    ]  # fmt: skip
    assert way.line[0] == at(80, 100)
    assert way.line[-1] == at(100, -30)
    assert [way.line[step.first_point] for step in way.steps[1:]] == [pytest.approx(B), pytest.approx(E)]
    assert (way.metres, sum(step.seconds for step in way.steps)) == (150, pytest.approx(way.seconds, abs=2))


def test_a_place_to_itself_and_two_places_on_one_edge(tmp_path):
    streets = town(tmp_path)
    for profile in PROFILES.values():
        here = streets.way(at(33, 107), at(33, 107), profile)
        assert (here.seconds, here.metres, here.steps) == (0, 0, ())
    assert streets.way(at(20, 100), at(83, 100), WALK).metres == 63
    assert streets.way(at(83, 100), at(20, 100), WALK).metres == 63
    assert streets.reach(*at(33, 107), WALK, 0, Targets.of([at(33, 107)])).seconds.tolist() == [0]
    across = streets.way(at(50, 60), at(52, 60), WALK)
    assert (across.metres, across.steps[0].kind) == (2, "off_street")  # nobody walks to the street and back


def test_far_from_every_street_there_is_no_way(tmp_path):
    streets = town(tmp_path)
    sea, edge = at(0, 350), at(0, 299)
    assert streets.way(sea, B, WALK) == Gap("start_off_streets")
    assert streets.way(B, sea, WALK) == Gap("end_off_streets")
    assert streets.reach(*sea, WALK, 600, Targets.of([B])) == Gap("start_off_streets")
    assert streets.reach(*sea, WALK, 600, Targets.of([B]), is_arriving=True) == Gap("end_off_streets")
    assert streets.way(edge, A, WALK).metres == 199
    assert len(streets.between(Targets.of([sea, B, E]), WALK).begin) == 2


def test_a_courtyard_that_is_drawn_alone_is_nobodys_start(tmp_path):
    streets = town(tmp_path, ("X Y", STREET), nodes={"X": (40, 60), "Y": (60, 60)})
    assert streets.way(at(50, 60), C, WALK).metres == 190  # 40 to the street, 150 along it


@pytest.mark.parametrize(
    "shape",
    [
        {"type": "LineString", "coordinates": [at(102, 95)[::-1], at(98, 3)[::-1]]},
        {"type": "LineString", "coordinates": [at(90, 50)[::-1], at(110, 50)[::-1]]},
        {
            "type": "Polygon",
            "coordinates": [[at(90, 40)[::-1], at(110, 40)[::-1], at(110, 60)[::-1], at(90, 40)[::-1]]],
        },
        {"type": "Point", "coordinates": [*at(104, 50)[::-1]]},
        {"type": "MultiPoint", "coordinates": [[*at(104, 50)[::-1]]]},
        {"type": "GeometryCollection", "geometries": [{"type": "Point", "coordinates": [*at(104, 50)[::-1]]}]},
    ],
)
def test_what_is_closed_is_avoided_at_once_and_open_again_after(tmp_path, shape):
    streets = town(tmp_path, ("B E", STREET))
    closed = streets.with_closures([Closure(shape)])
    for profile in (WALK, WHEELCHAIR, CAR_RIDE):
        assert streets.way(B, E, profile).metres == 100
        assert closed.way(B, E, profile).metres == 300
        assert closed.with_closures([]).way(B, E, profile).metres == 100
    assert (streets.generation, closed.generation, closed.with_closures([]).generation) == (0, 1, 2)
    assert closed.way(at(0, 100), at(200, 100), WALK).metres == 200  # the street that it meets stays open
    for_cars = streets.with_closures([Closure(shape, CAR)])
    assert (for_cars.way(B, E, WALK).metres, for_cars.way(B, E, CAR_RIDE).metres) == (100, 300)


def test_a_hole_in_a_closed_area_stays_open(tmp_path):
    streets = town(tmp_path, ("B E", STREET))
    around = [at(*corner)[::-1] for corner in ((60, -40), (140, -40), (140, 140), (60, 140), (60, -40))]
    hole = [at(*corner)[::-1] for corner in ((90, -20), (110, -20), (110, 120), (90, 120), (90, -20))]
    whole = streets.with_closures([Closure({"type": "Polygon", "coordinates": [around]})])
    ring = streets.with_closures([Closure({"type": "Polygon", "coordinates": [around, hole]})])
    assert [int((each.closed > 0).sum()) for each in (whole, ring)] == [5, 4]
    assert ring.way(B, E, WALK).metres == 100
    assert isinstance(whole.way(B, E, WALK), Gap)


def test_a_closure_that_cuts_the_town_says_so_and_closes_no_more_of_a_street_than_it_must(tmp_path):
    nodes = {name: (east, 0) for name, east in zip("ABCDEFG", range(0, 1400, 200), strict=True)}
    streets = streets_of(tmp_path, nodes, [("A B C D E F G", STREET)])
    shut = streets.with_closures([Closure({"type": "Point", "coordinates": [*at(500, 0)[::-1]]})])
    assert shut.way(at(150, 0), at(1000, 0), WALK) == Gap("not_joined")
    assert shut.way(at(20, 0), at(390, 0), WALK).metres == 370
    assert shut.way(at(610, 0), at(1190, 0), WALK).metres == 580


@pytest.mark.parametrize(
    "shape",
    [
        {}, {"type": "Circle"}, {"type": "Point"}, {"type": "Point", "coordinates": []}, {"type": "MultiPolygon", "coordinates": 3},
        {"type": "Polygon", "coordinates": [[["a", 2]]]}, {"type": "Point", "coordinates": [float("nan"), 1]}, "Point",
        {"type": "Point", "coordinates": [200, 1]}, {"type": "GeometryCollection"}, {"type": "LineString", "coordinates": [1, 2]},
    ],
)  # fmt: skip
def test_a_closure_without_a_place_is_refused(tmp_path, shape):
    streets = town(tmp_path)
    with pytest.raises(NoPlace):
        streets.with_closures([Closure(shape)])
    assert streets.generation == 0


def test_a_ring_without_any_junction_is_a_street(tmp_path):
    streets = streets_of(tmp_path, NODES, [("A B E D A", STREET)])
    assert streets.network.edge_cm.sum() == pytest.approx(40_000, abs=3)
    assert streets.way(at(50, 100), at(50, 0), WALK).metres == 200
    assert isinstance(streets, StreetMap)


def test_nodes_that_are_missing_interrupt_a_street(tmp_path):
    streets = streets_of(tmp_path, NODES, [*RING, ("B ? E", STREET)])
    assert streets.way(B, E, WALK).metres == 300


def test_footpaths_have_both_directions_and_no_ends_twice(tmp_path):
    walks = town(tmp_path).between(Targets.of([A, B, C]), WALK, 100)
    told = np.stack(walks).T.tolist()
    assert told == [[0, 1, 76, 100, 0], [1, 0, 76, 100, 0], [1, 2, 76, 100, 0], [2, 1, 76, 100, 0]]
