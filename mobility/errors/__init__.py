"""Refusals of getting about, by what they are about."""

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
]
