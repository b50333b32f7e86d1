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
    FollowsFull,
    FollowUnfit,
    FollowUnknown,
    NoTimetable,
    OutsideTimetable,
    PlaceOffMap,
    PlaceUnclear,
    SamePlace,
    StopUnknown,
    TripUnknown,
)
from mobility.errors.live import AlertEnded, AlertUnfit, LiveAway, LiveSourceRetired, LiveSourceUnfit
from mobility.errors.saved_places import SavedPlaceNameless, SavedPlacesChanged, SavedPlacesFull, SavedPlaceTaken
from mobility.errors.stop_signs import SignUnfit

__all__ = [
    "AlertEnded",
    "AlertUnfit",
    "CursorUnreadable",
    "FeedFileMissing",
    "FeedFileTooLarge",
    "FeedRetired",
    "FeedSlugTaken",
    "FeedSourceUnfit",
    "FeedVersionLost",
    "FeedWithoutAddress",
    "FollowUnfit",
    "FollowUnknown",
    "FollowsFull",
    "LiveAway",
    "LiveSourceRetired",
    "LiveSourceUnfit",
    "NetworkAway",
    "NetworkInUse",
    "NetworkMoved",
    "NoTimetable",
    "OutsideTimetable",
    "PlaceOffMap",
    "PlaceUnclear",
    "SamePlace",
    "SavedPlaceNameless",
    "SavedPlaceTaken",
    "SavedPlacesChanged",
    "SavedPlacesFull",
    "SignUnfit",
    "StopUnknown",
    "TripUnknown",
]
