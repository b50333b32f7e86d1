"""A stop's departures and the stops near a place, as a reader gets them."""

from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest

from kernel.clock import JST
from kernel.ids import new_id
from kernel.principal import SYSTEM_ACTOR
from mobility.engine.live import Catalogue, Gathering, overlaid
from mobility.engine.live.news import CallNews, TripNews, TripRef
from mobility.engine.live_results import Touched
from mobility.errors import StopUnknown
from mobility.models import ServiceAlert
from mobility.selectors.stops import departures_of, stops_near
from tests.mobility.town import FRIDAY_MORNING, town_network

pytestmark = pytest.mark.django_db


def lines_of(told):
    return [
        (
            each.id,
            f"{each.leaves_at.astimezone(JST):%d %H:%M}",
            each.line.name,
            each.headsign,
            each.platform,
            each.state,
        )
        for each in told
    ]


def test_all_platforms_of_a_station_stand_on_one_board():
    seen = departures_of(town_network(), "S2", at=FRIDAY_MORNING, most=10, language="ja")
    assert (seen.stop.id, seen.stop.name, seen.stop.reading, seen.stop.lat) == (
        "S",
        "人吉駅前",
        "ひとよしえきまえ",
        32.215,
    )
    assert lines_of(seen.departures) == [
        ("t1@20260109:0", "09 08:00", "まちなか線", "市役所", "1", "planned"),
        ("t2@20260109:0", "09 09:00", "まちなか線", "市役所", "1", "planned"),
        ("night@20260109:0", "10 00:30", "まちなか線", "市役所", "2", "planned"),
        ("ring@20260110:0", "10 10:00", "循環線", "循環", "1", "planned"),
    ]
    assert [each.is_last for each in seen.departures] == [False, False, True, False]
    assert [each.wheelchair for each in seen.departures] == ["possible", "not_possible", "unknown", "unknown"]
    assert (seen.service_day, seen.last, seen.is_cut, seen.next_service) == (
        date(2026, 1, 9), seen.departures[2], False, None,
    )  # fmt: skip


def test_past_midnight_it_is_still_yesterdays_service():
    at = datetime(2026, 1, 9, 15, 32, tzinfo=UTC)
    seen = departures_of(town_network(), "k1", at=at, most=1, language="en")
    assert (seen.service_day, seen.is_cut) == (date(2026, 1, 9), True)
    assert lines_of(seen.departures) == [("night@20260109:1", "10 00:36", "Town Line", "City Hall", "", "planned")]
    assert seen.departures[0].day == date(2026, 1, 9)


def test_where_nothing_leaves_the_next_day_is_told():
    seen = departures_of(town_network(), "c", at=datetime(2026, 1, 9, 0, 0, tzinfo=UTC), most=5, language="ko")
    assert (seen.stop.name, seen.stop.reading, seen.departures, seen.last) == ("시청", "", [], None)
    assert (seen.next_service.day, seen.next_service.first_at) == (
        date(2026, 1, 12), datetime(2026, 1, 12, 8, 30, tzinfo=JST),
    )  # fmt: skip


def test_late_and_added_vehicles_are_told_in_words():
    network = town_network()
    catalogue = Catalogue(
        network.timetable, trip_ids=network.feed.trip_id, stop_of=dict(network.stop_numbers),
        route_ids=network.feed.route_id, trip_route=network.feed.trip_route,
    )  # fmt: skip
    at, news = int(FRIDAY_MORNING.timestamp()), Gathering()
    calls = (CallNews(stop_id="S2", departure_at=at + 600), CallNews(stop_id="c", arrival_at=at + 900))
    extra = TripNews(TripRef("extra", route_id="r1"), kind="added", calls=calls)
    news.take([TripNews(TripRef("t1"), delay_s=120), TripNews(TripRef("t2"), kind="canceled"), extra], catalogue, at)
    network = network.with_live(overlaid(network.timetable, news.changes()))
    seen = departures_of(network, "S", at=FRIDAY_MORNING + timedelta(minutes=1), most=3, language="en")
    assert lines_of(seen.departures) == [
        ("t1@20260109:0", "09 08:02", "Town Line", "City Hall", "1", "live"),
        ("extra@20260109:0", "09 08:10", "Town Line", "City Hall", "2", "added"),
        ("t2@20260109:0", "09 09:00", "Town Line", "City Hall", "1", "cancelled"),
    ]
    assert [(each.delay_s, each.planned_at.minute) for each in seen.departures] == [(120, 0), (0, 10), (0, 0)]


def test_a_stop_that_is_not_there_is_refused():
    with pytest.raises(StopUnknown) as refusal:
        departures_of(town_network(), "nowhere", at=FRIDAY_MORNING, most=1, language="ja")
    assert refusal.value.members == {"stop": "nowhere"}


def test_stops_near_are_told_with_the_walk_and_what_leaves_next():
    seen = stops_near(town_network(), (32.2118, 130.7600), metres=800, at=FRIDAY_MORNING, language="ja")
    assert [(each.stop.id, each.metres, each.walk_seconds) for each in seen.results] == [
        ("k1", 29, 22),
        ("c", 665, 499),
    ]
    assert [each.id for each in seen.results[0].departures] == ["t1@20260109:1", "back@20260109:1", "t2@20260109:1"]
    assert (seen.nothing, seen.is_estimate, seen.attribution) == ("", True, "")


def test_where_no_stop_is_near_that_is_said():
    seen = stops_near(town_network(), (32.5, 130.76), metres=800, at=FRIDAY_MORNING, language="ja")
    assert (seen.results, seen.nothing) == ([], "no_stop_near")


def say(header: str, *touched: Touched) -> None:
    """Let a notice of the city stand."""
    ServiceAlert.objects.create(
        id=new_id(), header={"ja": header, "en": f"{header} (en)"}, written_by=SYSTEM_ACTOR, made_at=FRIDAY_MORNING,
        changed_at=FRIDAY_MORNING, concerned=msgspec.to_builtins(touched),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("touched", "is_told"),
    [
        ((), True), ((Touched(stop="S2"),), True), ((Touched(stop="S"),), True), ((Touched(stop="k1"),), False),
        ((Touched(route="r1"),), True), ((Touched(route="r2", stop="c"),), False), ((Touched(agency="m"),), True),
        ((Touched(agency="x"), Touched(route="r2")), True), ((Touched(route_type=2),), False), ((Touched(route_type=3),), True),
    ],
)  # fmt: skip
def test_notices_that_matter_there_are_told(touched, is_told):
    say("工事中", *touched)
    seen = departures_of(town_network(), "S1", at=FRIDAY_MORNING, most=1, language="en")
    assert [each.header for each in seen.alerts] == (["工事中 (en)"] if is_told else [])
