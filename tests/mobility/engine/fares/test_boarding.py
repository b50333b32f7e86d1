"""In a network of several feeds a ride is sold by the feed that its trip comes from, in that feed's own words."""

from datetime import date

from mobility.engine.fares import Fares, price, read_fares, ride_of
from mobility.engine.gtfs import Faults
from mobility.engine.gtfs.merging import merge
from tests.mobility.feeds import read, written

DAY = date(2026, 6, 10)


def sold(files, yen):
    return files | {
        "fare_attributes.txt": f"fare_id,price,currency_type,payment_method,transfers\nflat,{yen},JPY,0,0".encode()
    }


def test_a_shared_stop_is_known_to_both_feeds():
    bus = sold(written("A B:1 C", {"x": "A 8:00, B:1 8:10, C 8:20"}), 180)
    rail = sold(written("A B:1 D", {"y": "B:1 8:30, D 9:00"}), 400)
    network = merge({"bus": read(bus), "rail": read(rail)}, lambda _places: [])
    assert network.stop_id == ["bus:A", "bus:B:1", "bus:C", "rail:D"]
    fares = Fares({slug: read_fares(files, Faults()) for slug, files in (("bus", bus), ("rail", rail))})
    rides = [ride_of(network, 0, [0, 1], DAY, (28_800, 29_400)), ride_of(network, 1, [1, 3], DAY, (30_600, 32_400))]
    assert rides[0] == ("bus", "r", "A", "B:1", DAY, 28_800, 29_400, ("A", "B:1"), False)
    assert rides[1] == ("rail", "r", "B:1", "D", DAY, 30_600, 32_400, ("B:1", "D"), False)
    assert [line.amount for line in price(fares, rides).lines] == [180, 400]


def test_a_feed_on_its_own_has_no_slug():
    feed = read(written("A B C", {"x": "A 8:00, B 8:10, C 8:20"}))
    assert ride_of(feed, 0, [1, 2], DAY, (0, 0))[:4] == ("", "r", "B", "C")
