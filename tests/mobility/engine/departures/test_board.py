"""What leaves a stop: over midnight, late, cancelled, the last one, and the day on which anything goes again."""

import csv
import io
from datetime import date, datetime, timedelta

import pytest

from kernel.clock import JST
from mobility.engine.departures import board_of, next_service
from mobility.engine.live import Catalogue, Gathering, overlaid
from mobility.engine.live.news import CallNews, TripNews, TripRef
from mobility.engine.network import Network
from mobility.engine.streets import Straight
from mobility.engine.timetable.compiling import timetable_of
from tests.mobility.feeds import needs_open_data, open_feed, read, written

FRIDAY, SATURDAY = date(2026, 1, 9), date(2026, 1, 10)
TWO = "week,1,1,1,1,1,0,0,20260101,20260131 sat,0,0,0,0,0,1,0,20260101,20260131"


def at(text: str) -> int:
    hours, minutes = text.split(":")
    return int(hours) * 3600 + int(minutes) * 60


def network(trips, stops="A B C D", services=TWO) -> Network:
    feed = read(written(stops, trips, services=services))
    return Network(feed, timetable_of(feed), Straight())


TOWN = {
    "t1@week": "A 8:00, B 8:10, C 8:20",
    "t2@week": "A 9:00, B 9:10 9:12, C 9:20",
    "t3@week": "B 9:11, D 9:30",
    "late@week": "A 24:50, B 25:00, C 25:10",
    "s1@sat": "A 7:30, B- 7:40, C 7:50",
    "loop@sat": "A 10:00, B 10:05, A 10:20, C 10:30",
}


def shown(board, net):
    return [
        (
            net.feed.trip_id[each.trip],
            each.shift // 86400,
            each.call,
            net.feed.stop_id[each.stop],
            clock(each.expected_at),
        )
        for each in board.departures
    ]


def clock(seconds: int) -> str:
    return f"{seconds // 3600}:{seconds % 3600 // 60:02}"


def stops(net, *ids):
    return [net.stop_numbers[each] for each in ids]


def test_what_leaves_next_is_shown_in_order():
    net = network(TOWN)
    board = board_of(net, stops(net, "B"), FRIDAY, at("8:10"), 3)
    assert shown(board, net) == [("t1", 0, 1, "B", "8:10"), ("t3", 0, 0, "B", "9:11"), ("t2", 0, 1, "B", "9:12")]
    assert (board.is_cut, board.service_shift, clock(board.last.expected_at)) == (True, 0, "25:00")
    assert {each.state for each in board.departures} == {"planned"}


def test_nobody_waits_where_a_trip_ends_or_lets_nobody_on():
    net = network(TOWN)
    assert board_of(net, stops(net, "C"), FRIDAY, 0, 9).departures == []
    assert shown(board_of(net, stops(net, "B"), SATURDAY, at("6:00"), 9), net) == [("loop", 0, 1, "B", "10:05")]


def test_a_stop_that_is_passed_twice_is_left_twice():
    net = network(TOWN)
    board = board_of(net, stops(net, "A"), SATURDAY, at("9:00"), 9)
    assert shown(board, net) == [("loop", 0, 0, "A", "10:00"), ("loop", 0, 2, "A", "10:20")]


def test_past_midnight_the_day_before_still_runs():
    net = network(TOWN)
    board = board_of(net, stops(net, "A", "B"), SATURDAY, at("0:55"), 2)
    assert shown(board, net) == [("late", -1, 1, "B", "1:00"), ("s1", 0, 0, "A", "7:30")]
    assert (board.service_shift, clock(board.last.planned_at)) == (-86400, "1:00")
    later = board_of(net, stops(net, "A", "B"), SATURDAY, at("1:01"), 1)
    assert (later.service_shift, clock(later.last.planned_at)) == (0, "10:20")


def test_the_whole_night_is_looked_over():
    """At midnight the day that ends and the one that begins are told to their very ends."""
    board = board_of(net := network(TOWN), stops(net, "B"), FRIDAY, 0, 99)
    assert [clock(each.expected_at) for each in board.departures] == ["1:00", "8:10", "9:11", "9:12", "25:00"]


def test_when_nothing_runs_the_next_day_is_told():
    net = network(TOWN)
    assert board_of(net, stops(net, "D"), FRIDAY, at("6:00"), 9) == board_of(net, [], FRIDAY, 0, 9)
    assert board_of(net, stops(net, "B"), date(2026, 1, 11), at("12:00"), 1).departures[0].shift == 86400
    assert next_service(net, stops(net, "B"), SATURDAY) == (date(2026, 1, 12), at("8:10"))
    assert next_service(net, stops(net, "A"), FRIDAY) == (SATURDAY, at("7:30"))
    assert next_service(net, stops(net, "A"), date(2025, 1, 1)) == (date(2026, 1, 1), at("8:00"))
    assert next_service(net, stops(net, "A"), date(2026, 1, 31)) is next_service(net, stops(net, "C"), FRIDAY) is None


def running(net: Network, *news: TripNews):
    """Lay over the timetable what a source says on Friday morning."""
    told = Gathering()
    catalogue = Catalogue(
        net.timetable, trip_ids=net.feed.trip_id, stop_of=dict(net.stop_numbers), route_ids=net.feed.route_id,
        trip_route=net.feed.trip_route,
    )  # fmt: skip
    matched = told.take(news, catalogue, MORNING)
    assert (matched.trips, dict(matched.unmatched)) == (len(news), {})
    return net.with_live(overlaid(net.timetable, told.changes()))


MORNING = int(datetime(2026, 1, 9, 8, 0, tzinfo=JST).timestamp())


def test_late_skipped_and_added_vehicles_are_told():
    net = network(TOWN)
    extra = (CallNews(stop_id="B", departure_at=MORNING + 1800), CallNews(stop_id="C", arrival_at=MORNING + 2400))
    overlay = running(
        net,
        TripNews(TripRef("t1"), delay_s=420),
        TripNews(TripRef("t2"), calls=(CallNews(stop_id="B", kind="skipped"),)),
        TripNews(TripRef("extra"), kind="added", calls=extra),
    )
    board = board_of(net, stops(net, "B"), FRIDAY, at("8:12"), 9, running=overlay)
    told = [(each.state, clock(each.planned_at), clock(each.expected_at), each.delay_s) for each in board.departures]
    assert told == [
        ("live", "8:10", "8:17", 420), ("added", "8:30", "8:30", 0), ("planned", "9:11", "9:11", 0),
        ("cancelled", "9:12", "9:12", 0), ("planned", "25:00", "25:00", 0), ("planned", "34:05", "34:05", 0),
    ]  # fmt: skip
    assert board.departures[1].trip == net.timetable.trips
    gone = board_of(net, stops(net, "B"), FRIDAY, at("9:13"), 9, running=overlay)
    assert [each.state for each in gone.departures] == ["planned", "planned"]


def test_the_last_vehicle_is_the_last_that_runs():
    net = network(TOWN)
    overlay = running(net, TripNews(TripRef("late", start_day=FRIDAY), kind="canceled"))
    board = board_of(net, stops(net, "B"), FRIDAY, at("9:00"), 9, running=overlay)
    assert [(each.state, clock(each.expected_at)) for each in board.departures] == [
        ("planned", "9:11"), ("planned", "9:12"), ("cancelled", "25:00"), ("planned", "34:05"),
    ]  # fmt: skip
    assert clock(board.last.expected_at) == "9:12"
    assert board_of(net, stops(net, "B"), FRIDAY, at("9:13"), 9, running=overlay).last is None


@needs_open_data
@pytest.mark.slow  # a real feed, read twice
def test_real_boards_are_as_the_files_have_them():
    """A second opinion of its own: the rows of stop_times and calendar, filtered by hand."""
    files, feed = open_feed("kumamotoshiden.gtfs.zip")
    net = Network(feed, timetable_of(feed), Straight())
    tables = {name: list(csv.DictReader(io.StringIO(files[f"{name}.txt"].decode("utf-8-sig")))) for name in (
        "stop_times", "trips", "calendar", "calendar_dates")}  # fmt: skip
    service = {row["trip_id"]: row["service_id"] for row in tables["trips"]}
    last = {row["trip_id"]: 0 for row in tables["trips"]}
    for row in tables["stop_times"]:
        last[row["trip_id"]] = max(last[row["trip_id"]], int(row["stop_sequence"]))
    day = feed.first_day + timedelta(days=20)
    for stop_id in [feed.stop_id[stop] for stop in net.boarded[::9]]:
        board = board_of(net, stops(net, stop_id), day, at("7:00"), 10_000)
        seen = [(feed.trip_id[each.trip], each.planned_at) for each in board.departures if each.shift <= 0]
        expected = [
            (row["trip_id"], seconds(row["departure_time"]) - 86400 * back)
            for back in (0, 1)
            for row in tables["stop_times"]
            if row["stop_id"] == stop_id and int(row["stop_sequence"]) < last[row["trip_id"]]
            and row.get("pickup_type") != "1" and runs(tables, service[row["trip_id"]], day - timedelta(days=back))
        ]  # fmt: skip
        assert sorted(seen) == sorted(each for each in expected if each[1] >= at("7:00"))
        assert len(seen) > 20


def seconds(text: str) -> int:
    hours, minutes, rest = map(int, text.split(":"))
    return hours * 3600 + minutes * 60 + rest


def runs(tables, service: str, day: date) -> bool:
    text, weekday = f"{day:%Y%m%d}", day.strftime("%A").lower()
    for row in tables["calendar_dates"]:
        if (row["service_id"], row["date"]) == (service, text):
            return row["exception_type"] == "1"
    return any(
        row["service_id"] == service and row["start_date"] <= text <= row["end_date"] and row[weekday] == "1"
        for row in tables["calendar"]
    )
