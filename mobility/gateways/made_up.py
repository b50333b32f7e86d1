"""Running data made up for the demo town: every trip has its own lateness, drawn once from a seed, and tells of it as it goes.

Nothing is known of the future: a vehicle tells the lateness it has, as a real one does, and the next call may bring another.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from itertools import pairwise

import numpy as np

from mobility.engine.journeys.lines import ride_line
from mobility.engine.live.catalogue import Catalogue
from mobility.engine.live.members import own_id
from mobility.engine.live.news import CallNews, TripNews, TripRef, VehicleNews
from mobility.engine.network import Network
from mobility.engine.streets.earth import metres_between
from mobility.engine.timetable.arrays import Array

BEFORE_S, AFTER_S = 1200, 120
CANCELED = 0.01
MOST_LATE_S = 900


@dataclass(frozen=True)
class Vehicle:
    """One trip of one day with the times at which it really calls, in seconds of the service day."""

    trip: int
    trip_id: str
    day: date
    is_canceled: bool
    arrival: list[int]
    departure: list[int]


class MadeUp:
    """What runs on one feed of a network."""

    def __init__(self, network: Network, catalogue: Catalogue, trips: dict[int, str], seed: str = "machi") -> None:
        """Take a network, its catalogue of the feed, and the feed's trips with their own ids."""
        self._network, self._catalogue, self._trips, self._seed = network, catalogue, trips, seed

    def trips(self, at: int) -> dict[str, TripNews]:
        """Return what all trips tell that are under way at an instant, by a name for each."""
        return {f"{each.trip_id}@{each.day:%Y%m%d}": self._news(each, at) for each in self._running(at)}

    def vehicles(self, at: int) -> dict[str, VehicleNews]:
        """Return where their vehicles are."""
        found = {}
        for each in self._running(at):
            second = at - self._catalogue.midnight(each.day)
            if not each.is_canceled and each.departure[0] <= second <= each.arrival[-1]:
                found[f"{each.trip_id}@{each.day:%Y%m%d}"] = self._position(each, second, at)
        return found

    def _running(self, at: int) -> Iterator[Vehicle]:
        today, table = self._catalogue.day_of(at), self._network.timetable
        for day in (today - timedelta(days=1), today):
            second, services = at - self._catalogue.midnight(day), table.services_on(day)
            for trip, trip_id in self._trips.items():
                event, _pattern, count = self._catalogue.calls(trip)
                if not services[table.trip_service[trip]] or count < 2:
                    continue
                begin, end = int(table.departure[event]), int(table.arrival[event + count - 1])
                if begin - BEFORE_S <= second <= end + MOST_LATE_S + AFTER_S:
                    yield self._vehicle(trip, trip_id, day)

    def _vehicle(self, trip: int, trip_id: str, day: date) -> Vehicle:
        """Draw the lateness of one trip: it begins almost on time, wins and loses at every call, and never leaves too early."""
        event, _pattern, count = self._catalogue.calls(trip)
        start = self._catalogue.starts_at(trip)
        dice = random.Random(sha256(f"{self._seed} {trip_id} {start} {day}".encode()).digest())  # noqa: S311 - a town's buses, no secret
        is_canceled, late = dice.random() < CANCELED, max(0.0, dice.gauss(15, 40))
        table, arrival, departure = self._network.timetable, [], []
        for n in range(event, event + count):
            late = min(MOST_LATE_S, late + dice.gauss(6, 25))
            arrival.append(int(table.arrival[n] + late))
            late = max(0.0, late)
            departure.append(max(arrival[-1], int(table.departure[n] + late)))
            arrival[-1] = max(arrival[-1], departure[-2]) if len(departure) > 1 else arrival[-1]
            departure[-1] = max(departure[-1], arrival[-1])
        return Vehicle(trip, trip_id, day, is_canceled, arrival, departure)

    def _ref(self, vehicle: Vehicle) -> TripRef:
        return TripRef(vehicle.trip_id, start_day=vehicle.day, start_s=self._catalogue.starts_at(vehicle.trip))

    def _news(self, vehicle: Vehicle, at: int) -> TripNews:
        """Return what a trip tells: the call it left last, and that the lateness it has now goes on."""
        if vehicle.is_canceled:
            return TripNews(self._ref(vehicle), "canceled", at=at)
        midnight, sequences = self._catalogue.midnight(vehicle.day), self._catalogue.sequences(vehicle.trip)
        second = at - midnight
        passed = [n for n, departure in enumerate(vehicle.departure) if departure <= second]
        n = passed[-1] if passed else 0
        arrival, departure = (midnight + times[n] for times in (vehicle.arrival, vehicle.departure))
        if not passed:
            event, _pattern, _count = self._catalogue.calls(vehicle.trip)
            arrival = departure = midnight + max(second, int(self._network.timetable.departure[event]))
        call = CallNews(sequences[n], arrival_at=arrival, departure_at=departure)
        return TripNews(self._ref(vehicle), calls=(call,), at=at, vehicle=vehicle.trip_id)

    def _position(self, vehicle: Vehicle, second: int, at: int) -> VehicleNews:
        times = zip(pairwise(vehicle.departure), pairwise(vehicle.arrival), strict=True)
        n = next((k for k, (_leaves, (_a, arrives)) in enumerate(times) if second <= arrives), len(vehicle.arrival) - 2)
        span = max(1, vehicle.arrival[n + 1] - vehicle.departure[n])
        share = min(1.0, max(0.0, (second - vehicle.departure[n]) / span))
        points = ride_line(self._network, vehicle.trip, vehicle.day, n, n + 1)
        lat, lon, bearing = _along(np.array(points), share)
        is_standing = second <= vehicle.departure[n] or second >= vehicle.arrival[n + 1]
        sequence = self._catalogue.sequences(vehicle.trip)[n + (second > vehicle.departure[n])]
        return VehicleNews(
            vehicle.trip_id, "", self._ref(vehicle), lat, lon, bearing=bearing, at=at, sequence=sequence,
            status="stopped_at" if is_standing else "in_transit_to",
        )  # fmt: skip


def trips_of(network: Network, slug: str, *, only: str = "", but: str = "") -> dict[int, str]:
    """Return the trips of one feed with their own ids: of the line ``only`` alone, or all but those of the line ``but``."""
    feed = network.feed
    members = feed.directory.members
    n = next((n for n, member in enumerate(members) if member.slug == slug), 0)
    end = members[n + 1].first_trip if n + 1 < len(members) else network.timetable.trips
    lines = {
        trip: own_id(feed.route_id[feed.trip_route[trip]], members[n].slug)
        for trip in range(members[n].first_trip, end)
    }
    return {
        trip: own_id(feed.trip_id[trip], members[n].slug)
        for trip, line in lines.items()
        if (line == only or not only) and (line != but or not but)
    }  # fmt: skip


def _along(points: Array, share: float) -> tuple[float, float, float]:
    """Return the place at a share of a line, and in which direction it leads there."""
    steps = metres_between(points[:-1, 0], points[:-1, 1], points[1:, 0], points[1:, 1])
    walked = np.concatenate(([0.0], np.cumsum(steps)))
    n = min(len(steps) - 1, max(0, int(np.searchsorted(walked, share * walked[-1])) - 1))
    rest = (share * walked[-1] - walked[n]) / steps[n] if steps[n] else 0.0
    lat, lon = points[n] + rest * (points[n + 1] - points[n])
    north, east = points[n + 1] - points[n]
    bearing = float(np.degrees(np.arctan2(east * np.cos(np.radians(lat)), north))) % 360
    return round(float(lat), 6), round(float(lon), 6), round(bearing, 1)
