"""Poles, platforms and stations that people take for one place are one."""

from mobility.engine.network import Network
from mobility.engine.places import PlaceIndex, StopGroups
from mobility.engine.streets import Straight
from mobility.engine.timetable.compiling import timetable_of
from tests.mobility.feeds import needs_open_data, open_feed, read, written

STOPS = """stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station
S,人吉駅,32.2150,130.7530,1,
S1,１番のりば,32.2151,130.7531,0,S
S2,２番のりば,32.2152,130.7532,0,S
E,南口,32.2149,130.7530,2,S
a1,九日町,32.2100,130.7600,0,
a2,九日町,32.2110,130.7600,0,
a3,九日町,32.2140,130.7600,0,
far,九日町,32.2500,130.7600,0,
b,市役所,32.2100,130.7601,0,
idle,閉じた停留所,32.2200,130.7600,0,
"""


def town() -> StopGroups:
    trips = {
        "t1": "S1 8:00, a1 8:05, b 8:06, far 8:20",
        "t2@week": "far 9:00, b 9:10, a2 9:12, S2 9:20",
        "t3": "S1 10:00, a3 10:05, a1- 10:06, b 10:07",
    }
    services = "all,1,1,1,1,1,1,1,20260101,20260110 week,1,1,1,1,1,0,0,20260101,20260110"
    files = written("S1 S2 a1 a2 a3 far b", trips, services=services) | {"stops.txt": STOPS.encode()}
    feed = read(files)
    return StopGroups(Network(feed, timetable_of(feed), Straight()))


def test_a_station_has_its_platforms_and_a_street_both_its_poles():
    groups = town()
    ids = groups.feed.stop_id
    told = {ids[each.head]: sorted(ids[stop] for stop in each.stops) for each in groups.groups}
    assert told == {"S": ["S1", "S2"], "a1": ["a1", "a2"], "a3": ["a3"], "far": ["far"], "b": ["b"]}


def test_a_group_is_found_by_every_stop_in_it():
    groups = town()
    assert {groups.find(each).head for each in ("S", "S1", "S2", "E")} == {0}
    assert groups.find("idle") is groups.find("nowhere") is None


def test_what_counts_for_a_stop_are_its_departures_on_a_usual_day():
    """Two trips leave the station: one daily; a1 lets nobody board once; nobody boards where a trip ends."""
    groups = town()
    often = {groups.feed.stop_id[each.head]: each.departures for each in groups.groups}
    assert often == {"S": 2, "a1": 2, "a3": 1, "far": 1, "b": 2}


def test_places_bear_the_names_of_their_heads_and_lie_in_the_middle():
    place = {each.id: each for each in town().places}["a1"]
    assert (place.kind, place.names, place.lat, place.lon, place.importance) == (
        "stop",
        {"": "九日町"},
        32.2105,
        130.76,
        2,
    )


@needs_open_data
def test_real_stops_are_found_by_how_they_are_read():
    _files, feed = open_feed("kumamotodentetsu.gtfs.zip")
    index = PlaceIndex(StopGroups(Network(feed, timetable_of(feed), Straight())).places)
    for typed in ("かみくまもと", "kamikuma", "Kami-Kumamoto", "上熊本", "カミクマ"):
        assert index.search(typed)[0].place.names["en"] == "Kamikumamoto"
