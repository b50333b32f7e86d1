"""Changes from stop to stop on foot: along the streets where there is a map, around what is closed, as feeds tell in any case."""

from datetime import date

import numpy as np
import pytest

from mobility.engine.footpaths import NEAR_S, WALK
from mobility.engine.gtfs.merging import merge
from mobility.engine.gtfs.walking import StraightWalks
from mobility.engine.journeys import Ask, Spot, plan
from mobility.engine.network import Network
from mobility.engine.road_closures import RoadClosure, is_usable, standing
from mobility.engine.streets import PROFILES, Straight, Targets
from mobility.engine.timetable.compiling import timetable_of
from tests.mobility.engine.streets.porto_alegre import places, town
from tests.mobility.engine.streets.small_map import at, streets_of
from tests.mobility.feeds import needs_open_data, read, written

DAY = date(2026, 6, 10)
STREET = {"highway": "residential", "surface": "asphalt"}
# W and E are 100 metres apart, with a river between; one walks 300 metres by the bridge in the west, 500 by that in the east.
NODES = {"W": (200, 100), "E": (200, 0), "A": (100, 100), "B": (100, 0), "C": (400, 100), "D": (400, 0)}
WAYS = [(ends, STREET | {"name": ends}) for ends in ("A W", "W C", "B E", "E D", "A B", "C D")]
STOPS = {"home": (200, 3000), "W": (200, 100), "E": (200, 0), "away": (200, -3000)}
BRIDGE = {"type": "LineString", "coordinates": [[*reversed(at(100, 95))], [*reversed(at(100, 5))]]}
EAST = {"type": "LineString", "coordinates": [[*reversed(at(400, 95))], [*reversed(at(400, 5))]]}
TRIPS = {
    "in": "home 8:00, W 8:10",
    "soon": "E 8:13, away 8:19",
    "then": "E 8:16, away 8:22",
    "last": "E 8:20, away 8:26",
}


def files_of_town(transfers=""):
    """Return the timetable: to the river, and on from the other side."""
    files = written(" ".join(STOPS), TRIPS)
    rows = [f"{name},{name},{at(*place)[0]},{at(*place)[1]}" for name, place in STOPS.items()]
    files["stops.txt"] = "\n".join(["stop_id,stop_name,stop_lat,stop_lon", *rows]).encode()
    if transfers:
        files["transfers.txt"] = transfers.encode()
    return files


def network(streets, transfers=""):
    feed = merge({"x": read(files_of_town(transfers))}, StraightWalks())
    return Network(feed, timetable_of(feed), streets)


def closed(kind="all", geometry=BRIDGE, **more):
    return RoadClosure("c", kind, geometry, {"ja": "橋"}, {"ja": "市"}, **more)


def found(town, **more):
    """Return the trips of the first journey from home to away, and how many metres are walked in between."""
    start, goal = (Spot(*at(*STOPS[name]), town.stop_numbers[f"x:{name}"]) for name in ("home", "away"))
    answer = plan(town, Ask(start, goal, DAY, 7 * 3600 + 3000, **more), {}, lambda legs: None)
    if not answer.plans:
        return None
    first = min(answer.plans, key=lambda each: each.arrive_at)
    return [town.feed.trip_id[leg.trip].partition(":")[2] for leg in first.rides], first.legs[1].seconds


def test_as_the_crow_flies_it_is_a_hundred_metres_and_along_the_streets_three_times_as_many(tmp_path):
    assert found(network(Straight())) == (["in", "soon"], 120)  # no less than a change
    assert found(network(streets_of(tmp_path, NODES, WAYS))) == (["in", "then"], 226)  # 300 m at 80 m a minute


def test_a_closed_bridge_is_walked_around_and_so_is_it_no_more_when_it_opens(tmp_path):
    open_town = network(streets_of(tmp_path, NODES, WAYS))
    shut = open_town.with_closures([closed()])
    assert found(shut) == (["in", "last"], 376)  # 500 m
    assert shut.lanes(DAY) is open_town.lanes(DAY)  # what runs does not change for it
    assert found(open_town) == (["in", "then"], 226)
    assert found(open_town.with_closures([closed("vehicles")])) == (["in", "then"], 226)
    assert found(open_town.with_closures([closed("walkers")])) == (["in", "last"], 376)
    both = open_town.with_closures([closed(), replace_id(closed(geometry=EAST))])
    assert found(both) is None  # no way is left, and nobody is sent into the river


def replace_id(closure):
    return RoadClosure("d", closure.kind, closure.geometry, closure.names, closure.owners)


def test_nobody_walks_further_in_between_than_they_like(tmp_path):
    town = network(streets_of(tmp_path, NODES, WAYS))
    assert found(town, most_walk_s=226) == (["in", "then"], 226)
    assert found(town, most_walk_s=225) is None
    assert found(network(Straight()), most_walk_s=119) is None


def test_what_a_feed_tells_of_a_change_stands_over_the_map_and_grows_with_the_pace(tmp_path):
    streets = streets_of(tmp_path, NODES, WAYS)
    told = "from_stop_id,to_stop_id,transfer_type,min_transfer_time\nW,E,2,400\n"
    assert found(network(streets, told)) == (["in", "last"], 400)
    assert found(network(streets, told), walk=WALK.at_speed(889)) == (["in", "last"], 600)
    assert found(network(streets, "from_stop_id,to_stop_id,transfer_type\nW,E,3\n")) is None
    both = network(streets, told).with_closures([closed(), replace_id(closed(geometry=EAST))])
    assert found(both) is None
    quick = network(streets, told.replace("400", "150"))
    assert found(quick) == (["in", "soon"], 150)
    assert found(quick.with_closures([closed()])) == (["in", "then"], 300)  # the streets' way grew by 150 seconds
    untold = "from_stop_id,to_stop_id,transfer_type\nW,E,0\n"
    assert found(network(streets, untold)) == (["in", "then"], 226)


def test_slow_walkers_and_wheelchairs_go_along_the_streets_too(tmp_path):
    town = network(streets_of(tmp_path, NODES, WAYS))
    assert found(town, walk=WALK.at_speed(1000)) == (["in", "then"], 300)
    assert found(town, walk=PROFILES["wheelchair"]) == (["in", "then"], 300)
    assert found(town.with_closures([closed()]), walk=PROFILES["wheelchair"]) == (["in", "last"], 500)


def test_a_closure_holds_from_its_beginning_until_before_its_end():
    works = closed(begins_at=100, ends_at=200)
    spans = [(0, 99), (0, 100), (150, 160), (199, 300), (200, 300)]
    assert [works.holds(*span) for span in spans] == [False, True, True, True, False]
    assert list(standing([works, closed()], 200, 300)) != []
    assert [is_usable(each) for each in (works, closed(ends_at=5, begins_at=5))] == [True, False]
    assert not is_usable(closed(geometry={"type": "LineString", "coordinates": [[130.7, 95.0]]}))


@pytest.mark.slow  # a whole town is read and laid out
@needs_open_data
def test_walks_that_are_sought_again_near_closures_alone_are_those_of_a_whole_search():
    import random  # noqa: PLC0415

    dice = random.Random("stops")
    stops = Targets.of(list(places(dice, 1200)))
    before = town().between(stops, WALK, NEAR_S)
    for turn in range(3):
        n = dice.randrange(len(stops))
        east, north = float(stops.lon[n]), float(stops.lat[n])
        square = [[east + a, north + b] for a, b in ((0, 0), (0.004, 0), (0.004, 0.003), (0, 0.003), (0, 0))]
        shut = town().with_closures(
            [RoadClosure(str(turn), "all", {"type": "Polygon", "coordinates": [square]}, {}, {}).on_streets()]
        )
        is_near = shut.are_touched(stops, WALK, NEAR_S)
        whole = shut.between(stops, WALK, NEAR_S)
        kept = ~is_near[before.begin]
        again = shut.between(stops, WALK, NEAR_S, only=is_near)
        both = [np.concatenate((one[kept], other)) for one, other in zip(before, again, strict=True)]
        order = np.lexsort((both[1], both[0]))
        assert 0 < is_near.sum() < len(stops)
        assert all(np.array_equal(one[order], other) for one, other in zip(both, whole, strict=True))
