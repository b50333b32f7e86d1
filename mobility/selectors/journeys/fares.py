"""What journeys cost: for rides by the operators' tables, for the rest by what was offered; unknown is never nothing."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from mobility.engine.fares import Pass, Rider, price, ride_of
from mobility.engine.fares import Ride as Ridden
from mobility.engine.journeys import Leg
from mobility.engine.network import Network
from mobility.gateways.fare_rules import town_rules
from mobility.selectors.journeys.words import FareLine, FareTold
from mobility.selectors.journeys.words import Rider as RiderWord

FareOf = Callable[[Sequence[Leg]], FareTold]
RIDERS: dict[RiderWord, Rider] = {
    "adult": Rider(),
    "child": Rider(age="child"),
    "disability": Rider(has_disability=True),
    "child_disability": Rider(age="child", has_disability=True),
}


def fares_for(network: Network, day: date, rider: Rider, passes: Sequence[Pass] = ()) -> FareOf:
    """Return what tells one rider what legs of journeys cost on a day, by the feeds' tables and what the town agreed on."""
    rules = town_rules()

    def told(legs: Sequence[Leg]) -> FareTold:
        rides = [(n, leg) for n, leg in enumerate(legs) if leg.way == "ride"]
        priced = price(network.fares, [_ridden(network, leg, day) for _n, leg in rides], rider, passes, rules)
        lines = [
            FareLine(rides[line.ride][0], line.name, line.why, line.amount, line.currency) for line in priced.lines
        ]
        offers = [(n, leg) for n, leg in enumerate(legs) if leg.way not in {"ride", "walk"}]
        lines += [FareLine(n, "", leg.way, leg.price, priced.currency) for n, leg in offers]
        known = sum(leg.price for _n, leg in offers if leg.price is not None)
        is_whole = priced.total is not None and all(leg.price is not None for _n, leg in offers)
        at_least = priced.at_least + known
        lines.sort(key=lambda line: line.leg)
        return FareTold(at_least if is_whole else None, at_least, priced.currency, lines)

    return told


def _ridden(network: Network, leg: Leg, day: date) -> Ridden:
    """Return a ride by the ids of the feed that it comes from, before feeds were joined; calls are those it makes now."""
    service_day = day + timedelta(seconds=leg.shift)
    calls = network.times(leg.trip, service_day).stop[leg.board : leg.alight + 1]
    times = leg.depart_at - leg.shift, leg.arrive_at - leg.shift
    return ride_of(network.feed, network.route_of(leg.trip, service_day), calls.tolist(), service_day, times)
