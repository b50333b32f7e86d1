"""What journeys cost: for rides by the operators' tables, for the rest by what was offered; unknown is never nothing."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import cache

from mobility.engine.fares import IN_YEN, Pass, Price, Rider, price, ride_of, sum_of
from mobility.engine.fares import Ride as Ridden
from mobility.engine.journeys import Leg
from mobility.engine.network import Network
from mobility.gateways.fare_rules import town_rules
from mobility.selectors.journeys.words import FareLine, FareSum, FareTold
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

    @cache
    def ridden(trip: int, shift: int, board: int, alight: int, times: tuple[int, int], is_seated: bool) -> Ridden:  # noqa: FBT001 - a key of the cache
        found = _ridden(network, trip, day + timedelta(seconds=shift), (board, alight), times)
        return found._replace(is_seated=is_seated)

    @cache
    def of_rides(*rides: Ridden) -> Price:
        return price(network.fares, rides, rider, passes, rules)

    def told(legs: Sequence[Leg]) -> FareTold:
        rides = [(n, leg) for n, leg in enumerate(legs) if leg.way == "ride"]
        priced = of_rides(
            *(
                ridden(
                    leg.trip,
                    leg.shift,
                    leg.board,
                    leg.alight,
                    (leg.depart_at - leg.shift, leg.arrive_at - leg.shift),
                    leg.is_seated,
                )
                for _n, leg in rides
            )
        )
        lines = [
            FareLine(rides[line.ride][0], line.name, line.why, line.amount, line.currency) for line in priced.lines
        ]
        offers = [(n, leg) for n, leg in enumerate(legs) if leg.way not in {"ride", "walk"}]
        lines += [FareLine(n, "", leg.way, leg.price, IN_YEN) for n, leg in offers]
        lines.sort(key=lambda line: line.leg)
        found = sum_of((line.amount, line.currency) for line in lines)
        sums = [FareSum(amount, currency) for currency, amount in found.each]
        return FareTold(found.total, found.at_least, found.currency, lines, sums)

    return told


def _ridden(network: Network, trip: int, day: date, calls: tuple[int, int], times: tuple[int, int]) -> Ridden:
    """Return a ride by the ids of the feed that it comes from, before feeds were joined; calls are those it makes now."""
    stops = network.stops(trip, day)[calls[0] : calls[1] + 1]
    return ride_of(network.feed, network.route_of(trip, day), stops.tolist(), day, times)
