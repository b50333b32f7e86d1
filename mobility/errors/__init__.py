"""Refusals of getting about, by what they are about."""

<<<<<<< HEAD
from mobility.errors.feeds import (
    FeedRetired,
    FeedSlugTaken,
    FeedSourceUnfit,
    FeedVersionLost,
    FeedWithoutAddress,
    NetworkAway,
    NetworkInUse,
    NetworkMissing,
    NetworkMoved,
)

__all__ = [
    "FeedRetired",
    "FeedSlugTaken",
    "FeedSourceUnfit",
    "FeedVersionLost",
    "FeedWithoutAddress",
    "NetworkAway",
    "NetworkInUse",
    "NetworkMissing",
    "NetworkMoved",
=======
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
>>>>>>> main
]
