"""GTFS-Realtime 2.0 as it comes over the wire, and as it goes out; what is inside are the engine's own words."""

from mobility.gateways.gtfs_realtime.reading import Read, Unreadable, read_message
from mobility.gateways.gtfs_realtime.writing import write_message

__all__ = ["Read", "Unreadable", "read_message", "write_message"]
