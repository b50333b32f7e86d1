"""Several feeds become one network: shared stops, calendars side by side, walks between the stops of different operators."""

import csv
from datetime import date

import numpy as np
import pytest

from mobility.engine.gtfs.merging import merge
from mobility.engine.gtfs.walking import StopPlaces, StraightWalks, distances_m
from mobility.engine.search import NOT_REACHED, Ends, earliest_arrival
from mobility.engine.timetable import lanes_of
from mobility.engine.timetable.compiling import timetable_of
from tests.mobility.feeds import GTFS, needs_open_data, open_feed, read, written

KUMAMOTO = {
    "den": "dentetsubus.gtfs.zip",
    "kum": "kumabus.gtfs.zip",
    "tos": "toshibus.gtfs.zip",
    "tram": "kumamotoshiden.gtfs.zip",
    "rail": "kumamotodentetsu.gtfs.zip",
}


def no_walks(_stops):
    return []


def arrival(feed, day, begin, end, leave_at):
    """Return the earliest arrival from one stop to another, on foot too where one walk leads there."""
    timetable = timetable_of(feed)
    lanes, mirrored = lanes_of(timetable, day), lanes_of(timetable, day, is_mirrored=True)
    start, goal = Ends.around(lanes, feed.stop_id.index(begin)), Ends.around(mirrored, feed.stop_id.index(end))
    on_foot = dict(zip(start.stops.tolist(), start.seconds.tolist(), strict=True)).get(feed.stop_id.index(end))
    by_vehicle = earliest_arrival(lanes, start, goal, leave_at)
    return by_vehicle if on_foot is None else min(by_vehicle, leave_at + on_foot)


def stops(**places):
    rows = "\n".join(f"{name.partition('_')[0]},{text}" for name, text in places.items())
    return {"stops.txt": f"stop_id,stop_name,stop_lat,stop_lon,zone_id\n{rows}\n".encode()}


RED = written("A B", {"t": "A 8:00, B 8:10"}) | stops(A="市役所,32.1,130.1,1", B="駅前,32.2,130.2,2")
BLUE = written("B C", {"t": "B 8:20, C 8:30"}) | stops(B="駅前,32.2005,130.2,2", C="学校,32.3,130.3,")


def test_a_stop_that_feeds_share_is_one_and_everything_else_is_told_apart():
    network = merge({"red": read(RED), "blue": read(BLUE)}, no_walks)
    assert network.stop_id == ["red:A", "red:B", "blue:C"]
    assert (network.trip_id, network.route_id) == (["red:t", "blue:t"], ["red:r", "blue:r"])
    assert network.service_id == ["red:all", "blue:all"]
    assert network.stop.tolist() == [0, 1, 1, 2]
    assert network.directory.stop_zone == ["red:1", "red:2", ""]
    assert arrival(network, date(2026, 6, 10), "red:A", "blue:C", 28000) == 8 * 3600 + 30 * 60
    red, blue = network.directory.members
    assert (red.stop.tolist(), blue.stop.tolist()) == ([0, 1, -1], [-1, 0, 1])
    assert (blue.slug, blue.first_route, blue.first_trip) == ("blue", 1, 1)
    assert [network.directory.member_of_trip(trip) for trip in (0, 1)] == [0, 1]


@pytest.mark.parametrize("other", ["駅前,32.21,130.2,2", "駅北,32.2,130.2,2"])
def test_the_same_id_farther_off_or_of_another_name_is_another_stop(other):
    blue = BLUE | stops(B=other, C="学校,32.3,130.3,")
    network = merge({"red": read(RED), "blue": read(blue)}, no_walks)
    assert network.stop_id == ["red:A", "red:B", "blue:B", "blue:C"]
    assert arrival(network, date(2026, 6, 10), "red:A", "blue:C", 28000) == NOT_REACHED


def test_two_stops_of_one_feed_are_never_made_one():
    twice = written("A B", {"t": "A 8:00, B 8:10"}) | stops(A="駅前,32.1,130.1,", B="駅前,32.1,130.1,")
    assert merge({"one": read(twice)}, no_walks).stop_id == ["one:A", "one:B"]


def test_calendars_begin_on_their_first_common_day():
    early = written("A B", {"t": "A 8:00, B 8:10"}, services="all,1,1,1,1,1,1,1,20260601,20260602")
    late = written("A B", {"t": "A 9:00, B 9:10"}, services="all,1,1,1,1,1,1,1,20260603,20260604")
    network = merge({"late": read(late), "early": read(early)}, no_walks)
    assert network.first_day == date(2026, 6, 1)
    assert network.runs.tolist() == [[False, False, True, True], [True, True, False, False]]


def test_a_feed_s_own_walks_stand_and_what_it_leaves_open_is_asked():
    red = written("A B", {"t": "A 8:00, B 8:10"}, walks="A B 77,A A never")
    open_pair = b"from_stop_id,to_stop_id,transfer_type,min_transfer_time\nA,B,2,77\nA,A,3,\nB,A,0,\n"
    network = merge(
        {"red": read(red | {"transfers.txt": open_pair})},
        lambda _stops: [(0, 1, 500), (1, 0, 500), (0, 0, 60), (1, 1, 60)],
    )
    assert sorted(network.walks) == [(0, 0, -1), (0, 1, 77), (1, 0, 500), (1, 1, 60)]


def test_texts_follow_their_numbers():
    def named(files, headsign, translated):
        return files | {
            "trips.txt": f"route_id,service_id,trip_id,trip_headsign,block_id\nr,all,t,{headsign},b\n".encode(),
            "translations.txt": (
                "table_name,field_name,language,translation,field_value\n"
                f"trips,trip_headsign,en,{translated},{headsign}\nstops,stop_name,en,Station,駅前\n"
            ).encode(),
            "agency.txt": f"agency_id,agency_name\n1,{translated}\n".encode(),
        }

    network = merge({"red": read(named(RED, "駅前", "Station")), "blue": read(named(BLUE, "学校", "School"))}, no_walks)
    told = network.directory
    assert [told.headsign(trip, "en") for trip in (0, 1)] == ["Station", "School"]
    assert [told.headsign(trip, "ja") for trip in (0, 1)] == ["駅前", "学校"]
    assert [told.names.of("stop", n, "en") for n in range(3)] == ["市役所", "Station", "学校"]
    assert [told.agencies[n].id for n in told.route_agency] == ["red:1", "blue:1"]
    assert told.trip_block == ["red:b", "blue:b"]


def test_straight_walks_reach_as_far_as_they_are_told():
    lat = np.array([32.8, 32.801, 32.8027, 32.81])
    lon = np.array([130.7, 130.7, 130.7, 130.7])
    kind, parent = np.array([0, 0, 0, 1], dtype=np.int8), np.full(4, -1)
    walks = StraightWalks(change_s=60)(StopPlaces(list("ABCD"), list("ABCD"), lat, lon, kind, parent))
    metres = float(distances_m(lat[0], lon[0], lat[1], lon[1]))
    assert metres == pytest.approx(111.2, abs=0.1)
    found = {(begin, end): seconds for begin, end, seconds in walks}
    assert found == {(0, 0): 60, (1, 1): 60, (2, 2): 60, (0, 1): 121, (1, 0): 121, (1, 2): 205, (2, 1): 205,
                     (0, 2): 326, (2, 0): 326}  # fmt: skip


def test_straight_walks_miss_no_pair():
    random = np.random.default_rng(20260610)
    lat, lon = 32.8 + random.random(400) * 0.05, 130.7 + random.random(400) * 0.05
    places = StopPlaces([""] * 400, [""] * 400, lat, lon, np.zeros(400, dtype=np.int8), np.full(400, -1))
    found = {(begin, end) for begin, end, _s in StraightWalks()(places) if begin != end}
    metres = distances_m(lat[:, None], lon[:, None], lat[None, :], lon[None, :])
    near = {(int(a), int(b)) for a, b in zip(*np.nonzero(metres <= 400), strict=True) if a != b}
    assert found == near
    assert len(found) > 1000


@pytest.fixture(scope="module")
def kumamoto():
    feeds = {slug: open_feed(name)[1] for slug, name in KUMAMOTO.items()}
    files, _merged = open_feed("kumamoto_merged.gtfs.zip")
    rows = list(csv.DictReader(files["transfers.txt"].decode().splitlines()))
    with (GTFS / "kumamoto_known_answers.csv").open(encoding="utf-8") as file:
        asked = list(csv.DictReader(file))
    return feeds, rows, asked


def answers(network, asked, named):
    timetable = timetable_of(network)
    days: dict[date, tuple] = {}
    for row in asked:
        day = date.fromisoformat(row["service_date"])
        if day not in days:
            days[day] = lanes_of(timetable, day), lanes_of(timetable, day, is_mirrored=True)
        lanes, mirrored = days[day]
        start, goal = (Ends.around(each, named[row[name]]) for each, name in
                       ((lanes, "from_stop_id"), (mirrored, "to_stop_id")))  # fmt: skip
        on_foot = dict(zip(start.stops.tolist(), start.seconds.tolist(), strict=True)).get(named[row["to_stop_id"]])
        leave_at = int(row["depart_seconds"])
        by_vehicle = earliest_arrival(lanes, start, goal, leave_at)
        yield by_vehicle if on_foot is None else min(by_vehicle, leave_at + on_foot)


@needs_open_data
def test_five_operators_together_give_the_known_answers(kumamoto):
    feeds, rows, asked = kumamoto

    def walks(stops):
        index = {stop_id: n for n, stop_id in enumerate(stops.ids)}
        return [(index[r["from_stop_id"]], index[r["to_stop_id"]], int(r["min_transfer_time"])) for r in rows]

    network = merge(feeds, walks, unites_stops=False)
    assert (len(network.stop_id), len(network.trip_id), len(network.stop)) == (2103, 6926, 201388)
    named = {stop_id: n for n, stop_id in enumerate(network.stop_id)}
    told = [int(row["earliest_arrival_seconds"] or NOT_REACHED) for row in asked]
    assert list(answers(network, asked, named)) == told


@needs_open_data
def test_where_operators_share_their_stops_nobody_arrives_later(kumamoto):
    feeds, rows, asked = kumamoto
    named: dict[str, int] = {}

    def walks(_stops):
        network = merge(feeds, no_walks)
        for member, feed in zip(network.directory.members, feeds.values(), strict=True):
            own = {number: new for new, number in enumerate(member.stop.tolist()) if number >= 0}
            named.update({f"{member.slug}:{stop_id}": own[n] for n, stop_id in enumerate(feed.stop_id)})
        found: dict[tuple[int, int], int] = {}
        for row in rows:
            pair = named[row["from_stop_id"]], named[row["to_stop_id"]]
            found[pair] = min(found.get(pair, 10**6), int(row["min_transfer_time"]))
        return [(begin, end, seconds) for (begin, end), seconds in found.items()]

    network = merge(feeds, walks)
    shared = 2103 - len(network.stop_id)
    assert shared == 231  # 159 stops of two operators and 36 of three
    told = [int(row["earliest_arrival_seconds"] or NOT_REACHED) for row in asked]
    found = list(answers(network, asked, named))
    assert all(mine <= theirs for mine, theirs in zip(found, told, strict=True))
    assert sum(mine == theirs for mine, theirs in zip(found, told, strict=True)) >= 40
