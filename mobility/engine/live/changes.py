"""Changes: every trip of a day that runs otherwise than planned, with its calls as they now stand, laid out flat."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
import numpy as np

from mobility.engine.timetable.arrays import I32, Array

OWN = -1
"""In place of a trip's number: a trip that the timetable does not know."""


@dataclass(frozen=True)
class Changes:
    """``n`` trips of one day each; their calls are ``[call[k], call[k + 1])``, none for a trip that is cancelled.

    ``trip`` is the number of the timetable's trip that this replaces on ``day`` (days since the year 1, as
    :meth:`datetime.date.toordinal` counts), or :data:`OWN` for one that runs besides. ``has_own_calls`` tells that stops, or
    leave to board and alight, differ from the plan. ``arrival`` and ``departure`` are seconds of the service day and never run
    back; ``is_told`` marks the calls whose times come from running data rather than from the plan. ``name``, ``route`` and
    ``vehicle`` are told for trips of their own, the vehicle for all; the route is its number, -1 where unknown.
    """

    trip: Array
    day: Array
    call: Array
    has_own_calls: Array
    stop: Array
    leave: Array
    arrival: Array
    departure: Array
    is_told: Array
    name: Sequence[str]
    route: Array
    vehicle: Sequence[str]

    def __len__(self) -> int:
        """Count the trips."""
        return len(self.trip)


_TYPES: dict[str, Any] = {
    "trip": I32, "day": I32, "call": I32, "has_own_calls": np.bool_, "stop": I32, "leave": np.int8, "arrival": I32,
    "departure": I32, "is_told": np.bool_, "route": I32,
}  # fmt: skip


class _Packed(msgspec.Struct, frozen=True, array_like=True):
    arrays: dict[str, bytes]
    name: list[str]
    vehicle: list[str]


def no_changes() -> Changes:
    """Return changes that change nothing."""
    blank: dict[str, Any] = {name: np.zeros(0, dtype=kind) for name, kind in _TYPES.items()}
    return Changes(**blank | {"call": np.zeros(1, dtype=I32), "name": [], "vehicle": []})


def packed(changes: Changes) -> bytes:
    """Return the changes as bytes, some twenty for each call."""
    arrays = {name: getattr(changes, name).astype(kind, copy=False).tobytes() for name, kind in _TYPES.items()}
    return msgspec.msgpack.encode(_Packed(arrays, list(changes.name), list(changes.vehicle)))


def unpacked(data: bytes) -> Changes:
    """Return the changes that :func:`packed` made into bytes.

    :raises ValueError: for any other bytes.
    """
    try:
        told = msgspec.msgpack.decode(data, type=_Packed)
        arrays = {name: np.frombuffer(told.arrays[name], dtype=kind) for name, kind in _TYPES.items()}
    except (msgspec.MsgspecError, KeyError) as error:
        raise ValueError("not packed changes") from error
    return Changes(**arrays, name=told.name, vehicle=told.vehicle)
