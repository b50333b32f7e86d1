"""What passengers read: names in their language, headsigns that change on the way, colours, lines on the map."""

from datetime import date

import numpy as np
import pytest

from mobility.engine.gtfs import Faults, read_feed
from mobility.engine.gtfs.directory import asked_for, language_of
from tests.mobility.feeds import needs_open_data, open_feed, read, written

TOWN = written("A B C", {"t": "A 8:00, B 8:10, C 8:20", "u": "C 9:00, A 9:20"}) | {
    "agency.txt": b"agency_id,agency_name,agency_url,agency_timezone,agency_lang,agency_phone\n"
    b"7,\xe7\x94\xba\xe3\x83\x90\xe3\x82\xb9,https://bus.example/,Asia/Tokyo,ja,000-1111\n",
    "stops.txt": (
        "stop_id,stop_name,stop_lat,stop_lon,stop_code,zone_id,platform_code,wheelchair_boarding\n"
        "A,市役所,32.1,130.1,001,z1,3,1\nB,学校,32.2,130.2,,z2,,2\nC,市役所,32.3,130.3,,,,9\n"
    ).encode(),
    "routes.txt": (
        "route_id,route_type,route_short_name,route_long_name,route_color,route_text_color\nr,3,,市内線,bc312c,white\n"
    ).encode(),
    "trips.txt": (
        "route_id,service_id,trip_id,trip_headsign,trip_short_name,direction_id,block_id,shape_id,wheelchair_accessible\n"
        "r,all,t,学校,快速,1,b1,s2,1\nr,all,u,市役所,,,,,\n"
    ).encode(),
    "stop_times.txt": (
        "trip_id,stop_sequence,stop_id,arrival_time,departure_time,stop_headsign,pickup_type\n"
        "t,30,C,8:20:00,8:20:00,,\nt,10,A,8:00:00,8:00:00,,\nt,20,B,8:10:00,8:10:00,市役所,2\n"
        "u,1,C,9:00:00,9:00:00,,\nu,2,A,9:20:00,9:20:00,,\n"
    ).encode(),
    "shapes.txt": (
        b"shape_id,shape_pt_lat,shape_pt_lon,shape_pt_sequence,shape_dist_traveled\n"
        b"s1,32.5,130.5,1,\ns2,32.2,130.2,2,1.5\ns2,32.1,130.1,1,0\ns2,x,130.1,3,\n"
    ),
    "feed_info.txt": (
        "feed_publisher_name,feed_publisher_url,feed_lang,feed_start_date,feed_end_date,feed_version\n"
        "町,https://town.example/,ja,20260401,20270331,v7\n"
    ).encode(),
}
JAPANESE = {
    "agency_jp.txt": "agency_id,agency_official_name,agency_address\n7,町バス株式会社,例示番地\n".encode(),
    "office_jp.txt": "office_id,office_name,office_url,office_phone\n1,北営業所,https://bus.example/n,000-2222\n2,南営業所,,\n".encode(),
    "routes_jp.txt": "route_id,route_update_date,origin_stop,via_stop,destination_stop\nr,20260401,市役所,,学校\n".encode(),
}
STANDARD = """table_name,field_name,language,translation,record_id,record_sub_id,field_value
stops,stop_name,en,City Hall,,,市役所
stops,stop_name,EN,City Hall East,C,,
stops,stop_name,ja-hrkt,しやくしょ,,,市役所
stops,stop_name,zh-Hans,市政府,,,市役所
trips,trip_headsign,en,School,,,学校
trips,trip_headsign,en,City Hall (rapid),u,,
stop_times,stop_headsign,en,Hall,t,20,
routes,route_long_name,ko,시내선,r,,
agency,agency_name,en,Town Bus,7,,
feed_info,feed_publisher_name,en,Town,,,
stops,stop_name,en,,,,学校
"""


def directory(translations=""):
    faults = Faults()
    feed = read_feed(TOWN | ({"translations.txt": translations.encode()} if translations else {}), faults)
    assert feed is not None, faults.found
    return feed.directory, [(each.code, each.file, each.line) for each in faults.found if each.file != "stops.txt"]


def test_what_stands_in_the_feed_is_kept_by_number():
    told, remarks = directory()
    assert (told.stop_code, told.stop_zone) == (["001", "", ""], ["z1", "z2", ""])
    assert told.stop_wheelchair.tolist() == [1, 2, 0]
    assert (told.names.of("platform", 0, "en"), told.names.of("trip_short", 0, "ja")) == ("3", "快速")
    assert (told.route_color, told.route_text_color, told.route_agency.tolist()) == (["BC312C"], [""], [0])
    assert (told.agencies[0].name, told.agencies[0].phone, told.agencies[0].timezone) == (
        "町バス",
        "000-1111",
        "Asia/Tokyo",
    )
    assert (told.trip_direction.tolist(), told.trip_block, told.trip_wheelchair.tolist()) == (
        [1, -1],
        ["b1", ""],
        [1, 0],
    )
    publisher = told.members[0].publisher
    assert (publisher.name, publisher.version, publisher.start, publisher.end) == (
        "町", "v7", date(2026, 4, 1), date(2027, 3, 31),
    )  # fmt: skip
    assert ("value_left_aside", "routes.txt", 2) in remarks
    assert ("point_left_aside", "shapes.txt", 5) in remarks


def test_calls_are_in_order_and_a_headsign_may_change_on_the_way():
    told, _remarks = directory()
    assert told.call_sequence.tolist() == [10, 20, 30, 1, 2]
    assert [told.headsign(0, "ja", call) for call in (0, 1, 2)] == ["学校", "市役所", "学校"]
    assert told.call_pickup.tolist() == [0, 2, 0, 0, 0]


def test_a_line_on_the_map_is_in_order_and_trips_point_to_theirs():
    told, _remarks = directory()
    shapes = told.shapes
    begin, end = shapes.start[told.trip_shape[0]], shapes.start[told.trip_shape[0] + 1]
    assert (shapes.lat[begin:end].tolist(), shapes.lon[begin:end].tolist()) == ([32.1, 32.2], [130.1, 130.2])
    assert shapes.dist[begin:end].tolist() == [0, 1.5]
    assert (told.trip_shape[1], np.isnan(shapes.dist[0])) == (-1, True)


def test_names_are_told_in_the_language_asked_for_and_else_as_they_are():
    told, remarks = directory(STANDARD)
    of = told.names.of
    assert [of("stop", n, "en") for n in range(3)] == ["City Hall", "学校", "City Hall East"]
    assert (of("stop", 0, "ja-Hrkt"), of("stop", 0, "zh-hans"), of("stop", 0, "ko")) == (
        "しやくしょ",
        "市政府",
        "市役所",
    )
    assert (told.headsign(0, "en"), told.headsign(1, "en"), told.headsign(0, "en", 1)) == (
        "School", "City Hall (rapid)", "Hall",
    )  # fmt: skip
    assert (told.route_name(0, "ko"), told.route_name(0, "en")) == ("시내선", "市内線")
    assert (of("agency", 0, "en"), of("publisher", 0, "en-GB")) == ("Town Bus", "Town")
    assert dict(told.names.forms("stop", 0)) == {
        "": "市役所", "en": "City Hall", "ja-Hrkt": "しやくしょ", "zh-Hans": "市政府",
    }  # fmt: skip
    assert ("translation_left_aside", "translations.txt", 12) in remarks


def test_the_older_form_translates_a_text_wherever_it_stands():
    told, _remarks = directory("trans_id,lang,translation\n市役所,en,City Hall\n市内線,ja-Hrkt,しないせん\n")
    assert (told.names.of("stop", 2, "en"), told.headsign(1, "en"), told.headsign(0, "en", 1)) == ("City Hall",) * 3
    assert told.route_name(0, "ja-Hrkt") == "しないせん"


@pytest.mark.parametrize(
    ("text", "name"), [("ZH-hans", "zh-Hans"), ("ja_hrkt", "ja-Hrkt"), ("pt-br", "pt-BR"), ("EN", "en")]
)
def test_languages_are_written_in_one_way(text, name):
    assert language_of(text) == name


def test_a_reading_is_never_taken_for_the_language_itself():
    assert list(asked_for("ja-Hrkt")) == ["ja-Hrkt"]
    assert list(asked_for("zh-Hans")) == ["zh-Hans", "zh-CN", "zh-SG", "zh"]


def test_trips_that_repeat_keep_their_texts():
    files = TOWN | {"frequencies.txt": b"trip_id,start_time,end_time,headway_secs\nt,6:00:00,6:30:00,600\n"}
    feed = read(files)
    told = feed.directory
    assert feed.trip_id == ["t", "t", "t", "u"]
    assert told.trip_row.tolist() == [0, 0, 0, 1]
    assert [told.headsign(trip, "ja") for trip in range(4)] == ["学校", "学校", "学校", "市役所"]
    assert [told.headsign(2, "ja", call) for call in range(6, 9)] == ["学校", "市役所", "学校"]
    assert told.call_sequence.tolist() == [10, 20, 30] * 3 + [1, 2]
    assert [told.names.of("trip_short", trip, "ja") for trip in range(4)] == ["快速", "快速", "快速", ""]


@needs_open_data
def test_real_names_are_read():
    _files, feed = open_feed("kumamotodentetsu.gtfs.zip")
    told, stop = feed.directory, feed.stop_id.index("1_0")
    assert (told.names.of("stop", stop, "en"), told.names.of("stop", stop, "ja-Hrkt")) == (
        "Kamikumamoto",
        "かみくまもと",
    )
    assert told.route_color == ["BC312C", "F66013"]
    assert len(told.shapes.ids) == 8
    assert told.shapes.start[-1] == 1036
    assert (told.trip_shape >= 0).all()
    _files, buses = open_feed("toshibus.gtfs.zip")
    circle = buses.directory.headsign(0, "en")
    assert circle == "Kumamoto Sta."


def test_what_the_japanese_files_tell_of_operators_offices_and_routes_is_kept():
    told = read(TOWN | JAPANESE).directory
    (agency,) = told.agencies
    assert (agency.official_name, agency.address) == ("町バス株式会社", "例示番地")
    assert [(each.name, each.phone) for each in agency.offices] == [("北営業所", "000-2222"), ("南営業所", "")]
    assert told.names.of("route_desc", 0, "ja") == "市役所 → 学校"
    plain = read(TOWN).directory
    assert (plain.agencies[0].official_name, plain.agencies[0].offices, plain.names.of("route_desc", 0, "ja")) == (
        "",
        (),
        "",
    )
    own = (
        TOWN["routes.txt"]
        .replace(b"route_text_color", b"route_text_color,route_desc")
        .replace(b"white", "white,海沿い".encode())
    )
    assert read(TOWN | JAPANESE | {"routes.txt": own}).directory.names.of("route_desc", 0, "ja") == "海沿い"
