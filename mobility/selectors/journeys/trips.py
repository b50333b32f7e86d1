"""One vehicle on its way: all its stops, and where it should be now."""

from datetime import date, datetime

import msgspec

from kernel.clock import JST
from mobility.engine.journeys import Leg
from mobility.engine.journeys.approaches import spot_of
from mobility.engine.journeys.lines import encoded, ride_line
from mobility.engine.live import planned_times
from mobility.engine.network import Network
from mobility.engine.streets import PROFILES
from mobility.errors import TripUnknown
from mobility.selectors.journeys.telling import Teller
from mobility.selectors.journeys.words import CallTold, FareTold, TripTold


class Contact(msgspec.Struct, frozen=True):
    """Whom one can ask about a line: the operator, and its offices."""

    name: str
    phone: str
    url: str
    address: str


class TripRun(msgspec.Struct, frozen=True):
    """A trip on one day. ``passed`` is how many of its calls it has left behind; ``share`` how far it is on to the next one.

    ``position`` is ``before`` at the first stop's departure, ``at_stop``, ``between`` or ``over``; by the timetable where nobody
    tells how it runs.
    """

    trip: TripTold
    calls: list[CallTold]
    line: str
    position: str
    passed: int
    share: float
    contacts: list[Contact] = []


def find_trip(network: Network, trip_id: str, day: str, *, at: datetime, language: str) -> TripRun:
    """Return a trip on a service day (YYYY-MM-DD); :raises TripUnknown: where it is not in the timetable or does not run."""
    trip, service_day = network.trip_numbers.get(trip_id), _day(day)
    if trip is None or service_day is None or not _runs(network, trip, service_day):
        raise TripUnknown
    times = network.times(trip, service_day)
    if not len(times.stop):
        times = planned_times(network.timetable, trip)
    teller = Teller(network, service_day, language, PROFILES["walk"], lambda _legs: FareTold(None, 0, "JPY", []))
    start, end = (spot_of(network, int(stop)) for stop in times.stop[[0, -1]])
    last = len(times.stop) - 1
    leg = Leg(
        "ride", start, end, int(times.departure[0]), int(times.arrival[-1]), trip=trip, board=0, alight=last
    )  # fmt: skip
    calls = teller.calls(leg, with_ends=True)
    position, passed, share = _position(calls, at)
    return TripRun(
        teller.trip(leg),
        calls,
        encoded(ride_line(network, trip, service_day, 0, last)),
        position,
        passed,
        share,
        _contacts(network, trip, language),
    )


def _contacts(network: Network, trip: int, language: str) -> list[Contact]:
    """Return the operator by its official name where readers read Japanese, and those of its offices that can be reached."""
    directory = network.feed.directory
    number = int(directory.route_agency[network.feed.trip_route[trip]])
    if number < 0:
        return []
    agency, name = directory.agencies[number], directory.names.of("agency", number, language)
    if language.startswith("ja"):
        name = agency.official_name or name
    offices = [Contact(each.name, each.phone, each.url, "") for each in agency.offices if each.phone or each.url]
    return [Contact(name, agency.phone, agency.url, agency.address), *offices]


def _runs(network: Network, trip: int, day: date) -> bool:
    return bool(network.timetable.services_on(day)[network.feed.trip_service[trip]])


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _position(calls: list[CallTold], at: datetime) -> tuple[str, int, float]:
    now = at.astimezone(JST)
    for n, call in enumerate(calls):
        if now < call.arrives_at:
            if n == 0:
                return "before", 0, 0.0
            gone = (now - calls[n - 1].leaves_at).total_seconds()
            whole = (call.arrives_at - calls[n - 1].leaves_at).total_seconds()
            return "between", n, round(max(0.0, gone / whole) if whole else 0.0, 3)
        if now <= call.leaves_at and n < len(calls) - 1:
            return ("before" if n == 0 else "at_stop"), n, 0.0
    return "over", len(calls), 0.0
