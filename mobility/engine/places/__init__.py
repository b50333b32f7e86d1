"""Places by name: everything in town that has one, found as one types it, and the nearest to a point."""

from mobility.engine.places.index import Found, PlaceIndex
from mobility.engine.places.places import KINDS, Kind, Place
from mobility.engine.places.stops import StopGroup, StopGroups

__all__ = ["KINDS", "Found", "Kind", "Place", "PlaceIndex", "StopGroup", "StopGroups"]
