"""What lies beneath a map: true to the line within what is thinned, bounded, and where the town's life is."""

from itertools import pairwise

import numpy as np
import pytest

from mobility.engine import ground
from mobility.engine.ground import FINEST, heart_of, lines_of, streets_of
from mobility.engine.network import Network
from mobility.engine.streets import Straight, Town
from mobility.engine.streets.kinds import Class
from mobility.engine.timetable.compiling import timetable_of
from mobility.errors import NoTimetable
from mobility.selectors.stops.ground import ground_of
from tests.mobility.engine.streets import porto_alegre, small_map
from tests.mobility.engine.streets.small_map import at
from tests.mobility.feeds import needs_open_data, open_feed, read, written
from tests.mobility.town import town_network


def farthest(points, line):
    """Return by how many degrees a point lies beside a line at the most, east shrunk to the north's measure."""
    squeeze = np.array([1.0, np.cos(np.radians(points[0][0]))])
    p, line = points * squeeze, line * squeeze
    gaps = []
    for begin, end in pairwise(line):
        way = end - begin
        part = np.clip(((p - begin) @ way) / max(way @ way, 1e-18), 0, 1)[:, None]
        gaps.append(np.linalg.norm(p - begin - part * way, axis=1))
    return float(np.min(gaps, axis=0).max())


def test_lines_follow_their_shapes_or_lead_from_stop_to_stop_each_way_once():
    network = town_network()
    found = lines_of(network)
    assert {network.feed.route_id[each.of] for each in found} == {"r1", "r2"}
    assert len({(each.of, each.points.tobytes()) for each in found}) == len(found)
    feed, shapes = network.feed, network.feed.directory.shapes
    drawn = {each.points.tobytes() for each in found}
    shape = np.stack((shapes.lat[: shapes.start[1]], shapes.lon[: shapes.start[1]]), axis=1)
    assert any(farthest(shape, np.frombuffer(each).reshape(-1, 2)) <= FINEST for each in drawn)
    assert len(found) <= len(feed.trip_id)


def test_the_heart_is_where_vehicles_call_and_not_where_one_line_ends_far_away():
    trips = {f"t{n}": f"A {n}:00, B {n}:10, C {n}:20" for n in range(5, 24)} | {"far": "C 8:00, Z 12:00"}
    files = written("A B C Z", trips)
    files["stops.txt"] = files["stops.txt"].replace(b"Z,Z,32.003,130.7", b"Z,Z,35.6,139.7")
    feed = read(files)
    box = heart_of(Network(feed, timetable_of(feed), Straight()))
    assert box == pytest.approx((130.7, 32.0, 130.7, 32.002))


def test_without_a_map_there_are_no_streets_and_with_one_the_larger_ones_around_the_stops(tmp_path):
    assert streets_of(town_network()) == []
    feed = read(written("A B", {"t": "A 8:00, B 8:10"}))
    feed.stop_lat[:], feed.stop_lon[:] = zip(at(0, 0), at(300, 0), strict=True)
    nodes = {"A": (0, 0), "B": (100, 0), "C": (200, 0), "D": (300, 0), "E": (0, 90_000)}
    ways = [
        ("A B", {"highway": "primary"}), ("B C", {"highway": "primary"}), ("C D", {"highway": "residential"}),
        ("B D", {"highway": "footway"}), ("D E", {"highway": "motorway"}), ("E A", {"highway": "track"}),
    ]  # fmt: skip
    town = Town(small_map.streets_of(tmp_path, nodes, ways), Straight())
    found = streets_of(Network(feed, timetable_of(feed), town))
    told = {(each.of, tuple(map(tuple, each.points.round(5).tolist()))) for each in found}
    spot = {name: tuple(round(x, 5) for x in at(*place)) for name, place in nodes.items()}
    primary = next(points for of, points in told if of == Class.PRIMARY)
    assert primary in ((spot["A"], spot["C"]), (spot["C"], spot["A"]))  # two edges in one line, thinned to its ends
    assert {of for of, _points in told} == {Class.PRIMARY, Class.MINOR, Class.MOTORWAY}


@needs_open_data
@pytest.mark.slow  # reads a city's map
def test_a_citys_streets_fit_a_phone_and_lie_where_they_are(monkeypatch):
    _files, feed = open_feed("poa_eptc.zip")
    network = Network(feed, timetable_of(feed), Town(porto_alegre.town(), Straight()))
    lines, streets = lines_of(network), streets_of(network)
    assert 1000 < sum(len(each.points) for each in streets) <= ground.MOST_STREET_POINTS
    assert 1000 < sum(len(each.points) for each in lines) <= ground.MOST_LINE_POINTS
    monkeypatch.setattr(ground, "MOST_STREET_POINTS", 500)
    few = streets_of(network)
    assert 0 < sum(len(each.points) for each in few) <= 500
    assert {each.of for each in few} <= {Class.MOTORWAY, Class.TRUNK, Class.PRIMARY}


def test_where_nothing_runs_nobody_can_tell_where_the_town_is():
    feed = read(written("S1 S2", {}))
    with pytest.raises(NoTimetable):
        ground_of(Network(feed, timetable_of(feed), Straight()), language="ja")
