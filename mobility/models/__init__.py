"""What getting about keeps."""

from mobility.models.feeds import FeedOutcome, FeedSource, FeedVersion, NetworkRelease, ReleaseMember
from mobility.models.live import AlertStep, LiveKind, LiveOutcome, LiveSource, ServiceAlert
from mobility.models.saved_place import MOST_SAVED, SAVED_PLACE, SavedPlace
from mobility.models.stop_sign import StopSign

__all__ = [
    "MOST_SAVED",
    "SAVED_PLACE",
    "AlertStep",
    "FeedOutcome",
    "FeedSource",
    "FeedVersion",
    "LiveKind",
    "LiveOutcome",
    "LiveSource",
    "NetworkRelease",
    "ReleaseMember",
    "SavedPlace",
    "ServiceAlert",
    "StopSign",
]
