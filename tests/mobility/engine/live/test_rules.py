"""One rule of running data at a time, in towns so small that the answer can be seen."""

from datetime import date

import numpy as np
import pytest

from mobility.engine.live import Catalogue, Gathering, no_changes, overlaid, packed, unpacked
from mobility.engine.live.news import CallNews, TripNews, TripRef
from mobility.engine.search import Ends, earliest_arrival
from mobility.engine.timetable import lanes_of
from mobility.engine.timetable.compiling import timetable_of
from tests.mobility.engine.search.test_rules import clock, seconds
from tests.mobility.feeds import read, written

DAY = date(2026, 6, 10)
TRIPS = {"x": "A 8:00, B 8:10 8:11, C 8:20", "y": "A 8:30, B 8:40 8:41, C 8:50", "night": "A 24:10, B 24:20, C 24:30"}


class Town:
    """A small feed and what is said of its trips."""

    def __init__(self, trips=TRIPS, stops="A B C", **more):
        self.feed = read(written(stops, trips, **more))
        self.timetable = timetable_of(self.feed)
        self.number = {stop: n for n, stop in enumerate(self.feed.stop_id)}
        self.catalogue = Catalogue(
            self.timetable, trip_ids=self.feed.trip_id, stop_of=self.number, route_ids=self.feed.route_id,
            trip_route=self.feed.trip_route,
            sequences=np.array([n for count in np.diff(self.feed.trip_call) for n in range(count)], dtype="i4"),
        )  # fmt: skip
        self.gathering = Gathering()

    def hears(self, *news, at="8:00"):
        return self.gathering.take(news, self.catalogue, self.instant(at))

    def instant(self, at, day=DAY):
        return self.catalogue.midnight(day) + seconds(at)

    def overlay(self):
        return overlaid(self.timetable, self.gathering.changes())

    def times(self, trip, day=DAY):
        told = self.overlay().times(self.feed.trip_id.index(trip), day)
        return " ".join(
            f"{clock(a)}/{clock(d)}{'' if t else '?'}"
            for a, d, t in zip(told.arrival.tolist(), told.departure.tolist(), told.is_told.tolist(), strict=True)
        )

    def arrives(self, begin, end, at, day=DAY):
        overlay = self.overlay()
        lanes = overlay.lanes(day)
        goal = Ends.around(overlay.lanes(day, is_mirrored=True), self.number[end])
        return clock(earliest_arrival(lanes, Ends.around(lanes, self.number[begin]), goal, seconds(at)))


def of(trip_id, *calls, day=DAY, **more):
    return TripNews(TripRef(trip_id, start_day=day), calls=calls, **more)


def test_a_delay_goes_on_until_another_is_told():
    town = Town()
    town.hears(of("x", CallNews(sequence=1, arrival_delay_s=300)))
    assert town.times("x") == "8:00/8:00? 8:15/8:16 8:25/8:25"
    town.hears(of("x", CallNews(sequence=0, departure_delay_s=120), CallNews(sequence=2, arrival_delay_s=60)))
    assert town.times("x") == "8:00/8:02 8:12/8:13 8:21/8:21"


def test_after_no_data_the_plan_stands_again_but_nothing_runs_back():
    town = Town()
    town.hears(of("x", CallNews(sequence=0, departure_delay_s=900), CallNews(sequence=1, kind="no_data")))
    assert town.times("x") == "8:00/8:15 8:15/8:15? 8:20/8:20?"


def test_a_vehicle_that_is_early_was_early_before():
    town = Town()
    town.hears(of("y", CallNews(stop_id="B", arrival_at=town.instant("8:25"), departure_at=town.instant("8:26"))))
    assert town.times("y") == "8:25/8:25? 8:25/8:26 8:35/8:35"


def test_what_is_told_of_the_whole_trip_holds_where_no_call_tells_more():
    town = Town()
    town.hears(of("x", delay_s=60), of("y", CallNews(sequence=2, arrival_delay_s=120), delay_s=600))
    assert town.times("x") == "8:01/8:01 8:11/8:12 8:21/8:21"
    assert town.times("y") == "8:30/8:30? 8:40/8:41? 8:52/8:52"


def test_a_call_that_is_left_out_lets_nobody_on_or_off_and_holds_up_nobody():
    town = Town()
    town.hears(
        of("x", CallNews(sequence=1, kind="skipped"), CallNews(sequence=2, arrival_at=town.instant("8:05"))),
    )
    assert town.arrives("A", "B", "7:50") == "8:40"
    assert town.arrives("B", "C", "8:00") == "8:50"
    assert town.arrives("A", "C", "7:50") == "8:05"


def test_a_cancelled_trip_runs_on_other_days():
    town = Town()
    town.hears(of("x", kind="canceled"))
    assert town.arrives("A", "C", "7:50") == "8:50"
    assert town.arrives("A", "C", "7:50", date(2026, 6, 11)) == "8:20"
    assert town.times("x") == ""


def test_yesterdays_night_trip_is_late_today_and_todays_is_not():
    town = Town()
    town.hears(of("night", delay_s=1200, day=date(2026, 6, 9)))
    assert town.arrives("A", "C", "0:00") == "0:50"
    assert town.arrives("A", "C", "24:00") == "24:30"


def test_who_is_overtaken_hides_nobody():
    town = Town()
    town.hears(of("x", delay_s=3600))
    assert town.arrives("A", "C", "8:00") == "8:50"
    assert town.arrives("A", "C", "8:31") == "9:20"


def test_an_added_trip_runs_as_it_tells():
    town = Town()
    calls = [
        CallNews(stop_id="C", departure_at=town.instant("9:00")),
        CallNews(stop_id="A", arrival_at=town.instant("9:05")),
    ]
    town.hears(of("extra", *calls, kind="added"))
    overlay = town.overlay()
    assert town.arrives("C", "A", "8:00") == "9:05"
    assert overlay.names == ["extra"]
    assert overlay.times(town.timetable.trips, DAY).stop.tolist() == [2, 0]
    assert town.arrives("C", "A", "8:00", date(2026, 6, 12)) is None


def test_a_replaced_trip_runs_on_other_calls_and_a_moved_stop_elsewhere():
    town = Town(stops="A B C D")
    calls = [
        CallNews(stop_id="A", departure_at=town.instant("8:05")),
        CallNews(stop_id="D", arrival_at=town.instant("8:09")),
    ]
    town.hears(of("x", *calls, kind="replaced"), of("y", CallNews(sequence=1, moved_to="D")))
    assert town.arrives("A", "D", "8:00") == "8:09"
    assert town.arrives("A", "D", "8:06") == "8:40"
    assert town.arrives("A", "B", "8:00") == "24:20"
    assert town.arrives("A", "C", "8:00") == "8:50"


def test_a_duplicated_trip_runs_once_more():
    town = Town()
    copy = TripRef("x2", start_day=DAY, start_s=seconds("10:00"))
    town.hears(
        TripNews(TripRef("x", start_day=DAY), "duplicated", copy=copy, calls=[CallNews(sequence=2, arrival_delay_s=60)])
    )
    assert town.arrives("A", "C", "9:00") == "10:21"
    assert town.arrives("A", "C", "7:00") == "8:20"


@pytest.mark.parametrize(
    ("ref", "code"),
    [
        (TripRef("z", start_day=DAY), "unknown_trip"),
        (TripRef("x", start_day=date(2031, 1, 1)), "not_on_this_day"),
        (TripRef(route_id="r", start_s=1, start_day=DAY), "unknown_start"),
        (TripRef(), "unknown_start"),
    ],
)
def test_what_is_not_found_is_counted_and_told(ref, code):
    town = Town()
    matched = town.hears(TripNews(ref, delay_s=60))
    assert (matched.trips, dict(matched.unmatched)) == (0, {code: 1})
    assert len(town.overlay().changes) == 0


def test_a_trip_is_found_by_route_and_start_and_without_a_day_by_the_hour():
    town = Town()
    town.hears(TripNews(TripRef(route_id="r", start_s=seconds("8:30")), delay_s=60), at="8:35")
    assert town.times("y") == "8:31/8:31 8:41/8:42 8:51/8:51"
    town.hears(TripNews(TripRef("night"), delay_s=60), at="0:15")
    assert town.times("night", date(2026, 6, 9)) == "24:11/24:11 24:21/24:21 24:31/24:31"
    assert town.times("night") == "24:10/24:10? 24:20/24:20? 24:30/24:30?"


def test_a_repeating_trip_is_found_by_its_start():
    town = Town(
        {"loop": "A 0:00, B 0:07"},
        stops="A B",
        more="trip_id,start_time,end_time,headway_secs\nloop,06:00:00,07:00:00,1200",
    )
    news = [TripNews(TripRef("loop", start_day=DAY, start_s=at), delay_s=60) for at in (seconds("6:20"), 5)]
    assert dict(town.hears(*news).unmatched) == {"unknown_start": 1}
    assert [town.arrives("A", "B", at) for at in ("5:50", "6:01", "6:22")] == ["6:07", "6:28", "6:47"]


def test_calls_and_stops_that_are_not_there_are_counted_and_absurd_times_left_aside():
    town = Town()
    matched = town.hears(
        of("x", CallNews(sequence=9, stop_id="Z", arrival_delay_s=60), CallNews(sequence=1, arrival_delay_s=999_999)),
        of("e", CallNews(stop_id="Z", arrival_at=1), CallNews(stop_id="A", arrival_at=2), kind="added"),
        of("f", CallNews(stop_id="A", arrival_at=1), CallNews(stop_id="B", arrival_at=2), kind="added"),
        of("g", kind="added"),
    )
    assert dict(matched.unmatched) == {"unknown_call": 1, "unknown_stop": 1, "untimed": 1, "calls_too_few": 1}
    assert town.times("x") == "8:00/8:00? 8:10/8:11? 8:20/8:20?"


def test_a_loop_is_told_stop_by_stop_in_order():
    town = Town({"loop": "A 8:00, B 8:10, A 8:20, C 8:30"})
    town.hears(of("loop", CallNews(stop_id="B", departure_delay_s=0), CallNews(stop_id="A", arrival_delay_s=60)))
    assert town.times("loop") == "8:00/8:00? 8:10/8:10 8:21/8:21 8:31/8:31"


def test_the_timetable_itself_stays_untouched():
    town = Town()
    before = {name: value.copy() for name, value in vars(town.timetable).items() if isinstance(value, np.ndarray)}
    lanes = lanes_of(town.timetable, DAY)
    town.hears(of("x", CallNews(sequence=1, kind="skipped")), of("y", delay_s=60), of("night", kind="canceled"))
    town.overlay().lanes(DAY)
    for name, value in before.items():
        assert np.array_equal(getattr(town.timetable, name), value), name
    for old, new in zip(lanes, lanes_of(town.timetable, DAY), strict=True):
        assert np.array_equal(old, new)


def test_changes_travel_as_bytes():
    town = Town()
    calls = [
        CallNews(stop_id="C", departure_at=town.instant("9:00")),
        CallNews(stop_id="A", arrival_at=town.instant("9:05")),
    ]
    town.hears(of("x", CallNews(sequence=1, kind="skipped")), of("e", *calls, kind="added", vehicle="7"))
    changes = town.gathering.changes()
    again = unpacked(packed(changes))
    assert (again.name, again.vehicle) == (["", "e"], ["", "7"])
    for name, value in vars(changes).items():
        assert np.array_equal(getattr(again, name), value), name
    assert len(unpacked(packed(no_changes()))) == 0
    for broken in (b"", b"\x00" * 9, packed(changes)[:-3], b"\x92\x80\x90"):
        with pytest.raises(ValueError, match="packed"):
            unpacked(broken)


def test_an_empty_timetable_takes_added_trips():
    town = Town({})
    calls = [
        CallNews(stop_id="C", departure_at=town.instant("9:00")),
        CallNews(stop_id="A", arrival_at=town.instant("9:05")),
    ]
    town.hears(of("e", *calls, kind="added"))
    assert town.arrives("C", "A", "8:00") == "9:05"
    assert town.arrives("A", "C", "8:00") is None
