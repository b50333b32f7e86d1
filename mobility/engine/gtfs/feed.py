"""A feed that was read and checked: everything points by number, and all that a timetable needs is there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from mobility.engine.gtfs.directory import Directory
from mobility.engine.timetable.arrays import Array


@dataclass(frozen=True)
class Feed:
    """Stops, routes, trips, calls and services; each list is numbered from 0, and others refer to it by that number.

    The calls of trip ``t`` are ``[trip_call[t], trip_call[t + 1])`` in order; ``arrival`` and ``departure`` are seconds of the
    service day, none of them blank; ``leave`` says by bits who may board and alight. ``walks`` are (from, to, seconds), with
    both ends the same for a change; ``seconds`` is -1 where nobody may change. Of the pairs of ``untimed_walks`` no feed tells a
    time: it is 0, and an estimate once feeds are merged. ``directory`` holds what passengers read.
    """

    stop_id: Sequence[str]
    stop_name: Sequence[str]
    stop_lat: Array
    stop_lon: Array
    stop_kind: Array
    stop_parent: Array
    route_id: Sequence[str]
    route_kind: Array
    trip_id: Sequence[str]
    trip_route: Array
    trip_service: Array
    trip_call: Array
    stop: Array
    arrival: Array
    departure: Array
    leave: Array
    service_id: Sequence[str]
    first_day: date
    runs: Array
    walks: Sequence[tuple[int, int, int]]
    untimed_walks: frozenset[tuple[int, int]]
    directory: Directory
