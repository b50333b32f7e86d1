"""Running data held against the timetable: what is said of trips becomes changes, and what cannot be found is counted."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from mobility.engine.live.catalogue import Catalogue, Unmatched, call_by_sequence
from mobility.engine.live.changes import OWN, Changes
from mobility.engine.live.news import CallNews, TripNews
from mobility.engine.live.timing import LEFT_OUT, NOT_TOLD, STANDS, TOLD, UNKNOWN, Said, timed
from mobility.engine.timetable.arrays import ALIGHT, BOARD, I32

MOST_OFF_S = 86_400
"""A time further than a day from the plan is a mistake of the source."""
MOST_CALLS = 1000


@dataclass
class Matched:
    """How much of a source was found: trips that were, and by reason those that were not, with some of their ids."""

    trips: int = 0
    unmatched: Counter[str] = field(default_factory=Counter)
    examples: list[str] = field(default_factory=list)

    def leave_out(self, code: str, what: str) -> None:
        """Count something that was not found."""
        self.unmatched[code] += 1
        if len(self.examples) < 10:
            self.examples.append(f"{code} {what}"[:80])


class Gathering:
    """Gathers what sources say of trips, each against its own catalogue of one timetable; the last word on a trip stands."""

    def __init__(self) -> None:
        """Begin with nothing said."""
        self._rows: dict[tuple[object, ...], _Row] = {}

    def take(self, news: Iterable[TripNews], catalogue: Catalogue, at: int) -> Matched:
        """Take what one source says at the instant ``at`` (POSIX seconds); return how much of it was found."""
        matched = Matched()
        for each in news:
            try:
                self._take(each, catalogue, each.at or at, matched)
                matched.trips += 1
            except Unmatched as error:
                matched.leave_out(error.code, each.trip.trip_id or each.trip.route_id)
        return matched

    def changes(self) -> Changes:
        """Return all changes, with times carried on to every call."""
        rows = list(self._rows.values())
        call = np.concatenate(([0], np.cumsum([len(row.stop) for row in rows]))).astype(I32)
        said = Said(
            call, np.array([row.delay for row in rows], dtype=I32), _flat(rows, "arrival"), _flat(rows, "departure"),
            _flat(rows, "state"), _flat(rows, "arrival_told"), _flat(rows, "departure_told"),
        )  # fmt: skip
        arrival, departure, is_told = timed(said)
        leave = np.where(said.state == LEFT_OUT, 0, _flat(rows, "leave")).astype(np.int8)
        return Changes(
            trip=np.array([row.trip for row in rows], dtype=I32), day=np.array([row.day for row in rows], dtype=I32),
            call=call, has_own_calls=np.array([row.has_own_calls for row in rows], dtype=np.bool_),
            stop=_flat(rows, "stop"), leave=leave, arrival=arrival, departure=departure, is_told=is_told,
            name=[row.name for row in rows], route=np.array([row.route for row in rows], dtype=I32),
            vehicle=[row.vehicle for row in rows],
        )  # fmt: skip

    def _take(self, news: TripNews, catalogue: Catalogue, at: int, matched: Matched) -> None:
        if news.kind == "added":
            row = _of_its_own(news, catalogue, at, matched)
            self._rows[OWN, row.name, row.day] = row
        elif news.kind == "duplicated":
            row = _copied(news, catalogue, matched)
            self._rows[OWN, row.name, row.day] = row
        else:
            trip, day = catalogue.find(news.trip, at)
            self._rows[trip, day.toordinal()] = _changed(news, catalogue, trip, day, matched)


@dataclass
class _Row:
    """One trip of one day, call by call."""

    trip: int
    day: int
    stop: list[int]
    leave: list[int]
    arrival: list[int]
    departure: list[int]
    state: list[int]
    arrival_told: list[int]
    departure_told: list[int]
    delay: int = NOT_TOLD
    has_own_calls: bool = False
    name: str = ""
    route: int = -1
    vehicle: str = ""


def _flat(rows: Sequence[_Row], name: str) -> np.ndarray:
    return np.array([value for row in rows for value in getattr(row, name)], dtype=I32)


def _changed(news: TripNews, catalogue: Catalogue, trip: int, day: date, matched: Matched) -> _Row:
    """Return a trip of the timetable as it now is."""
    if news.kind == "canceled":
        return _Row(trip, day.toordinal(), [], [], [], [], [], [], [], vehicle=news.vehicle)
    if news.kind == "replaced":
        row = _with_own_calls(news, catalogue, day)
        row.trip = trip
        return row
    row = _planned(catalogue, trip, day)
    row.vehicle = news.vehicle
    _say(row, news, catalogue, trip, day, matched)
    return row


def _planned(catalogue: Catalogue, trip: int, day: date) -> _Row:
    event, pattern, count = catalogue.calls(trip)
    table = catalogue.timetable
    return _Row(
        trip, day.toordinal(), table.pattern_stop[pattern : pattern + count].tolist(),
        table.pattern_leave[pattern : pattern + count].tolist(), table.arrival[event : event + count].tolist(),
        table.departure[event : event + count].tolist(), [STANDS] * count, [NOT_TOLD] * count, [NOT_TOLD] * count,
    )  # fmt: skip


def _say(row: _Row, news: TripNews, catalogue: Catalogue, trip: int, day: date, matched: Matched) -> None:
    """Note what is said of a trip's calls; of those that the trip does not have it is counted."""
    sequences, midnight = catalogue.sequences(trip), catalogue.midnight(day)
    if news.delay_s is not None and not news.calls:
        row.delay = news.delay_s if abs(news.delay_s) <= MOST_OFF_S else NOT_TOLD
    at = -1
    for call in news.calls:
        n = _which(call, row.stop, sequences, catalogue, at)
        if n < 0:
            matched.leave_out("unknown_call", f"{news.trip.trip_id} {call.sequence} {call.stop_id}")
            continue
        at = n
        if call.moved_to and call.moved_to in catalogue.stop_of:
            row.has_own_calls |= row.stop[n] != catalogue.stop_of[call.moved_to]
            row.stop[n] = catalogue.stop_of[call.moved_to]
        if call.kind == "skipped":
            row.state[n], row.has_own_calls = LEFT_OUT, True
        elif call.kind == "no_data":
            row.state[n] = UNKNOWN
        else:
            arrival = _second(call.arrival_at, call.arrival_delay_s, row.arrival[n], midnight)
            departure = _second(call.departure_at, call.departure_delay_s, row.departure[n], midnight)
            row.arrival_told[n], row.departure_told[n] = arrival, departure
            row.state[n] = STANDS if arrival == departure == NOT_TOLD else TOLD


def _which(call: CallNews, stops: Sequence[int], sequences: Sequence[int], catalogue: Catalogue, after: int) -> int:
    """Return which call is meant: by its number in the feed, else the next one at its stop; -1 where there is none."""
    if call.sequence >= 0 and sequences:
        n = call_by_sequence(sequences, call.sequence)
        if n >= 0:
            return n
    stop = catalogue.stop_of.get(call.stop_id, -1)
    for n in range(after + 1, len(stops)):
        if stops[n] == stop:
            return n
    return -1


def _second(at: int | None, delay_s: int | None, planned: int, midnight: int) -> int:
    """Return the second of the service day that is told, outright or by a delay; a time outright stands before a delay."""
    if at:
        told = at - midnight
    elif delay_s is not None:
        told = planned + delay_s
    else:
        return NOT_TOLD
    return told if abs(told - planned) <= MOST_OFF_S else NOT_TOLD


def _of_its_own(news: TripNews, catalogue: Catalogue, at: int, matched: Matched) -> _Row:
    """Return a trip that no timetable knows; one without calls that repeats a known one is that, once more."""
    first = next((each for call in news.calls for each in (call.departure_at, call.arrival_at) if each), at)
    day = news.trip.start_day or catalogue.day_of(first)
    if not any(call.arrival_at or call.departure_at for call in news.calls) and news.trip.start_s is not None:
        return _once_more(news, catalogue, catalogue.trip_named(news.trip.trip_id), day, news.trip.start_s, matched)
    row = _with_own_calls(news, catalogue, day)
    row.name = news.trip.trip_id
    row.route = catalogue.route_of.get(news.trip.route_id, -1)
    return row


def _copied(news: TripNews, catalogue: Catalogue, matched: Matched) -> _Row:
    """Return a trip that runs once more, at another time or on another day."""
    trip, day = catalogue.trip_named(news.trip.trip_id), news.copy.start_day or news.trip.start_day
    if day is None:
        raise Unmatched("unknown_start")
    start = catalogue.starts_at(trip) if news.copy.start_s is None else news.copy.start_s
    row = _once_more(news, catalogue, trip, day, start, matched)
    row.name = news.copy.trip_id or f"{news.trip.trip_id}+{start}"
    return row


def _once_more(news: TripNews, catalogue: Catalogue, trip: int, day: date, start_s: int, matched: Matched) -> _Row:
    row, later = _planned(catalogue, trip, day), start_s - catalogue.starts_at(trip)
    row.arrival, row.departure = [at + later for at in row.arrival], [at + later for at in row.departure]
    row.trip, row.has_own_calls, row.vehicle = OWN, True, news.vehicle
    row.name, row.route = f"{news.trip.trip_id}+{start_s}", catalogue.route(trip)
    _say(row, news, catalogue, trip, day, matched)
    return row


def _with_own_calls(news: TripNews, catalogue: Catalogue, day: date) -> _Row:
    """Return a trip whose calls are those told; each needs a stop that is known and a time.

    :raises Unmatched: ``unknown_stop``, ``calls_too_few``, ``untimed``.
    """
    midnight, told = catalogue.midnight(day), [call for call in news.calls if call.kind != "skipped"]
    if not 2 <= len(told) <= MOST_CALLS:
        raise Unmatched("calls_too_few")
    stop = [catalogue.stop(call.moved_to or call.stop_id) for call in told]
    arrival = [_own_second(call.arrival_at, call.departure_at, midnight) for call in told]
    departure = [_own_second(call.departure_at, call.arrival_at, midnight) for call in told]
    count = len(told)
    leave = [BOARD | ALIGHT] * count
    return _Row(
        OWN, day.toordinal(), stop, leave, arrival, departure, [TOLD] * count, arrival, departure,
        has_own_calls=True, vehicle=news.vehicle,
    )  # fmt: skip


def _own_second(at: int | None, other: int | None, midnight: int) -> int:
    told = at or other
    if not told or not -MOST_OFF_S <= told - midnight <= 3 * MOST_OFF_S:
        raise Unmatched("untimed")
    return told - midnight
