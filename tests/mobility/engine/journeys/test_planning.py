"""Whole journeys through a small town: a row of stops 111 metres apart, where every time can be reckoned by hand."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import numpy as np
import pytest

from mobility.engine.bikes import Step, Tariff
from mobility.engine.journeys import Ask, Leg, Spot, plan
from mobility.engine.journeys.asking import Via
from mobility.engine.journeys.bicycles import Dock, SharedBicycles
from mobility.engine.journeys.taxis import Offer, Taxis
from mobility.engine.network import Network
from mobility.engine.streets import PROFILES, Straight
from mobility.engine.timetable.compiling import timetable_of
from mobility.gateways.taxi_quotes import TwinTaxis
from tests.mobility.feeds import read, written

DAY = date(2026, 6, 10)
STOPS = " ".join(f"S{n}" for n in range(60))
TRIPS = {"t1": "S5 8:00, S20 8:10, S40 8:20", "t2": "S5 8:30, S20 8:40, S40 8:50", "u1": "S20 8:15, S50 8:25"}


def town(trips=TRIPS, **more):
    feed = read(written(STOPS, trips, **more))
    return Network(feed, timetable_of(feed), Straight())


def spot(n):
    """A point in the row, where stop ``n`` is or between two."""
    return Spot(32 + n / 1000, 130.7)


def at(text):
    hours, minutes, *seconds = (int(part) for part in text.split(":"))
    return hours * 3600 + minutes * 60 + sum(seconds)


def ask(start, goal, when="7:50", **more):
    return Ask(spot(start), spot(goal), DAY, at(when), **more)


def found(network, question, carriers=None, price=lambda legs: None):
    return plan(network, question, carriers or {}, price)


def told(each):
    return [(leg.way, leg.depart_at, leg.arrive_at) for leg in each.legs]


def test_one_leaves_as_late_as_the_bus_lets_one_and_walks_on_at_once():
    answer = found(town(), ask(4, 41))
    walk = 109  # 111.2 m x 1.3 at 1.333 m/s
    assert [told(each) for each in answer.plans] == [
        [
            ("walk", at("8:00") - walk, at("8:00")),
            ("ride", at("8:00"), at("8:20")),
            ("walk", at("8:20"), at("8:20") + walk),
        ],
        [
            ("walk", at("8:30") - walk, at("8:30")),
            ("ride", at("8:30"), at("8:50")),
            ("walk", at("8:50"), at("8:50") + walk),
        ],
    ]
    assert [leg.metres for leg in answer.plans[0].legs] == [145, 0, 145]
    assert answer.plans[0].changes == 0
    assert answer.plans[0].walk_s == 2 * walk
    assert not answer.is_cut


def test_the_last_that_arrives_in_time_is_among_those_that_arrive():
    answer = found(town(), ask(5, 40, "8:49", is_arriving=True))
    assert [told(each) for each in answer.plans] == [[("ride", at("8:00"), at("8:20"))]]
    answer = found(town(), ask(5, 40, "8:50", is_arriving=True))
    assert [each.arrive_at for each in answer.plans] == [at("8:20"), at("8:50")]


def test_a_change_is_told_as_two_rides():
    answer = found(town(), ask(5, 50))
    assert [told(each) for each in answer.plans] == [
        [("ride", at("8:00"), at("8:10")), ("ride", at("8:15"), at("8:25"))]
    ]
    assert answer.plans[0].changes == 1
    assert not found(town(), ask(5, 50, most_rides=1, most_walk_s=300)).plans


def test_nothing_slower_than_walking_is_shown():
    near = found(town({"slow": "S5 8:00, S9 9:30"}), ask(5, 9, "7:59"))
    assert not near.plans
    assert [(leg.way, leg.seconds) for each in near.direct for leg in each.legs] == [("walk", 434)]


def test_who_walks_slowly_needs_longer_and_who_will_not_walk_is_not_sent():
    slow = replace(ask(4, 41), walk=Ask(spot(0), spot(0), DAY, 0).walk.at_speed(1000))
    assert found(town(), slow).plans[0].leave_at == at("8:00") - 145
    assert found(town(), ask(4, 41, most_walk_s=60)).gap == "no_stop_near"


def test_a_walk_between_stops_is_a_leg_at_ones_own_pace():
    trips = {"a": "S5 8:00, S20 8:10", "b": "S21 8:13, S40 8:30", "c": "S21 8:11, S40 8:28"}
    network = town(trips, walks="S20 S21 109")
    assert told(found(network, ask(5, 40)).plans[0]) == [
        ("ride", at("8:00"), at("8:10")), ("walk", at("8:10"), at("8:10") + 109), ("ride", at("8:13"), at("8:30")),
    ]  # fmt: skip
    gentle = replace(ask(5, 40), walk=Ask(spot(0), spot(0), DAY, 0).walk.at_speed(700))
    assert not found(network, gentle).plans  # 207 seconds: the bus at 8:13 is gone, and nobody waits for tomorrow's


def test_avoided_lines_are_not_ridden_and_kinds_can_be_chosen():
    files = written(STOPS, TRIPS)
    files["routes.txt"] = b"route_id,route_type\nr,3\nq,2"
    files["trips.txt"] = b"route_id,service_id,trip_id\nr,all,t1\nq,all,t2\nr,all,u1"
    feed = read(files)
    network = Network(feed, timetable_of(feed), Straight())
    question = ask(5, 40)
    assert [each.rides[0].trip for each in found(network, question).plans] == [0, 1]
    assert [each.rides[0].trip for each in found(network, replace(question, avoided={0})).plans] == [1]
    assert [each.rides[0].trip for each in found(network, replace(question, kinds={3})).plans] == [0]


def test_a_preferred_line_is_shown_though_another_beats_it():
    files = written(STOPS, {"fast": "S5 8:00, S40 8:20", "nice": "S5 8:00, S40 8:45"})
    files["routes.txt"] = b"route_id,route_type\nr,3\nq,2"
    files["trips.txt"] = b"route_id,service_id,trip_id\nr,all,fast\nq,all,nice"
    feed = read(files)
    network = Network(feed, timetable_of(feed), Straight())
    assert [each.rides[0].trip for each in found(network, ask(5, 40)).plans] == [0]
    assert [each.rides[0].trip for each in found(network, ask(5, 40, preferred={1})).plans] == [0, 1]


def test_a_wheelchair_takes_no_bus_and_no_stop_that_cannot_carry_it():
    files = written(STOPS, TRIPS)
    files["trips.txt"] = b"route_id,service_id,trip_id,wheelchair_accessible\nr,all,t1,2\nr,all,t2,1\nr,all,u1,0"
    feed = read(files)
    network = Network(feed, timetable_of(feed), Straight())
    assert [each.rides[0].trip for each in found(network, ask(5, 40, is_wheelchair=True)).plans] == [1]
    files["stops.txt"] = b"stop_id,stop_name,stop_lat,stop_lon,wheelchair_boarding\n" + b"\n".join(
        f"S{n},S{n},{32 + n / 1000:.3f},130.7,{2 if n == 40 else 1}".encode() for n in range(60)
    )
    feed = read(files)
    network = Network(feed, timetable_of(feed), Straight())
    assert not found(network, ask(5, 40, is_wheelchair=True, most_walk_s=300)).plans


@pytest.mark.parametrize(("when", "is_arriving"), [("7:50", False), ("8:41", True)])
def test_whoever_passes_a_place_stays_there(when, is_arriving):
    trips = {"a": "S5 8:00, S20 8:10", "b": "S20 8:12, S40 8:22", "c": "S20 8:30, S40 8:40", "d": "S5 8:05, S20 8:15"}
    question = ask(5, 40, when, is_arriving=is_arriving, via=(Via(spot(20), 900),))
    plans = found(town(trips), question).plans
    assert [told(each) for each in plans if each.leave_at == at("8:05")] == [
        [("ride", at("8:05"), at("8:15")), ("ride", at("8:30"), at("8:40"))]
    ]


def test_a_taxi_brings_one_to_the_bus_where_no_feet_would():
    carriers, network = {"taxi": Taxis(TwinTaxis())}, town({"t1": "S5 8:00, S40 8:20"})
    question = ask(0, 40, "7:30", most_walk_s=200)
    assert not found(network, question).plans
    answer = found(
        network, replace(question, access={"taxi"}), carriers, lambda legs: sum(leg.price or 0 for leg in legs)
    )
    assert [leg.way for leg in answer.plans[0].legs] == ["taxi", "ride"]
    taxi = answer.plans[0].legs[0]
    assert (taxi.metres, taxi.price, taxi.arrive_at) == (723, 380, at("8:00"))
    assert taxi.depart_at >= at("7:40")
    assert answer.plans[0].fare == 380
    late = found(network, replace(question, at=at("7:52"), access={"taxi"}), carriers)
    assert not late.plans  # called at 7:52 it comes from 8:02 on, after the last bus


def test_a_bicycle_is_taken_where_one_stands_and_given_back_where_there_is_room():
    docks = [Dock("A", *spot(0)[:2], 2, 5), Dock("B", *spot(25)[:2], 0, 5), Dock("C", *spot(30)[:2], 3, 0)]
    carriers = {"bicycle": SharedBicycles(docks)}
    question = ask(1, 26, "7:30", direct={"walk", "bicycle"}, most_walk_s=300)
    ways = {
        each.legs[-2].way if len(each.legs) > 1 else "walk": each for each in found(town(), question, carriers).direct
    }
    assert [leg.way for leg in ways["bicycle"].legs] == ["walk", "bicycle", "walk"]
    assert ways["bicycle"].legs[1].offer == "A>B"
    assert ways["bicycle"].legs[1].seconds == 867 + 120  # 2,780 m x 1.3 at 4.17 m/s, unlocking and giving back
    assert ways["bicycle"].legs[1].price is None
    half_hours = Tariff(Decimal(100), (Step(15, Decimal(50), 15),))
    priced = SharedBicycles([docks[0]._replace(tariffs=(None, half_hours)), *docks[1:]])
    fares = [
        leg.price
        for each in found(town(), question, {"bicycle": priced}).direct
        for leg in each.legs
        if leg.way == "bicycle"
    ]
    assert fares == [150]  # from unlocking until it is given back it takes 16 minutes and a half
    empty = SharedBicycles([docks[0]._replace(bikes=0), *docks[1:]])
    assert [len(each.legs) for each in found(town(), question, {"bicycle": empty}).direct] == [1]
    full = SharedBicycles([docks[0], docks[1]._replace(room=0), docks[2]])
    assert [len(each.legs) for each in found(town(), question, {"bicycle": full}).direct] == [1]


def test_a_bicycle_brings_one_to_the_bus_and_away_from_it():
    docks = [
        Dock("A", *spot(0)[:2], 2, 5),
        Dock("B", *spot(5)[:2], 2, 5),
        Dock("C", *spot(40)[:2], 2, 5),
        Dock("D", *spot(59)[:2], 2, 5),
    ]
    carriers = {"bicycle": SharedBicycles(docks)}
    there = found(town(), ask(0, 40, "7:30", access={"bicycle"}, most_walk_s=60), carriers).plans
    assert [[leg.way for leg in each.legs] for each in there] == [["bicycle", "ride"]] * 2
    assert there[0].legs[0].arrive_at == at("8:00")
    away = found(town(), ask(5, 59, "7:30", egress={"bicycle"}, most_walk_s=60, is_arriving=False), carriers).plans
    assert [[leg.way for leg in each.legs] for each in away] == [["ride", "bicycle"]] * 2
    assert away[0].legs[1].depart_at == at("8:20")


def test_whoever_passes_a_place_that_no_feet_reach_comes_and_goes_by_taxi():
    trips = {"a": "S5 8:00, S20 8:10", "b": "S20 9:30, S59 9:50"}
    question = ask(5, 59, "7:30", via=(Via(spot(35), 600),), most_walk_s=120)
    carriers = {"taxi": Taxis(TwinTaxis())}
    assert not found(town(trips), question, carriers).plans
    with_taxi = replace(question, access={"taxi"}, egress={"taxi"})
    (journey,) = found(town(trips), with_taxi, carriers).plans
    assert [leg.way for leg in journey.legs] == ["ride", "taxi", "taxi", "ride"]
    there, on = journey.legs[1:3]
    assert there.depart_at >= journey.legs[0].arrive_at
    assert on.depart_at - there.arrive_at >= 600
    assert on.arrive_at <= at("9:30")


def test_places_on_the_way_are_passed_by_whoever_comes_by_taxi():
    trips = {"a": "S20 8:30, S30 8:40", "b": "S30 8:50, S40 9:00", "c": "S30 8:41, S40 8:51"}
    question = ask(0, 40, "7:30", via=(Via(spot(30), 300),), most_walk_s=120, access={"taxi"})
    (journey,) = found(town(trips), question, {"taxi": Taxis(TwinTaxis())}).plans
    assert [(leg.way, leg.arrive_at) for leg in journey.legs] == [
        ("taxi", at("8:30")), ("ride", at("8:40")), ("ride", at("9:00")),
    ]  # fmt: skip


def test_a_taxi_counts_among_the_changes_that_somebody_likes():
    carriers, network = {"taxi": Taxis(TwinTaxis())}, town({"t1": "S20 8:30, S40 8:50"})
    question = ask(0, 40, "7:30", most_walk_s=120, access={"taxi"})
    assert [each.changes for each in found(network, replace(question, most_rides=2), carriers).plans] == [1]
    assert not found(network, replace(question, most_rides=1), carriers).plans


def test_a_preferred_line_is_preferred_with_a_taxi_and_together_with_other_lines():
    files = written(STOPS, {"fast": "S20 8:30, S40 8:40", "nice": "S20 8:30, S40 8:55", "on": "S40 9:00, S59 9:20"})
    files["routes.txt"] = b"route_id,route_type\nr,3\nq,2"
    files["trips.txt"] = b"route_id,service_id,trip_id\nr,all,fast\nq,all,nice\nr,all,on"
    feed = read(files)
    network, carriers = Network(feed, timetable_of(feed), Straight()), {"taxi": Taxis(TwinTaxis())}
    question = ask(0, 40, "7:30", most_walk_s=120, access={"taxi"})
    assert [each.rides[0].trip for each in found(network, question, carriers).plans] == [0]
    liked = found(network, replace(question, preferred={1}), carriers).plans
    assert [(each.rides[0].trip, each.is_preferred) for each in liked] == [(0, False), (1, True)]
    avoided = found(network, replace(question, avoided={0}), carriers).plans
    assert [each.rides[0].trip for each in avoided] == [1]
    both = found(network, ask(20, 59, "8:20", preferred={0}, most_walk_s=120)).plans
    assert [([ride.trip for ride in each.rides], each.is_preferred) for each in both] == [([0, 2], True)]


def test_nobody_walks_further_from_a_dock_than_they_like():
    docks = [Dock("A", *spot(0)[:2], 2, 5), Dock("B", *spot(3)[:2], 2, 5)]
    carriers, question = {"bicycle": SharedBicycles(docks)}, ask(0, 40, "7:30", access={"bicycle"}, most_walk_s=220)
    assert [leg.way for leg in found(town(), question, carriers).plans[0].legs] == ["bicycle", "walk", "ride"]
    assert not found(town(), replace(question, most_walk_s=200), carriers).plans  # it is 217 seconds from B to the bus


def test_a_taxi_from_door_to_door_comes_when_it_was_promised():
    (walk, taxi) = found(town(), ask(5, 25, "7:30", direct={"walk", "taxi"}), {"taxi": Taxis(TwinTaxis())}).direct
    assert (walk.leave_at, taxi.leave_at) == (at("7:30"), at("7:40"))
    (_walk, taxi) = found(
        town(), ask(5, 25, "7:30", direct={"walk", "taxi"}, is_arriving=True), {"taxi": Taxis(TwinTaxis())}
    ).direct
    assert taxi.arrive_at == at("7:30")


@pytest.mark.parametrize(("when", "is_arriving"), [("7:50", False), ("8:21", True)])
def test_who_passes_a_stop_in_the_vehicle_keeps_their_seat(when, is_arriving):
    (first, *_rest) = found(
        town(), ask(5, 40, when, is_arriving=is_arriving, via=(Via(spot(20)._replace(stop=20)),))
    ).plans
    assert told(first) == [("ride", at("8:00"), at("8:20"))]
    assert (first.rides[0].board, first.rides[0].alight, first.changes) == (0, 2, 0)


def test_who_passes_a_stop_and_changes_there_needs_the_time_to_change():
    trips = {
        "a": "S5 8:00, S20 8:10",
        "tight": "S20 8:11, S40 8:15",
        "b": "S20 8:12, S40 8:20",
        "c": "S21 8:11, S40 8:14",
    }
    question = ask(5, 40, via=(Via(spot(20)._replace(stop=20)),), most_walk_s=60)
    (first, *_rest) = found(town(trips, walks="S20 S20 120,S20 S21 120"), question).plans
    assert told(first) == [("ride", at("8:00"), at("8:10")), ("ride", at("8:12"), at("8:20"))]


def test_more_than_one_can_read_is_cut_and_said():
    trips = {f"t{n}": f"S5 8:{n:02}, S40 9:{n:02}" for n in range(20)}
    answer = found(town(trips), ask(5, 40, wanted=5))
    assert [each.leave_at for each in answer.plans] == [at(f"8:{n:02}") for n in range(5)]
    assert answer.is_cut
    last = found(town(trips), ask(5, 40, "9:30", wanted=5, is_arriving=True))
    assert [each.arrive_at for each in last.plans] == [at(f"9:{n:02}") for n in range(15, 20)]


def test_the_middle_of_the_night_looks_on_to_the_morning():
    answer = found(town(), ask(5, 40, "1:00"))
    assert answer.plans[0].leave_at == at("8:00")
    assert not found(town(services="all,0,0,0,0,0,0,0,20260101,20261231"), ask(5, 40)).plans


def test_days_are_laid_out_once():
    network = town()
    assert network.lanes(DAY) is network.lanes(DAY)
    for n in range(30):
        network.lanes(date(2026, 6, 1 + n))
    assert len(network._lanes) <= 16


def test_a_leg_moves_with_its_times_alone():
    leg = Leg("walk", spot(1), spot(2), 0, 60, 80, 10)
    assert replace(leg, depart_at=100, arrive_at=160) == leg.moved(100)
    assert np.isclose(leg.start.lat, 32.001)


@dataclass(frozen=True)
class Fleet:
    """Taxis that go anywhere at once, for a base and a price a second."""

    base: int
    a_second: int = 0

    def quote(self, rides, question, network):
        ways = [network.streets.way(start[:2], goal[:2], PROFILES["car"]) for start, goal in rides]
        since = -(2**30) if question.is_arriving else question.at
        return [Offer(way.seconds, way.metres, self.base + self.a_second * way.seconds, "q", since) for way in ways]


def fare_of(legs):
    return sum(200 if leg.way == "ride" else leg.price or 0 for leg in legs)


def test_a_taxi_for_a_part_of_the_way_is_left_out_where_one_all_the_way_is_the_better():
    network = town({"t1": "S5 8:00, S30 8:06"})
    question = ask(5, 40, "7:55", egress={"walk", "taxi"}, direct={"taxi"}, most_walk_s=600)

    def asked(fleet, price=fare_of, **more):
        answer = found(network, replace(question, **more), {"taxi": Taxis(fleet)}, price)
        return [[leg.way for leg in each.legs] for each in answer.plans]

    in_parts = [["ride", "taxi"]]
    assert asked(Fleet(base=800)) == []
    assert asked(Fleet(base=800), direct=frozenset()) == in_parts
    assert asked(Fleet(base=0, a_second=5)) == in_parts  # all the way costs much more than what is left of it
    assert asked(Fleet(base=800), price=lambda _legs: None) == in_parts  # where no price is known nothing is said
    late = {"at": at("8:30"), "is_arriving": True}
    assert asked(Fleet(base=800), **late) == []
    assert asked(Fleet(base=0, a_second=5), **late) == in_parts
