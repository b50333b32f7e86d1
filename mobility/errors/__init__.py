"""Refusals of getting about, by what they are about."""

from mobility.errors.feeds import (
    FeedRetired,
    FeedSlugTaken,
    FeedSourceUnfit,
    FeedVersionLost,
    FeedWithoutAddress,
    NetworkAway,
    NetworkInUse,
    NetworkMoved,
)
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
from mobility.errors.saved_places import (
    SavedPlaceNameless,
    SavedPlacesChanged,
    SavedPlacesFull,
    SavedPlaceTaken,
)

__all__ = [
    "CursorUnreadable",
    "FeedRetired",
    "FeedSlugTaken",
    "FeedSourceUnfit",
    "FeedVersionLost",
    "FeedWithoutAddress",
    "NetworkAway",
    "NetworkInUse",
    "NetworkMoved",
    "NoTimetable",
    "NoWayThere",
    "OutsideTimetable",
    "PlaceOffMap",
    "PlaceUnclear",
    "SamePlace",
    "SavedPlaceNameless",
    "SavedPlaceTaken",
    "SavedPlacesChanged",
    "SavedPlacesFull",
    "StopUnknown",
    "TripUnknown",
]
