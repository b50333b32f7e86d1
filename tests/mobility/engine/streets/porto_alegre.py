"""The map of Porto Alegre for tests, read once."""

from functools import cache

from mobility.engine.streets import StreetMap
from mobility.engine.streets.compiling import network_of_map
from mobility.gateways.street_files import read_map
from tests.mobility.feeds import OPEN_DATA

MAP = OPEN_DATA / "osm" / "poa_osm.pbf"
CATHEDRAL, GASOMETER, LAKE = (-30.03390, -51.23020), (-30.03430, -51.24110), (-30.03700, -51.25200)
CENTRE = (-30.045, -51.245, -30.025, -51.205)


@cache
def records():
    return read_map(MAP)


@cache
def town():
    network = network_of_map(records())
    assert network is not None
    return StreetMap(network)


def places(dice, count, spread_m=60):
    """Return places near nodes of streets all over the map, some on them, most beside."""
    told = records()
    for _ in range(count):
        n = dice.randrange(len(told.node_id))
        north, east = ((dice.uniform(-spread_m, spread_m) / 111_000 if dice.random() < 0.8 else 0) for _ in "ab")
        yield round(told.lat[n] / 1e7 + north, 7), round(told.lon[n] / 1e7 + east, 7)
