"""A small made-up town with a station, a street with two poles, two lines and a night bus, in several languages."""

from datetime import UTC, datetime

from mobility.engine.gtfs import Feed
from mobility.engine.network import Network
from mobility.engine.streets import Straight
from mobility.engine.timetable.compiling import timetable_of
from tests.mobility.feeds import read

FRIDAY_MORNING = datetime(2026, 1, 8, 23, 0, tzinfo=UTC)
"""Friday, 9 January 2026, 8:00 in Japan."""
FILES = {
    "agency.txt": "agency_id,agency_name,agency_url,agency_timezone,agency_lang\nm,見本バス,https://bus.example/,Asia/Tokyo,ja\n",
    "agency_jp.txt": "agency_id,agency_official_name,agency_address\nm,見本バス株式会社,人吉市例示番地\n",
    "office_jp.txt": "office_id,office_name,office_url,office_phone\n1,見本営業所,,000-1111\n2,無人の車庫,,\n",
    "stops.txt": """stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station,platform_code,stop_code,wheelchair_boarding
S,人吉駅前,32.2150,130.7530,1,,,,
S1,人吉駅前,32.2151,130.7530,0,S,1,101,1
S2,人吉駅前,32.2149,130.7530,0,S,2,102,2
k1,九日町,32.2120,130.7600,0,,,201,
k2,九日町,32.2122,130.7601,0,,,202,
c,市役所,32.2100,130.7650,0,,,301,1
""",
    "routes.txt": """route_id,agency_id,route_type,route_short_name,route_long_name,route_desc,route_color,route_text_color
r1,m,3,まちなか線,駅から市役所へ,町を横切ります,00629D,FFFFFF
r2,m,3,循環線,,,,
""",
    "trips.txt": """route_id,service_id,trip_id,trip_headsign,direction_id,shape_id,wheelchair_accessible
r1,week,t1,市役所,0,s,1
r1,week,t2,市役所,0,s,2
r1,week,night,,0,,
r1,week,back,人吉駅前,1,,
r2,sat,ring,循環,,,
""",
    "stop_times.txt": """trip_id,stop_sequence,stop_id,arrival_time,departure_time
t1,1,S1,8:00:00,8:00:00
t1,2,k1,8:06:00,8:06:00
t1,3,c,8:10:00,8:10:00
t2,1,S1,9:00:00,9:00:00
t2,2,k1,9:06:00,9:07:00
t2,3,c,9:11:00,9:11:00
night,1,S2,24:30:00,24:30:00
night,2,k1,24:36:00,24:36:00
night,3,c,24:40:00,24:40:00
back,1,c,8:30:00,8:30:00
back,2,k2,8:34:00,8:34:00
back,3,S2,8:40:00,8:40:00
ring,1,S1,10:00:00,10:00:00
ring,2,k1,10:06:00,10:06:00
ring,3,S1,10:20:00,10:20:00
""",
    "calendar.txt": """service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date
week,1,1,1,1,1,0,0,20260101,20260131
sat,0,0,0,0,0,1,0,20260101,20260131
""",
    "shapes.txt": """shape_id,shape_pt_lat,shape_pt_lon,shape_pt_sequence
s,32.2151,130.7530,1
s,32.2140,130.7570,2
s,32.2120,130.7600,3
s,32.2100,130.7650,4
""",
    "translations.txt": """table_name,field_name,language,translation,field_value
stops,stop_name,ja-Hrkt,ひとよしえきまえ,人吉駅前
stops,stop_name,ja-Hrkt,ここのかまち,九日町
stops,stop_name,ja-Hrkt,しやくしょ,市役所
stops,stop_name,en,Hitoyoshi Sta.,人吉駅前
stops,stop_name,en,Kokonokamachi,九日町
stops,stop_name,en,City Hall,市役所
stops,stop_name,ko,시청,市役所
trips,trip_headsign,en,City Hall,市役所
trips,trip_headsign,ko,시청,市役所
routes,route_short_name,en,Town Line,まちなか線
agency,agency_name,en,Mihon Bus,見本バス
""",
}  # fmt: skip


def town_feed() -> Feed:
    """Return the town's timetable."""
    return read({name: text.encode() for name, text in FILES.items()})


def town_network() -> Network:
    """Return the town's network, with estimated walks."""
    feed = town_feed()
    return Network(feed, timetable_of(feed), Straight())
