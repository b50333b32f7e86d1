"""What getting about keeps."""

from mobility.models.feeds import FeedOutcome, FeedSource, FeedVersion, NetworkRelease, ReleaseMember

__all__ = ["FeedOutcome", "FeedSource", "FeedVersion", "NetworkRelease", "ReleaseMember"]
