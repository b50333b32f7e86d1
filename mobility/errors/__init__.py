"""Refusals of getting about, by what they are about."""

from mobility.errors.journeys import (
    CursorUnreadable,
    NoTimetable,
    NoWayThere,
    OutsideTimetable,
    PlaceOffMap,
    PlaceUnclear,
    SamePlace,
    StopUnknown,
    TripUnknown,
)

__all__ = [
    "CursorUnreadable",
    "NoTimetable",
    "NoWayThere",
    "OutsideTimetable",
    "PlaceOffMap",
    "PlaceUnclear",
    "SamePlace",
    "StopUnknown",
    "TripUnknown",
]
