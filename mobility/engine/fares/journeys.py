"""What a whole journey costs one rider: every ride's line, something off for changing, and what nobody knows said as unknown."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from mobility.engine.fares.network import Fares
from mobility.engine.fares.passes import Pass
from mobility.engine.fares.riders import ADULT, Payer, Rider
from mobility.engine.fares.rides import Line, Ride
from mobility.engine.fares.town_rules import NO_RULES, ChangeDiscount, TownRules

IN_YEN = "JPY"


class Sum(NamedTuple):
    """What amounts come to, in the smallest unit of their currencies; never a sum of two currencies.

    ``total`` is None where an amount is unknown or two currencies are paid; ``at_least`` is what the known ones come to (0 in two
    currencies, whose ``currency`` is blank). ``each`` has what is paid in each currency.
    """

    total: int | None
    at_least: int
    currency: str
    each: tuple[tuple[str, int], ...]


class Price(NamedTuple):
    """A journey's price in the smallest unit of its currency (whole yen).

    ``total`` is None where a ride's fare is unknown, or where two currencies are paid; ``at_least`` is what the known lines come to
    (0 in two currencies). ``unknown`` are the rides nobody knows the fare of, by number.
    """

    total: int | None
    at_least: int
    currency: str
    lines: tuple[Line, ...]
    unknown: tuple[int, ...]


def price(
    fares: Fares,
    rides: Sequence[Ride],
    rider: Rider = ADULT,
    passes: Sequence[Pass] = (),
    rules: TownRules = NO_RULES,
) -> Price:
    """Return what a rider pays for rides in their order, at the least, with the passes that they hold."""
    lines: list[Line] = []
    to_pay: dict[str, list[tuple[int, Ride]]] = {}
    for n, ride in enumerate(rides):
        held = next((each for each in passes if each.covers(ride, _zones_of(fares, ride))), None)
        if held:
            lines.append(Line(n, "pass", held.id, held.name, 0, _currency(fares, ride.feed)))
        else:
            to_pay.setdefault(ride.feed, []).append((n, ride))
    payers = {name: Payer(rider, rules.classes.get(name)) for name in to_pay}
    for name, own in to_pay.items():
        lines += _lines_of_feed(fares, name, own, payers[name])
    lines.sort(key=lambda line: line.ride)
    return _summed(lines + _discounts(rides, lines, payers, rules.discounts))


def _lines_of_feed(fares: Fares, name: str, rides: Sequence[tuple[int, Ride]], payer: Payer) -> list[Line]:
    currency, feed = _currency(fares, name), fares.feed(name)
    if payer.is_free(currency):
        return [Line(n, "infant", "", "", 0, currency) for n, _ride in rides]
    if feed is None:
        return [Line(n, "unknown", "", "", None, "") for n, _ride in rides]
    return feed.price_rides(rides, payer)


def _discounts(
    rides: Sequence[Ride], lines: Sequence[Line], payers: Mapping[str, Payer], discounts: Sequence[ChangeDiscount]
) -> list[Line]:
    """Return what is taken off for changing: at each change the largest alone, and only between two rides that are both paid."""
    by_ride = {line.ride: line for line in lines}
    found = []
    for n in range(1, len(rides)):
        before, line = by_ride[n - 1], by_ride[n]
        if rides[n].is_seated or not before.amount or not line.amount:
            continue
        offers = [
            (min(line.amount, payers[rides[n].feed].pays(each.off, line.currency)), each)
            for each in discounts
            if _holds(each, rides[n - 1], rides[n])
        ]
        if offers:
            off, rule = max(offers, key=lambda offer: offer[0])
            found.append(Line(n, "discount", rule.id, rule.name, -off, line.currency))
    return found


def _holds(rule: ChangeDiscount, one: Ride, other: Ride) -> bool:
    if not 0 <= other.leaves - one.arrives <= rule.within_s:
        return False
    ways = [(rule.from_feed, rule.from_routes, rule.to_feed, rule.to_routes)]
    if rule.is_both_ways:
        ways.append((rule.to_feed, rule.to_routes, rule.from_feed, rule.from_routes))
    return any(
        (one.feed, other.feed) == (begin, end)
        and (not from_routes or one.route in from_routes)
        and (not to_routes or other.route in to_routes)
        for begin, from_routes, end, to_routes in ways
    )


def _summed(lines: Sequence[Line]) -> Price:
    unknown = tuple(line.ride for line in lines if line.amount is None)
    found = sum_of((line.amount, line.currency) for line in lines)
    in_order = tuple(sorted(lines, key=lambda line: line.ride))
    return Price(found.total, found.at_least, found.currency, in_order, unknown)


def sum_of(amounts: Iterable[tuple[int | None, str]]) -> Sum:
    """Add amounts up by their currencies; None is unknown, and what costs nothing makes no second currency."""
    sums: dict[str, int] = {}
    is_known = True
    for amount, currency in amounts:
        if amount is None:
            is_known = False
        else:
            sums[currency] = sums.get(currency, 0) + amount
    paid = {currency: amount for currency, amount in sums.items() if amount} or dict(list(sums.items())[:1])
    each = tuple(paid.items())
    if len(each) > 1:
        return Sum(None, 0, "", each)
    currency, known = each[0] if each else (IN_YEN, 0)
    return Sum(known if is_known else None, known, currency, each)


def _currency(fares: Fares, name: str) -> str:
    feed = fares.feed(name)
    return feed.currency if feed else IN_YEN


def _zones_of(fares: Fares, ride: Ride) -> Callable[[str], Sequence[str]]:
    feed = fares.feed(ride.feed)
    return feed.zones_of if feed else lambda _stop: ()
