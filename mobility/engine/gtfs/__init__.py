"""GTFS as it comes: tables of text, checked, and the feed that they make. What is wrong is said, never guessed."""

from mobility.engine.gtfs.directory import Agency, Directory, Member, Names, Publisher, Shapes
from mobility.engine.gtfs.faults import Fault, Faults
from mobility.engine.gtfs.feed import Feed
from mobility.engine.gtfs.reading import read_feed

__all__ = [
    "Agency",
    "Directory",
    "Fault",
    "Faults",
    "Feed",
    "Member",
    "Names",
    "Publisher",
    "Shapes",
    "read_feed",
]
