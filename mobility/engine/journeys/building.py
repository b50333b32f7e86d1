"""From what a search found to whole journeys: the ways at both ends, the rides, and the walks between them."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from mobility.engine.journeys.approaches import Approaches, spot_of
from mobility.engine.journeys.plans import Leg, Plan
from mobility.engine.network import Network
from mobility.engine.search import Found, Ride
from mobility.engine.timetable import Lanes


def build(network: Network, lanes: Lanes, day: date, found: Found, ends: tuple[Approaches, Approaches]) -> Plan:
    """Return a journey: one leaves as late as the first ride lets one, and walks on at once after each ride."""
    rides = [leg for ride in found.rides for leg in _ride_legs(network, ride, day)]
    access, egress = ends
    before, after = access[rides[0].start.stop], egress[rides[-1].end.stop]
    legs = [leg.moved(rides[0].depart_at - before.seconds) for leg in before.legs]
    legs.append(rides[0])
    for last, ride in pairwise(rides):
        legs.extend(_walk_between(network, lanes, last, ride))
        legs.append(ride)
    legs.extend(leg.moved(rides[-1].arrive_at) for leg in after.legs)
    return Plan(tuple(legs))


def _ride_legs(network: Network, ride: Ride, day: date) -> Iterator[Leg]:
    """Give out a ride, trip by trip where one stays in a vehicle that goes on as another."""
    parts, service_day = network.seats.parts(ride), day + timedelta(seconds=ride.shift)
    for n, (trip, board, alight) in enumerate(parts):
        stops = network.stops(trip, service_day)
        begin, end = (spot_of(network, int(stops[call])) for call in (board, alight))
        leaves, arrives = ride.depart_at, ride.arrive_at
        if len(parts) > 1:
            times = network.times(trip, service_day)
            leaves, arrives = int(times.departure[board]) + ride.shift, int(times.arrival[alight]) + ride.shift
        yield Leg(
            "ride", begin, end, leaves, arrives, trip=trip, shift=ride.shift, board=board, alight=alight, price=None,
            is_seated=n > 0,
        )  # fmt: skip


def _walk_between(network: Network, lanes: Lanes, last: Leg, ride: Leg) -> Iterator[Leg]:
    """Give out the walk from one ride to the next; none where both are at one stop, or one stays in the vehicle."""
    a, b = last.end.stop, ride.start.stop
    if a == b or ride.is_seated:
        return
    begin, end = lanes.walk_start[a], lanes.walk_start[a + 1]
    seconds = int(lanes.walk_s[begin:end][lanes.walk_to[begin:end] == b].min())
    yield Leg("walk", last.end, ride.start, last.arrive_at, last.arrive_at + seconds)
