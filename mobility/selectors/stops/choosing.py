"""Lines and stops as an officer chooses them, by a piece of their name; a stop is chosen with all of its poles."""

from collections.abc import Collection, Iterable
from typing import NamedTuple

import numpy as np

from mobility.engine.gtfs.places import STATION
from mobility.engine.network import Network
from mobility.engine.places import Place, PlaceIndex, StopGroup
from mobility.selectors.stops.keeping import kept_of

MOST = 20


class Choice(NamedTuple):
    """A line or a stop; ``detail`` tells two of one name apart. One that is in no timetable any more has no name but its id."""

    id: str
    name: str
    detail: str
    color: str = ""


def lines_like(network: Network, typed: str, *, language: str) -> list[Choice]:
    """Return the lines whose names fit what was typed, the likeliest first."""
    routes = np.unique(network.feed.trip_route).tolist()
    index = PlaceIndex([Place("stop", str(route), _line_names(network, route), 0.0, 0.0) for route in routes])
    return [_line(network, int(each.place.id), language) for each in index.search(typed, most=MOST)]


def stops_like(network: Network, typed: str, *, language: str) -> list[Choice]:
    """Return the stops whose names fit what was typed, the likeliest first."""
    return [_stop(each.place, language) for each in kept_of(network).index.search(typed, kinds=["stop"], most=MOST)]


def lines_named(network: Network, ids: Iterable[str], *, language: str) -> list[Choice]:
    """Return lines by their ids, in the order in which they are named."""
    numbers = ((each, network.route_numbers.get(each)) for each in dict.fromkeys(ids))
    return [Choice(own, own, "") if route is None else _line(network, route, language) for own, route in numbers]


def stops_named(network: Network, ids: Iterable[str], *, language: str) -> list[Choice]:
    """Return stops by the ids of themselves or of their poles, each once."""
    groups = kept_of(network).groups
    found: dict[str, Choice] = {}
    for own in ids:
        group = groups.find(own)
        place = groups.places[groups.groups.index(group)] if group is not None else None
        choice = Choice(own, own, "") if place is None else _stop(place, language)
        found.setdefault(choice.id, choice)
    return list(found.values())


def poles_of(network: Network, ids: Collection[str]) -> list[str]:
    """Return the ids of stops with those of all their poles and stations, so that whoever means one means all."""
    groups = kept_of(network).groups
    found = [(own, groups.find(own)) for own in ids]
    return list(dict.fromkeys(each for own, group in found for each in (own, *_poles(network, group))))


def _poles(network: Network, group: StopGroup | None) -> list[str]:
    if group is None:
        return []
    stations = {network.station_of(stop) for stop in group.stops}
    own = [each for each in sorted(stations) if network.feed.stop_kind[each] == STATION]
    return [network.feed.stop_id[stop] for stop in (*own, *group.stops)]


def _line_names(network: Network, route: int) -> dict[str, str]:
    names = network.feed.directory.names
    short = dict(names.forms("route_short", route))
    return short if short[""] else dict(names.forms("route_long", route))


def _line(network: Network, route: int, language: str) -> Choice:
    directory = network.feed.directory
    agency = int(directory.route_agency[route])
    operator = directory.names.of("agency", agency, language) if agency >= 0 else ""
    return Choice(
        network.feed.route_id[route], directory.route_name(route, language), operator, directory.route_color[route]
    )


def _stop(place: Place, language: str) -> Choice:
    name = place.name(language)
    return Choice(place.id, name, place.reading if place.reading != name and language.startswith("ja") else "")
