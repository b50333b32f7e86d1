"""A stop's departures as its live feed tells them: the whole as it is, in every language, so that one telling serves all."""

from datetime import date, datetime
from typing import Literal

import msgspec

from mobility.engine.network import Network
from mobility.selectors.stops.boards import departures_of
from mobility.selectors.stops.signs import LANGUAGES
from mobility.selectors.stops.words import Departures, DepartureTold

MOST = 20


class DepartureHeard(msgspec.Struct, frozen=True):
    """One departure; ``line`` and ``headsign`` by language. The rest is as in ``GET …/stops/{id}/departures``."""

    id: str
    trip: str
    day: date
    route: str
    line: dict[str, str]
    headsign: dict[str, str]
    platform: str
    leaves_at: datetime
    planned_at: datetime
    delay_s: int
    state: Literal["planned", "live", "cancelled", "added"]
    is_last: bool


class BoardHeard(msgspec.Struct, frozen=True):
    """What leaves a stop next; a later ``at`` stands in place of an earlier one. ``alerts`` are headers by language."""

    at: datetime
    stop: str
    service_day: date
    departures: list[DepartureHeard]
    is_cut: bool
    alerts: list[dict[str, str]]


def board_heard(network: Network, stop_id: str, *, at: datetime) -> BoardHeard:
    """Return what leaves a stop, in every language; :raises StopUnknown: :raises OutsideTimetable:"""
    told = {language: departures_of(network, stop_id, at=at, most=MOST, language=language) for language in LANGUAGES}
    first = told[LANGUAGES[0]]
    return BoardHeard(
        at=at, stop=first.stop.id, service_day=first.service_day,
        departures=[_heard(n, each, told) for n, each in enumerate(first.departures)], is_cut=first.is_cut,
        alerts=[
            {language: board.alerts[n].header for language, board in told.items()} for n in range(len(first.alerts))
        ],
    )  # fmt: skip


def _heard(n: int, each: DepartureTold, told: dict[str, Departures]) -> DepartureHeard:
    return DepartureHeard(
        id=each.id, trip=each.trip, day=each.day, route=each.line.id,
        line={language: board.departures[n].line.name for language, board in told.items()},
        headsign={language: board.departures[n].headsign for language, board in told.items()},
        platform=each.platform, leaves_at=each.leaves_at, planned_at=each.planned_at, delay_s=each.delay_s,
        state=each.state, is_last=each.is_last,
    )  # fmt: skip
