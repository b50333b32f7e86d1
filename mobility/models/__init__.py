"""What getting about keeps."""

from mobility.models.feeds import FeedOutcome, FeedSource, FeedVersion, NetworkRelease, ReleaseMember
from mobility.models.live import LiveKind, LiveOutcome, LiveSource, ServiceAlert
from mobility.models.saved_place import MOST_SAVED, SAVED_PLACE, SavedPlace

__all__ = [
    "MOST_SAVED",
    "SAVED_PLACE",
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
]
