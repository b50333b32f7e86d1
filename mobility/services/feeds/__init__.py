"""Timetables come into the city, are looked at, become a network, and are served."""

from mobility.services.feeds.bringing import bring_in
from mobility.services.feeds.examining import Examined, examine
from mobility.services.feeds.refreshing import fetch_feed, refresh_due_feeds, refresh_feed
from mobility.services.feeds.releasing import put_to_use, retire_feed_source, return_to_network, use_version
from mobility.services.feeds.serving import current_network, warm_up, why_cold, why_not_current
from mobility.services.feeds.sources import change_feed_source, register_feed_source
from mobility.services.feeds.tidying import tidy_networks

__all__ = [
    "Examined",
    "bring_in",
    "change_feed_source",
    "current_network",
    "examine",
    "fetch_feed",
    "put_to_use",
    "refresh_due_feeds",
    "refresh_feed",
    "register_feed_source",
    "retire_feed_source",
    "return_to_network",
    "tidy_networks",
    "use_version",
    "warm_up",
    "why_cold",
    "why_not_current",
]
