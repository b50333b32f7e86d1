"""A journey that somebody follows, minute by minute through a small town where every time can be reckoned by hand."""

from dataclasses import replace
from datetime import timedelta

import pytest

from mobility.engine.journeys import Leg
from mobility.engine.journeys.asking import Via
from mobility.engine.journeys.following import Held, Phase, Trouble, standing_of
from mobility.engine.journeys.instead import instead
from mobility.engine.live import Gathering, overlaid
from mobility.engine.live.news import CallNews, TripNews, TripRef
from tests.mobility.engine.journeys.test_planning import DAY, ask, at, found, spot, town

TRIPS = {
    "a": "S5 8:00, S20 8:10 8:11, S30 8:16, S40 8:20",
    "b": "S20 8:14, S50 8:25",
    "b2": "S20 8:34, S50 8:45",
    "c": "S30 8:22, S50 8:31",
    "far": "S40 8:40, S59 8:50",
}


class Followed:
    """A journey of the town, followed with whatever is said of its vehicles."""

    def __init__(self, trips=TRIPS, question=None, **more) -> None:
        self.base = self.network = town(trips, **more)
        self.ask = question or ask(4, 50, "7:50")
        self.plan = found(self.base, self.ask).plans[0]
        self.legs, self.held = self.plan.legs, ()
        self.catalogue = next(iter(self.base.catalogues.values()))

    def hear(self, *news: TripNews) -> None:
        gathered = Gathering()
        midnight = self.catalogue.midnight(DAY)
        matched = gathered.take(news, self.catalogue, midnight + at("8:00"))
        assert not matched.unmatched
        self.network = self.base.with_live(overlaid(self.base.timetable, gathered.changes()))

    def at(self, when: str):
        """Look at an instant, as the loop does: what it holds is held from then on."""
        standing = standing_of(self.network, DAY, self.legs, self.held, at(when))
        self.held = standing.held
        return standing

    def instead(self, when: str, **more):
        standing = self.at(when)
        plans = instead(self.network, replace(self.ask, **more), standing, at(when), {}, lambda _legs: None)
        return [[self.told(leg) for leg in plan.legs] for plan in plans]

    def told(self, leg: Leg) -> str:
        name = self.network.trip_name(leg.trip) if leg.way == "ride" else leg.way
        return f"{name} {clock(leg.depart_at)}-{clock(leg.arrive_at)}"


def clock(second: int) -> str:
    return str(timedelta(seconds=second)).removesuffix(":00")


def late(trip: str, seconds: int, call: int = 0) -> TripNews:
    return TripNews(
        TripRef(trip, start_day=DAY), calls=(CallNews(call, arrival_delay_s=seconds, departure_delay_s=seconds),)
    )


def cancelled(trip: str) -> TripNews:
    return TripNews(TripRef(trip, start_day=DAY), "canceled")


def skips(trip: str, call: int) -> TripNews:
    return TripNews(TripRef(trip, start_day=DAY), calls=(CallNews(call, kind="skipped"),))


def test_a_journey_on_time_goes_through_its_phases_and_says_when_to_look_again():
    mine = Followed()
    assert [mine.told(leg) for leg in mine.legs] == ["walk 7:58:11-8:00", "a 8:00-8:10", "b 8:14-8:25"]
    phases, now, told = [], at("7:57"), 0
    while now is not None and told < 12:
        standing = mine.at(clock(now))
        phases.append((clock(now), *standing.phase))
        assert standing.trouble is None
        now, told = standing.until, told + 1
    assert phases == [
        ("7:57", "before", 0, -1), ("7:58:11", "walking", 0, -1), ("8:00", "riding", 1, 1), ("8:10", "waiting", 2, -1),
        ("8:14", "riding", 2, 1), ("8:25", "arrived", 2, -1),
    ]  # fmt: skip
    assert mine.at("9:00").legs[-1].leg.arrive_at == at("8:25")


def test_a_late_vehicle_moves_what_follows_and_the_change_has_less_left():
    mine = Followed()
    assert mine.at("7:55").changes == ((1, 2, 0, 240),)
    mine.hear(late("a", 180))
    standing = mine.at("7:55")
    assert [mine.told(each.leg) for each in standing.legs] == ["walk 8:01:11-8:03", "a 8:03-8:13", "b 8:14-8:25"]
    assert [each.state for each in standing.legs] == ["planned", "live", "planned"]
    assert (standing.changes[0].slack_s, standing.trouble) == (60, None)


def test_a_missed_change_is_foreseen_and_what_one_can_do_instead_begins_in_the_vehicle():
    mine = Followed()
    mine.at("8:01")
    mine.hear(late("a", 300, call=1))
    standing = mine.at("8:02")
    assert (standing.trouble, standing.changes[0].slack_s) == (Trouble("missed", 2), -60)
    assert standing.phase == Phase("riding", 1, 1)
    assert standing.until == at("8:03")
    assert mine.instead("8:02") == [["a 8:00-8:21", "c 8:22-8:31"]]
    mine.hear(late("a", 60))
    assert mine.at("8:04").trouble is None


def test_who_stands_where_the_bus_has_left_goes_on_from_there():
    mine = Followed()
    mine.at("8:01")
    mine.hear(late("a", 300, call=1))
    assert mine.at("8:17").phase == Phase("stranded", 2)
    assert mine.instead("8:17") == [["b2 8:34-8:45"]]


def test_before_setting_out_one_is_shown_ways_from_the_start():
    mine = Followed()
    mine.hear(cancelled("a"))
    standing = mine.at("7:50")
    assert (standing.trouble, standing.phase.kind) == (Trouble("cancelled", 1), "before")
    assert [each.state for each in standing.legs] == ["planned", "cancelled", "planned"]
    mine.hear(cancelled("b"))
    assert mine.at("7:50").trouble == Trouble("cancelled", 2)
    assert mine.instead("7:50")[0] == ["walk 7:58:11-8:00", "a 8:00-8:16", "c 8:22-8:31"]


@pytest.mark.parametrize(("call", "leg"), [(0, 1), (1, 1)])
def test_a_stop_that_is_left_out_stands_in_the_way(call, leg):
    mine = Followed()
    mine.hear(skips("a", call))
    standing = mine.at("7:50")
    assert standing.trouble == Trouble("skipped", leg)
    assert standing.legs[1].state == ("no_boarding", "no_alighting")[call]


def test_who_is_carried_past_the_stop_gets_off_at_the_next():
    mine = Followed()
    mine.at("8:05")
    mine.hear(skips("a", 1))
    assert mine.at("8:06").phase == Phase("riding", 1, 1)
    assert mine.instead("8:06")[0] == ["a 8:00-8:16", "c 8:22-8:31"]
    assert mine.at("8:12").phase == Phase("riding", 1, 2)


def test_what_a_source_forgets_of_calls_that_were_made_is_remembered():
    mine = Followed()
    mine.at("8:01")
    mine.hear(late("a", 240), late("b", 120))
    mine.at("8:14")
    mine.at("8:16")  # boarded b, two minutes late
    mine.hear(late("b", 0))  # as if it had left on time, before a arrived
    standing = mine.at("8:18")
    assert (standing.phase.kind, standing.trouble) == ("riding", None)
    assert clock(standing.legs[2].leg.depart_at) == "8:16"


def test_a_vehicle_that_has_not_left_after_all_is_waited_for():
    mine = Followed()
    mine.at("8:00")
    mine.hear(late("a", 120))
    standing = mine.at("8:01")
    assert standing.phase == Phase("waiting", 1)
    assert standing.held[1] == Held()


def test_a_trip_that_the_timetable_does_not_know_any_more_is_gone_unless_one_sits_in_it():
    mine = Followed()
    mine.legs = (*mine.legs[:2], replace(mine.legs[2], trip=-1))
    standing = mine.at("8:05")
    assert (standing.trouble, standing.legs[2].state) == (Trouble("gone", 2), "gone")
    assert mine.instead("8:05")[0][0].startswith("a 8:00")
    seated = Followed()
    seated.at("8:15")
    seated.legs = mine.legs
    assert seated.at("8:16").trouble is None
    assert seated.at("8:26").phase.kind == "arrived"


def test_a_change_on_foot_and_ones_own_pace_count():
    trips = {"a": "S5 8:00, S20 8:10", "b": "S21 8:13, S40 8:30"}
    mine = Followed(trips, ask(5, 40), walks="S20 S21 109")
    assert mine.at("7:50").changes == ((0, 2, 109, 71),)
    mine.hear(late("a", 72))
    assert mine.at("7:50").trouble == Trouble("missed", 2)
    same = Followed({"a": "S5 8:00, S20 8:10", "b": "S20 8:14, S50 8:25"}, ask(5, 50), walks="S20 S20 120")
    assert same.at("7:50").changes == ((0, 1, 120, 120),)
    slow = ask(5, 50).walk.at_speed(ask(5, 50).walk.speed // 2)
    assert standing_of(same.network, DAY, same.legs, (), at("7:50"), slow).changes[0].needed_s >= 240


def test_who_waits_at_a_stop_hears_of_the_cancelled_bus_and_of_the_next():
    mine = Followed(question=ask(5, 50, "7:50"))
    mine.hear(cancelled("b"))
    assert mine.instead("8:12") == [["b2 8:34-8:45"]]  # at S20, where a brought them
    assert mine.at("8:12").phase == Phase("stranded", 1)


def test_places_on_the_way_that_were_passed_are_not_passed_again():
    trips = {"a": "S5 8:00, S20 8:10", "b": "S20 8:30, S40 8:40", "d": "S20 8:50, S40 9:00", "e": "S5 8:20, S40 8:35"}
    question = ask(5, 40, "7:50", via=(Via(spot(20), 900),), most_direct_s=60)
    mine = Followed(trips, question)
    mine.hear(cancelled("b"))
    assert mine.instead("7:55")[0] == ["a 8:00-8:10", "d 8:50-9:00"]
    assert mine.instead("8:15") == [["d 8:50-9:00"]]


def test_nothing_can_be_done_where_nothing_runs_any_more():
    mine = Followed({"a": "S5 8:00, S20 8:10", "b": "S20 8:14, S50 8:25"}, ask(5, 50, most_walk_s=60, most_direct_s=60))
    mine.hear(cancelled("b"))
    assert mine.instead("8:05") == []


def test_within_one_minute_the_same_is_found():
    mine = Followed()
    mine.at("8:01")
    mine.hear(late("a", 300, call=1))
    mine.at("8:16")
    assert mine.instead("8:16:20") == mine.instead("8:16:50") != []


def test_a_trip_that_is_cancelled_under_way_is_left_at_the_next_stop():
    mine = Followed({**TRIPS, "e": "S20 8:20, S40 8:30"}, ask(5, 40, "7:50"))
    mine.at("8:05")
    mine.hear(cancelled("a"))
    assert (mine.at("8:06").trouble, mine.at("8:06").phase) == (Trouble("cancelled", 0), Phase("riding", 0, 1))
    assert [plan[0] for plan in mine.instead("8:06", most_direct_s=60)] == ["e 8:20-8:30"]
    assert mine.instead("8:06")[0] == ["e 8:20-8:30"]
