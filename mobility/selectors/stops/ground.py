"""What a map shows beneath everything else, put together once for a timetable and a map of streets."""

from typing import Literal

import msgspec

from mobility.engine.ground import Line, heart_of, lines_of, streets_of
from mobility.engine.journeys.lines import encoded
from mobility.engine.network import Network
from mobility.engine.streets import StreetMap, Streets, Town
from mobility.engine.streets.kinds import Class
from mobility.errors import NoTimetable
from mobility.selectors.stops.keeping import kept_of

MOST_STOPS = 1500
MAIN = frozenset({Class.MOTORWAY, Class.TRUNK, Class.PRIMARY})
MINOR = frozenset({Class.MINOR, Class.LIVING})


class GroundLine(msgspec.Struct, frozen=True):
    """The way a line goes (an encoded polyline of precision 5); ``color`` is the operator's, blank where it names none."""

    color: str
    shape: str


class GroundStreet(msgspec.Struct, frozen=True):
    """A street (an encoded polyline of precision 5) and how large it is."""

    size: Literal["main", "middle", "minor"]
    shape: str


class GroundStop(msgspec.Struct, frozen=True):
    """A stop as people mean it."""

    name: str
    lat: float
    lon: float


class GroundBox(msgspec.Struct, frozen=True):
    """A piece of the earth in degrees."""

    west: float
    south: float
    east: float
    north: float


class Ground(msgspec.Struct, frozen=True):
    """The town as a map shows it: ``box`` is where most vehicles call.

    Stops come with the most frequented first. ``streets`` are none where the city has no map of them; ``attribution`` must be
    shown with them.
    """

    box: GroundBox
    stops: list[GroundStop]
    lines: list[GroundLine]
    streets: list[GroundStreet]
    attribution: str


_kept: list[tuple[object, object, list[GroundLine], list[GroundStreet]]] = []


def ground_of(network: Network, *, language: str) -> Ground:
    """Return what lies beneath; of the two timetables or maps that were asked for last it is kept.

    :raises NoTimetable: where nothing calls at any stop, so that nobody can tell where the town is.
    """
    if not network.calls.any():
        raise NoTimetable
    lines, streets = _drawn(network)
    groups = kept_of(network).groups
    often = sorted(range(len(groups.groups)), key=lambda n: (-groups.groups[n].departures, n))[:MOST_STOPS]
    names = network.feed.directory.names
    stops = [
        GroundStop(names.of("stop", each.head, language), *(round(degree, 5) for degree in each.at))
        for each in (groups.groups[n] for n in often)
    ]
    box = GroundBox(*(round(degree, 5) for degree in heart_of(network)))
    return Ground(box, stops, lines, streets, network.streets.attribution if streets else "")


def _drawn(network: Network) -> tuple[list[GroundLine], list[GroundStreet]]:
    streets = _map_of(network.streets)
    for feed, drawn, lines, ways in _kept:
        if feed is network.feed and drawn is streets:
            return lines, ways
    colours = network.feed.directory.route_color
    lines = [GroundLine(colours[each.of], encoded(each.points)) for each in lines_of(network)]
    ways = [GroundStreet(_size(each), encoded(each.points)) for each in streets_of(network)]
    _kept[:] = [(network.feed, streets, lines, ways), *_kept[:1]]
    return lines, ways


def _map_of(streets: Streets) -> object:
    """Return the map itself, which is the same whatever is closed in it."""
    inner = streets.map if isinstance(streets, Town) else streets
    return inner.network if isinstance(inner, StreetMap) else None


def _size(street: Line) -> Literal["main", "middle", "minor"]:
    return "main" if street.of in MAIN else "minor" if street.of in MINOR else "middle"
