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
from mobility.services.saved_places import arrange_places, forget_place, save_place

__all__ = [
    "arrange_places",
    "bring_in",
    "change_feed_source",
    "current_network",
    "forget_place",
    "refresh_due_feeds",
    "refresh_feed",
    "register_feed_source",
    "retire_feed_source",
    "return_to_network",
    "save_place",
    "tidy_networks",
    "use_version",
    "warm_up",
]
