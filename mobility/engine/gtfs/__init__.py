"""GTFS as it comes: tables of text, checked, and the feed that they make. What is wrong is said, never guessed."""

from mobility.engine.gtfs.faults import Fault, Faults
from mobility.engine.gtfs.feed import Feed
from mobility.engine.gtfs.reading import read_feed

__all__ = ["Fault", "Faults", "Feed", "read_feed"]
