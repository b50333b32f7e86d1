"""Three towns as the product holds them and as their files tell them: the demo town, Kumamoto's five operators, Porto Alegre."""

import random
import tomllib
from dataclasses import replace
from datetime import date, timedelta
from functools import cache, cached_property

from mobility.demo import demo_feeds
from mobility.engine.fares import Fares, read_fares
from mobility.engine.gtfs import Faults
from mobility.engine.gtfs.merging import merge
from mobility.engine.gtfs.walking import StraightWalks
from mobility.engine.journeys.bicycles import Dock, SharedBicycles
from mobility.engine.journeys.taxis import Taxis
from mobility.engine.network import Network
from mobility.engine.streets import PROFILES, Gap, Straight
from mobility.engine.timetable.compiling import timetable_of
from mobility.gateways.taxi_quotes import TwinTaxis
from tests.mobility.demo.town import clock, files_of, names_of, rows
from tests.mobility.engine.gtfs.test_merging import KUMAMOTO
from tests.mobility.engine.live.pairing import Pair, words_for
from tests.mobility.engine.live.rewriting import text
from tests.mobility.engine.streets import porto_alegre
from tests.mobility.fare_oracle import FareOracle
from tests.mobility.feeds import open_feed, read
from tests.mobility.oracle import Oracle
from tests.places import ROOT

AGREEMENTS = ROOT / "mobility" / "demo" / "town" / "agreements.toml"


class Town:
    """Feeds by slug, the network of them, and everything that a walker must know."""

    def __init__(self, feeds, day, streets, discounts=()):
        """Merge the feeds as the product does, and write them out as one by other code."""
        self.day, self.discounts = day, discounts
        feed = merge({slug: read(files) for slug, files in feeds.items()}, StraightWalks())
        fares = Fares({slug: found for slug, files in feeds.items() if (found := read_fares(files, Faults()))})
        self.network = Network(feed, timetable_of(feed), streets, fares)
        self.files = files_of(feed, feeds)
        self.fares = {slug: FareOracle(files) for slug, files in feeds.items()}
        self.stops = {row["stop_id"]: row for row in rows(self.files, "stops.txt")}
        self.routes = {row["route_id"]: row for row in rows(self.files, "routes.txt")}
        assert len(self.stops) == len(feed.stop_id)
        self.oracle = Oracle(self.files)
        self.trips = {
            f"{slug}:{row['trip_id']}": row for slug, files in feeds.items() for row in rows(files, "trips.txt")
        }
        for trip, row in self.trips.items():
            row |= {"trip_id": trip, "route_id": f"{trip.partition(':')[0]}:{row['route_id']}"}
        self.trip_names = {name: name if name in self.trips else name.rpartition("@")[0] for name in self.oracle.trips}
        self.used = sorted({call["stop_id"] for calls in self.oracle.calls.values() for call in calls})
        self.docks = list(self._docks(random.Random(3)))
        self.carriers = {"bicycle": SharedBicycles(self.docks), "taxi": Taxis(TwinTaxis())}

    @cached_property
    def live(self):
        """The network with a sixth of its trips otherwise on the day, and the oracle of the feed rewritten with that."""
        names, files = names_of(self.network.feed), self.files | {"stop_times.txt": self._timed()}
        feed, dice = replace(self.network.feed, trip_id=names), random.Random(4)
        days = [self.day + timedelta(days=n) for n in (-1, 0, 1)]
        pair = Pair(files, feed, words_for(files, feed, len(names) // 6, dice, days), dice, self.day)
        return self.network.with_live(pair.overlay), Oracle(pair.files)

    @cached_property
    def mapped(self):
        """The stops that lie on the map, all where there is none: two fifths of Porto Alegre's lie beyond it."""
        way, found = self.network.streets.way, set()
        for stop in self.used:
            at = self.place({"stop": stop})
            beside = at["lat"] + 0.0001, at["lon"]
            if not isinstance(way((at["lat"], at["lon"]), beside, PROFILES["walk"]), Gap):
                found.add(stop)
        return found

    def station(self, stop):
        """Return the station of a stop, or the stop; None for none."""
        return (self.stops[stop].get("parent_station") or stop) if stop else None

    def place(self, asked):
        """Return where a place of a question is."""
        if "stop" not in asked:
            return asked
        row = self.stops[asked["stop"]]
        return {"stop": asked["stop"], "lat": float(row["stop_lat"]), "lon": float(row["stop_lon"])}

    def dock_at(self, lat, lon):
        """Return the dock at a place."""
        return next(dock for dock in self.docks if (dock.lat, dock.lon) == (lat, lon))

    def _docks(self, dice):
        """Let bicycles stand near a twentieth of the stops; some docks are empty, some full."""
        for n, stop in enumerate(dice.sample(self.used, max(10, len(self.used) // 20))):
            place = self.place({"stop": stop})
            yield Dock(f"d{n}", place["lat"] + 0.0005, place["lon"], dice.choice([0, 3, 8]), dice.choice([0, 5, None]))

    def _timed(self):
        """Return stop_times.txt without blanks, as the oracle fills them in."""
        filled = {(trip, call["stop_sequence"]): call for trip, calls in self.oracle.calls.items() for call in calls}
        table = rows(self.files, "stop_times.txt")
        for row in table:
            call = filled[row["trip_id"], row["stop_sequence"]]
            row |= {"arrival_time": clock(call["arrive"]), "departure_time": clock(call["leave"])}
        return text(table)


@cache
def demo():
    """Return the town that every city begins with."""
    day = date(2026, 10, 1)
    with AGREEMENTS.open("rb") as file:
        return Town(demo_feeds(day), day, Straight(), tomllib.load(file)["discounts"])


@cache
def kumamoto():
    """Return five operators, whose stops are shared."""
    return Town({slug: open_feed(name)[0] for slug, name in KUMAMOTO.items()}, date(2026, 6, 10), Straight())


@cache
def porto():
    """Return buses and a railway over the streets of a map; half of the buses' times are blank."""
    feeds = {"eptc": open_feed("poa_eptc.zip")[0], "trensurb": open_feed("poa_trensurb.zip")[0]}
    return Town(feeds, date(2019, 5, 15), porto_alegre.town())
