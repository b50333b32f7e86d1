"""From the question as it was sent to the one that the engine answers; what cannot be meant is refused by its field."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from kernel.clock import JST
from kernel.problems import FieldFault, _
from mobility.engine.journeys import Ask, Spot
from mobility.engine.journeys.asking import SPAN_S, Via
from mobility.engine.journeys.kinds import kind_of
from mobility.engine.network import Network
from mobility.engine.streets import PROFILES
from mobility.engine.streets.earth import metres_between
from mobility.errors import CursorUnreadable, OutsideTimetable, PlaceUnclear, SamePlace, StopUnknown
from mobility.selectors.journeys.words import JourneysAsked, PlaceAsked

PACES = {"slow": 75, "usual": 100, "fast": 120}
SAME_M, FAR_OFF_M = 15, 5000


class Cursor(NamedTuple):
    """Where another page begins: which way, and the instant."""

    way: str
    at: datetime

    def text(self) -> str:
        """Return it as a text that an answer carries."""
        return f"{self.way}{int(self.at.timestamp())}"


def ask_of(network: Network, asked: JourneysAsked, *, at: datetime) -> Ask:
    """Return the engine's question; ``at`` is the instant at which one leaves where none is told.

    :raises PlaceUnclear: :raises StopUnknown: :raises SamePlace: :raises OutsideTimetable: :raises CursorUnreadable:
    """
    start, goal = (spot_of(network, place, name) for name, place in (("from", asked.start), ("to", asked.goal)))
    if _are_same(start, goal) and not asked.via:
        raise SamePlace(errors=[FieldFault("to", "same_place", str(_("出発地とは別の場所を選んでください。")))])
    when = asked.at or at
    cursor = cursor_of(asked.cursor) if asked.cursor else None
    day, second = _second_of((cursor.at if cursor else when).astimezone(JST))
    if not network.feed.first_day <= day <= network.last_day:
        raise OutsideTimetable(first_day=network.feed.first_day.isoformat(), last_day=network.last_day.isoformat())
    profile = PROFILES[asked.walk]
    if asked.pace != "usual":
        profile = profile.at_speed(profile.speed * PACES[asked.pace] // 100)
    own = frozenset(asked.own)
    ask = Ask(
        start=start, goal=goal, day=day, at=second, is_arriving=asked.is_arriving, walk=profile,
        most_walk_s=asked.most_walk_minutes * 60, most_rides=asked.most_changes + 1, access=own, egress=own,
        between=own & {"taxi"}, direct=own | {"walk"}, via=_via(network, asked),
        avoided=_routes(network, asked.avoided_routes), preferred=_routes(network, asked.preferred_routes),
        is_wheelchair=asked.walk == "wheelchair", has_bicycle=asked.has_bicycle, kinds=_kinds(network, asked), wanted=asked.wanted,
    )  # fmt: skip
    return ask if cursor is None else replace(ask, is_arriving=cursor.way == "e")


def span_of(asked: JourneysAsked, *, at: datetime) -> tuple[datetime, datetime]:
    """Return the span within which one leaves or arrives; :raises CursorUnreadable:"""
    cursor = cursor_of(asked.cursor) if asked.cursor else None
    when, span = (cursor.at if cursor else asked.at) or at, timedelta(seconds=SPAN_S)
    is_arriving = cursor.way == "e" if cursor else asked.is_arriving
    return (when - span, when) if is_arriving else (when, when + span)


def spot_of(network: Network, place: PlaceAsked, field: str) -> Spot:
    """Return where a place is; a stop's own coordinates where it is one.

    :raises StopUnknown: for an id that is not in the timetable; :raises PlaceUnclear: for neither a stop nor both coordinates.
    """
    if place.stop:
        stop = network.stop_numbers.get(place.stop)
        if stop is None:
            raise StopUnknown(errors=[FieldFault(field, "stop_unknown", str(StopUnknown.title))])
        return Spot(float(network.feed.stop_lat[stop]), float(network.feed.stop_lon[stop]), stop)
    if place.lat is None or place.lon is None:
        raise PlaceUnclear(errors=[FieldFault(field, "place_unclear", str(PlaceUnclear.title))])
    return Spot(place.lat, place.lon)


def is_far_off(network: Network, spot: Spot) -> bool:
    """Tell whether a place is so far from every stop that it is no place of this town."""
    metres = metres_between(spot.lat, spot.lon, network.targets.lat, network.targets.lon)
    return bool(metres.min(initial=FAR_OFF_M) >= FAR_OFF_M)


def cursor_of(text: str) -> Cursor:
    """Return a cursor from its text; :raises CursorUnreadable: for any other text."""
    way, digits = text[:1], text[1:]
    if way not in {"e", "l"} or not digits.isascii() or not digits.isdigit() or len(digits) > 11:
        raise CursorUnreadable
    try:
        return Cursor(way, datetime.fromtimestamp(int(digits), tz=JST))
    except (ValueError, OverflowError):
        raise CursorUnreadable from None


def instant_of(day: date, second: int) -> datetime:
    """Return the instant so many seconds after a day's midnight in Japan."""
    return _midnight(day) + timedelta(seconds=second)


def instants_of(day: date, seconds: Sequence[int]) -> list[datetime]:
    """Return the instants so many seconds after a day's midnight in Japan."""
    midnight = _midnight(day)
    return [midnight + timedelta(seconds=second) for second in seconds]


@lru_cache(maxsize=16)
def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=JST)


def _second_of(at: datetime) -> tuple[date, int]:
    return at.date(), at.hour * 3600 + at.minute * 60 + at.second


def _are_same(start: Spot, goal: Spot) -> bool:
    if start.stop >= 0 and start.stop == goal.stop:
        return True
    return float(metres_between(start.lat, start.lon, goal.lat, goal.lon)) < SAME_M


def _via(network: Network, asked: JourneysAsked) -> tuple[Via, ...]:
    return tuple(
        Via(spot_of(network, each.place, f"via.{n}.place"), each.stay_minutes * 60) for n, each in enumerate(asked.via)
    )


def _routes(network: Network, ids: Sequence[str]) -> frozenset[int]:
    """Return route numbers; ids that are not in this timetable avoid nothing and prefer nothing."""
    return frozenset(network.route_numbers[each] for each in ids if each in network.route_numbers)


def _kinds(network: Network, asked: JourneysAsked) -> frozenset[int] | None:
    if not asked.kinds:
        return None
    return frozenset(number for number in set(network.feed.route_kind.tolist()) if kind_of(number) in asked.kinds)
