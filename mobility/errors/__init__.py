"""Refusals of getting about, by what they are about."""

from mobility.errors.feeds import (
    FeedFileMissing,
    FeedFileTooLarge,
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
    OutsideTimetable,
    PlaceOffMap,
    PlaceUnclear,
    SamePlace,
    StopUnknown,
    TripUnknown,
)

__all__ = [
    "CursorUnreadable",
    "FeedFileMissing",
    "FeedFileTooLarge",
    "FeedRetired",
    "FeedSlugTaken",
    "FeedSourceUnfit",
    "FeedVersionLost",
    "FeedWithoutAddress",
    "NetworkAway",
    "NetworkInUse",
    "NetworkMoved",
    "NoTimetable",
    "OutsideTimetable",
    "PlaceOffMap",
    "PlaceUnclear",
    "SamePlace",
    "StopUnknown",
    "TripUnknown",
]
