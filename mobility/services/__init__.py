"""The front door of getting about: what other floors and its own doors may ask it to do."""

from mobility.services.feeds import (
    bring_in,
    change_feed_source,
    current_network,
    refresh_due_feeds,
    refresh_feed,
    register_feed_source,
    retire_feed_source,
    return_to_network,
    tidy_networks,
    use_version,
    warm_up,
)

__all__ = [
    "bring_in",
    "change_feed_source",
    "current_network",
    "refresh_due_feeds",
    "refresh_feed",
    "register_feed_source",
    "retire_feed_source",
    "return_to_network",
    "tidy_networks",
    "use_version",
    "warm_up",
]
