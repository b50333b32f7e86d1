"""Who stays in a vehicle that goes on as another trip needs no time to change, and the second opinion says the same."""

import random
from datetime import date

import pytest

from mobility.engine.gtfs import Faults, read_feed
from mobility.engine.gtfs.merging import merge
from mobility.engine.journeys import Ask, Spot, plan
from mobility.engine.journeys.following import standing_of
from mobility.engine.network import Network
from mobility.engine.search import NOT_REACHED, Ends, earliest_arrival, search_range
from mobility.engine.seats import MOST_WAYS
from mobility.engine.streets import Straight
from mobility.engine.timetable.compiling import timetable_of
from mobility.messages.feed_faults import sentence
from tests.mobility.engine.live.pairing import Pair
from tests.mobility.engine.live.rewriting import Word, clock
from tests.mobility.feeds import read, written
from tests.mobility.oracle import FAR, Oracle

DAY = date(2026, 6, 10)
ROW = " ".join(f"S{n}" for n in range(60))
BUS = {"out": "S5 8:00, S20 8:10", "on": "S20 8:10, S40 8:20", "far": "S40 8:25, S55 8:40"}
NO_TIME = "S20 S20 600,S40 S40 600"


def blocks(files, by_trip):
    """Give trips their blocks."""
    head, *lines = files["trips.txt"].decode().split("\n")
    told = [f"{head},block_id", *(f"{line},{by_trip.get(line.split(',')[2], '')}" for line in lines)]
    return files | {"trips.txt": "\n".join(told).encode()}


def staying(files, *rows):
    """Say of trips whether one may stay in them: ``"out on 4"``."""
    told = files["transfers.txt"].decode().split("\n")
    lines = [f"{told[0]},from_trip_id,to_trip_id", *(f"{line},," for line in told[1:])]
    for row in rows:
        one, other, kind = row.split()
        lines.append(f",,{kind},,{one},{other}")
    return files | {"transfers.txt": "\n".join(lines).encode()}


def told_town(*rows, trips=BUS, by_trip=None):
    """Return a town with such rows."""
    files = staying(blocks(written(ROW, trips, walks=NO_TIME), by_trip or {}), *rows)
    feed = read(files)
    return Network(feed, timetable_of(feed), Straight())


def town(trips=BUS, by_trip=None, **more):
    files = blocks(written(ROW, trips, walks=NO_TIME, **more), by_trip or dict.fromkeys(trips, "bus"))
    feed = read(files)
    return Network(feed, timetable_of(feed), Straight()), files


def journeys(network, begin=5, end=55, **more):
    """Return the journeys between two stops, as trips, times and changes."""
    ends = (Spot(32 + n / 1000, 130.7) for n in (begin, end))
    found = plan(network, Ask(*ends, DAY, 28_000, most_walk_s=60, **more), {}, lambda _legs: None)
    return [
        (
            [(network.trip_name(leg.trip), leg.is_seated) for leg in each.rides],
            clock(each.leave_at),
            clock(each.arrive_at),
            each.changes,
        )
        for each in found.plans
    ]


RIDDEN = ([("out", False), ("on", True), ("far", True)], "08:00:00", "08:40:00", 0)


def test_who_is_followed_through_stays_aboard_and_has_nothing_to_change():
    network, _files = town()
    ask = Ask(Spot(32.005, 130.7), Spot(32.055, 130.7), DAY, 28_000)
    legs = plan(network, ask, {}, lambda _legs: None).plans[0].legs
    between = standing_of(network, DAY, legs, (), 30_100)  # 8:21:40, while the bus rests
    assert (between.changes, between.trouble) == ((), None)
    assert (between.phase.kind, legs[between.phase.leg].is_seated) == ("riding", True)


def test_three_trips_of_one_bus_are_one_ride_without_a_change():
    network, _files = town()
    assert journeys(network) == [RIDDEN]
    assert journeys(network, is_wheelchair=True, most_rides=1) == [RIDDEN]
    legs = (
        plan(network, Ask(Spot(32.005, 130.7), Spot(32.055, 130.7), DAY, 28_000), {}, lambda _legs: None).plans[0].legs
    )
    assert [(leg.board, leg.alight, leg.start.stop, leg.end.stop) for leg in legs] == [
        (0, 1, 5, 20), (0, 1, 20, 40), (0, 1, 40, 55),
    ]  # fmt: skip


def test_one_comes_into_it_and_leaves_it_on_the_way():
    network, _files = town()
    assert journeys(network, 5, 40) == [([("out", False), ("on", True)], "08:00:00", "08:20:00", 0)]
    assert journeys(network, 20, 55) == [([("on", False), ("far", True)], "08:10:00", "08:40:00", 0)]
    assert journeys(network, 20, 40) == [([("on", False)], "08:10:00", "08:20:00", 0)]
    assert network.seats.lanes(DAY) is network.seats.lanes(DAY)


@pytest.mark.parametrize(
    "other",
    [
        {"by_trip": {"out": "bus", "on": "another", "far": "bus"}},
        {"by_trip": {"out": "bus"}},
        {"trips": BUS | {"on": "S20 8:45, S40 8:55"}},  # it rests for longer than people are kept in it
        {"trips": BUS | {"on": "S21 8:11, S40 8:20"}},  # it begins elsewhere
        {"trips": BUS | {"on": "S20 8:09, S40 8:20"}},  # it begins before the other ends
        {
            "trips": {"out": BUS["out"], "on@weekend": BUS["on"]}, "by_trip": {"out": "bus", "on": "bus"},
            "services": "all,1,1,1,1,1,1,1,20260101,20261231 weekend,0,0,0,0,0,1,1,20260101,20261231",
        },
    ],
)  # fmt: skip
def test_nobody_stays_where_the_vehicle_does_not_go_on(other):
    network, _files = town(**other)
    assert not any(is_seated for rides, *_rest in journeys(network, 5, 40) for _trip, is_seated in rides)


ONE_BUS = dict.fromkeys(BUS, "bus")


def test_where_the_feed_says_that_one_must_leave_nobody_stays():
    assert journeys(told_town(by_trip=ONE_BUS)) == [RIDDEN]
    network = told_town("on far 5", by_trip=ONE_BUS)
    assert journeys(network, 5, 40) == [([("out", False), ("on", True)], "08:00:00", "08:20:00", 0)]
    assert journeys(network) == []


def test_where_the_feed_names_the_next_trip_one_stays_without_any_block():
    network = told_town("out on 4", "on far 4")
    assert journeys(network) == [RIDDEN]
    assert journeys(told_town("out on 4", by_trip={"out": "a", "far": "a"}), 5, 40) == [
        ([("out", False), ("on", True)], "08:00:00", "08:20:00", 0)
    ]
    assert journeys(told_town("out on 4")) == []


def test_a_train_that_is_divided_is_ridden_into_both_parts():
    trips = BUS | {"side": "S20 8:12, S30 8:20"}
    network = told_town("out on 4", "out side 4", trips=trips)
    assert journeys(network, 5, 40) == [([("out", False), ("on", True)], "08:00:00", "08:20:00", 0)]
    assert journeys(network, 5, 30) == [([("out", False), ("side", True)], "08:00:00", "08:20:00", 0)]


def test_what_the_feed_names_stands_before_the_block_on_days_on_which_it_runs():
    trips = BUS | {"side@weekend": "S20 8:12, S30 8:20"}
    services = "all,1,1,1,1,1,1,1,20260101,20261231 weekend,0,0,0,0,0,1,1,20260101,20261231"
    files = staying(blocks(written(ROW, trips, walks=NO_TIME, services=services), ONE_BUS), "out side 4")
    feed = read(files)
    seats = Network(feed, timetable_of(feed), Straight()).seats
    chains = [
        [[feed.trip_id[trip] for trip, _times in chain] for chain in seats._chains(day)]
        for day in (DAY, date(2026, 6, 13))
    ]
    assert chains == [[["out", "on", "far"]], [["out", "side"], ["on", "far"]]]


def test_linked_trips_meet_on_two_platforms_of_a_station():
    files = staying(written(ROW, BUS | {"on": "S21 8:12, S40 8:20"}, walks=NO_TIME), "out on 4")
    stops = files["stops.txt"].decode().replace("stop_lat,stop_lon", "stop_lat,stop_lon,location_type,parent_station")
    lines = stops.split("\n")
    lines = [lines[0], *(f"{row},,{'hub' if row.startswith(('S20', 'S21')) else ''}" for row in lines[1:])]
    files["stops.txt"] = "\n".join([*lines, "hub,hub,32.020,130.7,1,"]).encode()
    feed = read(files)
    found = journeys(Network(feed, timetable_of(feed), Straight()), 5, 40)
    assert found == [([("out", False), ("on", True)], "08:00:00", "08:20:00", 0)]


def test_what_cannot_be_followed_is_remarked_with_its_line():
    files = staying(written(ROW, BUS, walks=NO_TIME), "out gone 4", "far out 4", "out on 5")
    files["transfers.txt"] += b"\nS5,,4,,out,on\n,S20,4,,out,on\n,,4,,,"
    faults = Faults()
    feed = read_feed(files, faults)
    assert [(each.code, each.line, each.value, each.weight) for each in faults.found if each.file == "transfers.txt"] == [
        ("stay_without_trips", 4, "out → gone", "remark"), ("stay_too_early", 5, "far → out", "remark"),
        ("stay_elsewhere", 7, "out → on", "remark"), ("stay_without_trips", 9, " → ", "remark"),
    ]  # fmt: skip
    assert feed.directory.stays.tolist() == [[0, 1, 1]]
    assert all(sentence(each).startswith("乗ったまま") for each in faults.found if each.file == "transfers.txt")


def test_two_feeds_in_one_network_keep_their_blocks_and_what_they_say_of_trips():
    red = read(staying(blocks(written(ROW, BUS, walks=NO_TIME), {"on": "x", "far": "x"}), "out on 4"))
    blue = read(blocks(written("P Q R", {"a": "P 8:00, Q 8:10", "b": "Q 8:10, R 8:20"}), {"a": "y", "b": "y"}))
    feed = merge({"blue": blue, "red": red}, lambda _places: [])
    assert feed.directory.stays.tolist() == [[2, 3, 1]]
    chains = list(Network(feed, timetable_of(feed), Straight()).seats._chains(DAY))
    assert [[feed.trip_id[trip] for trip, _times in chain] for chain in chains] == [
        ["blue:a", "blue:b"], ["red:out", "red:on", "red:far"],
    ]  # fmt: skip


def test_a_line_that_is_not_wanted_is_not_ridden_through():
    files = blocks(written(ROW, BUS, walks=NO_TIME), dict.fromkeys(BUS, "bus"))
    files["routes.txt"] = b"route_id,route_type\nr,3\nq,3"
    files["trips.txt"] = files["trips.txt"].replace(b"r,all,on", b"q,all,on")
    feed = read(files)
    network = Network(feed, timetable_of(feed), Straight())
    assert journeys(network) == [RIDDEN]
    assert journeys(network, avoided={1}) == []


@pytest.mark.parametrize(
    ("words", "ridden"),
    [
        ([Word("out", DAY, delay_s=240), Word("on", DAY, delay_s=240)], True),
        ([Word("far", DAY, {0: (600, None)})], True),
        ([Word("out", DAY, delay_s=240)], False),
        ([Word("on", DAY, is_canceled=True)], False),
        ([Word("out", DAY, {1: "skipped"})], False),
    ],
)
def test_what_runs_now_is_what_one_stays_in(words, ridden):
    network, files = town()
    pair = Pair(files, network.feed, words, random.Random(1))
    found = journeys(network.with_live(pair.overlay))
    assert [[trip for trip, _seated in rides] for rides, *_rest in found] == [["out", "on", "far"]] * ridden
    assert journeys(network) == [RIDDEN]


@pytest.mark.parametrize("seed", range(12))
def test_small_towns_are_ridden_as_the_second_opinion_says(seed):
    dice = random.Random(seed)
    stops, trips, by_trip = [chr(65 + n) for n in range(8)], {}, {}
    for vehicle in range(5):
        at, stop = dice.randrange(6 * 3600, 9 * 3600, 60), dice.choice(stops)
        for n in range(dice.choice([2, 3, 4])):
            calls = [stop, *dice.sample([each for each in stops if each != stop], dice.choice([1, 2, 3]))]
            told = []
            for each in calls:
                told.append(f"{each}{dice.choice(['', '', '', '-', '+'])} {clock(at)}")
                at += dice.randrange(120, 900, 60)
            trips[f"v{vehicle}-{n}{dice.choice(['', '', '@weekend'])}"] = ",".join(told)
            by_trip[f"v{vehicle}-{n}"] = f"b{vehicle}"
            stop = calls[-1] if dice.random() < 0.8 else dice.choice(stops)
    services = "all,1,1,1,1,1,1,1,20260101,20261231 weekend,0,0,0,0,0,1,1,20260101,20261231"
    walks = ",".join([f"{stop} {stop} 600" for stop in stops] + ["A B 120", "C D 90"])
    names = [name.partition("@")[0] for name in trips]
    rows = [f"{one} {other} {dice.choice('445')}" for one, other in (dice.sample(names, 2) for _ in range(12))]
    files = staying(blocks(written(" ".join(stops), trips, walks=walks, services=services), by_trip), *rows)
    feed = read(files)
    network, seated, plain = (
        Network(feed, timetable_of(feed), Straight()),
        Oracle(files, stays_seated=True),
        Oracle(files),
    )
    better = 0
    for _ in range(60):
        day, (begin, end), at = (
            dice.choice([DAY, date(2026, 6, 13)]),
            dice.sample(stops, 2),
            dice.randrange(18_000, 40_000),
        )
        lanes, mirrored = network.seats.lanes(day), network.seats.lanes(day, is_mirrored=True)
        start, goal = Ends.around(lanes, seated.number[begin]), Ends.around(mirrored, seated.number[end])
        told = seated.arrivals(day, begin, end, at)
        found = min(earliest_arrival(lanes, start, goal, at), told[0])
        assert (FAR if found >= NOT_REACHED else found) == told[-1]
        on_foot = seated.walks.get((seated.number[begin], seated.number[end]), FAR)
        for ways, sums in (
            (search_range(lanes, start, goal, at, at + 7200), seated.worth_taking(day, begin, end, at, at + 7200)),
            (search_range(mirrored, goal, start, -at - 7200, -at), seated.arriving(day, begin, end, at, at + 7200)),
        ):
            quick = {
                (each.leave_at, each.arrive_at, len(each.rides))
                for each in ways
                if each.arrive_at - each.leave_at < on_foot
            }
            assert quick == sums
        better += told != plain.arrivals(day, begin, end, at)
    assert better > 0


def test_a_feed_that_divides_its_trains_without_end_is_followed_so_far_and_no_farther():
    def ride(n):
        return f"S{n} {8 + n // 60}:{n % 60:02}, S{n + 1} {8 + (n + 1) // 60}:{(n + 1) % 60:02}"

    trips, rows = {f"whole{n}": ride(2 * n) for n in range(20)}, []
    for n in range(19):
        for part in (f"front{n}", f"rear{n}"):
            trips[part] = ride(2 * n + 1)
            rows += [f"whole{n} {part} 4", f"{part} whole{n + 1} 4"]
    network = told_town(*rows, trips=trips)
    assert len(list(network.seats._chains(DAY))) == MOST_WAYS  # of half a million
    assert journeys(network, 0, 1) == [([("whole0", False)], "08:00:00", "08:01:00", 0)]
