"""One rule at a time, in towns so small that the answer can be seen."""

from datetime import date

import pytest

from mobility.engine.search import NOT_REACHED, Ends, earliest_arrival, reach_all, search_range
from mobility.engine.timetable import lanes_of
from mobility.engine.timetable.compiling import timetable_of
from tests.mobility.feeds import read, written

DAY = date(2026, 6, 10)


class Town:
    """A small feed, asked by names and by clock."""

    def __init__(self, stops, trips, **more):
        self.feed = read(written(stops, trips, **more))
        self.timetable = timetable_of(self.feed)
        self.number = {stop: n for n, stop in enumerate(self.feed.stop_id)}

    def ends(self, begin, end, day=DAY):
        forward, mirrored = lanes_of(self.timetable, day), lanes_of(self.timetable, day, is_mirrored=True)
        return forward, mirrored, Ends.around(forward, self.number[begin]), Ends.around(mirrored, self.number[end])

    def arrives(self, begin, end, at, day=DAY):
        forward, _mirrored, start, goal = self.ends(begin, end, day)
        return clock(earliest_arrival(forward, start, goal, seconds(at)))

    def leaves(self, begin, end, by, day=DAY):
        _forward, mirrored, start, goal = self.ends(begin, end, day)
        found = earliest_arrival(mirrored, goal, start, -seconds(by))
        return clock(found if found == NOT_REACHED else -found)

    def journeys(self, begin, end, first, last, day=DAY):
        forward, _mirrored, start, goal = self.ends(begin, end, day)
        found = search_range(forward, start, goal, seconds(first), seconds(last))
        return [
            (clock(each.leave_at), clock(each.arrive_at), " ".join(self.feed.trip_id[ride.trip] for ride in each.rides))
            for each in found
        ]


def seconds(text):
    hours, minutes = text.split(":")
    return int(hours) * 3600 + int(minutes) * 60


def clock(at):
    return None if at == NOT_REACHED else f"{at // 3600}:{at % 3600 // 60:02}"


def test_to_change_takes_its_time_and_to_board_first_takes_none():
    town = Town(
        "A B C", {"x": "A 8:00, B 8:10", "tight": "B 8:11, C 8:20", "next": "B 8:13, C 8:25"}, walks="A A 600, B B 120"
    )
    assert town.arrives("A", "C", "8:00") == "8:25"
    assert town.leaves("A", "C", "8:25") == "8:00"
    assert town.leaves("A", "C", "8:24") == "-16:00"  # yesterday at eight


def test_a_walk_is_no_change_and_a_change_is_no_walk():
    # Walking from B to D takes less than changing at B, and leads only to D.
    town = Town(
        "A B C D",
        {"x": "A 8:00, B 8:10", "b": "B 8:12, C 8:14", "d": "D 8:12, C 8:30"},
        walks="B B 300, B D 60, D D 900",
    )
    assert town.arrives("A", "C", "8:00") == "8:30"


def test_walks_are_not_chained():
    town = Town("A B C D", {"x": "A 8:00, B 8:10", "y": "D 9:00, A 9:10"}, walks="B C 60, C D 60")
    assert town.arrives("A", "C", "8:00") == "8:11"
    assert town.arrives("A", "D", "8:00") is None


def test_where_changing_is_ruled_out_one_may_still_arrive_and_walk():
    town = Town(
        "A B C D", {"x": "A 8:00, B 8:10", "b": "B 8:30, C 8:40", "d": "D 8:30, C 8:50"}, walks="B B never, B D 60"
    )
    assert town.arrives("A", "B", "8:00") == "8:10"
    assert town.arrives("A", "C", "8:00") == "8:50"


@pytest.mark.parametrize(
    ("trip", "found"), [("A 8:00, B 8:10", "8:10"), ("A- 8:00, B 8:10", None), ("A 8:00, B+ 8:10", None)]
)
def test_one_boards_and_alights_where_the_trip_lets_one(trip, found):
    assert Town("A B", {"x": trip}).arrives("A", "B", "7:00") == found


def test_a_loop_is_ridden_from_its_second_visit_too():
    town = Town("A B C", {"loop": "A 8:00, B 8:10, A 8:20, C 8:30"})
    assert town.arrives("A", "C", "8:05") == "8:30"
    assert town.journeys("A", "C", "7:00", "9:00") == [("8:20", "8:30", "loop")]


def test_a_trip_that_is_overtaken_hides_nobody():
    town = Town("A B C", {"slow": "A 8:00, B 8:30, C 9:00", "fast": "A 8:10, B 8:15, C 8:20"})
    assert town.arrives("A", "C", "7:50") == "8:20"
    assert town.leaves("A", "C", "8:59") == "8:10"
    assert len(lanes_of(town.timetable, DAY).ride) == 3


def test_yesterdays_night_and_tomorrows_morning_are_there():
    town = Town("A B", {"night": "A 24:30, B 25:10", "early": "A 5:00, B 5:30"})
    assert town.arrives("A", "B", "0:10") == "1:10"
    assert town.arrives("A", "B", "6:00") == "25:10"
    assert town.arrives("A", "B", "25:00") == "29:30"


def test_a_service_runs_on_its_days_alone():
    services = "all,1,1,1,1,1,1,1,20260101,20261231 weekend,0,0,0,0,0,1,1,20260101,20261231"
    town = Town("A B", {"x@weekend": "A 8:00, B 8:10"}, services=services)
    assert town.arrives("A", "B", "7:00", date(2026, 6, 13)) == "8:10"
    assert town.arrives("A", "B", "7:00", date(2026, 6, 12)) == "32:10"  # tomorrow is Saturday
    assert town.arrives("A", "B", "7:00", date(2026, 6, 10)) is None
    assert town.arrives("A", "B", "7:00", date(2040, 6, 9)) is None


def test_what_is_worth_taking_is_all_told_and_nothing_else():
    town = Town(
        "A B C",
        {
            "direct": "A 8:00, C 9:00", "x": "A 8:05, B 8:15", "y": "B 8:20, C 8:40", "late": "A 8:30, C 9:30",
            "beaten": "A 8:20, C 9:40",
        },
    )  # fmt: skip
    assert town.journeys("A", "C", "8:00", "8:35") == [
        ("8:00", "9:00", "direct"), ("8:05", "8:40", "x y"), ("8:30", "9:30", "late"),
    ]  # fmt: skip


def test_what_leaves_after_the_span_may_beat_what_leaves_within():
    town = Town("A B", {"slow": "A 8:00, B 9:00", "fast": "A 8:30, B 8:40"})
    assert town.journeys("A", "B", "7:30", "8:15") == []
    assert town.journeys("A", "B", "7:30", "8:45") == [("8:30", "8:40", "fast")]


def test_a_repeating_trip_leaves_again_and_again():
    more = "trip_id,start_time,end_time,headway_secs\nloop,06:00:00,07:00:00,1200"
    town = Town("A B", {"loop": "A 0:00, B 0:07"}, more=more)
    assert [leave for leave, _at, _trip in town.journeys("A", "B", "5:00", "23:00")] == ["6:00", "6:20", "6:40"]
    assert town.arrives("A", "B", "6:41") == "30:07"


def test_blank_times_lie_evenly_between_those_that_are_told():
    town = Town("A B C D", {"x": "A 8:00, B, C, D 8:30"})
    assert (town.arrives("A", "B", "8:00"), town.arrives("A", "C", "8:00")) == ("8:10", "8:20")


def test_every_stop_is_reached_on_foot_or_by_vehicle():
    town = Town("A B C D", {"x": "A 8:00, B 8:10"}, walks="A D 60, B C 120")
    forward, _mirrored, start, _goal = town.ends("A", "A")
    assert [clock(int(at)) for at in reach_all(forward, start, seconds("7:59"))] == ["7:59", "8:10", "8:12", "8:00"]


def test_nothing_runs_in_an_empty_town():
    town = Town("A B", {})
    assert town.arrives("A", "B", "8:00") is None
    assert town.journeys("A", "B", "0:00", "24:00") == []
