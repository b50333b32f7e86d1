"""GBFS 2 and 3: shared bicycles as their operators publish them."""

from mobility.gateways.gbfs.files import NotGbfs, Open, collect
from mobility.gateways.gbfs.reading import FleetRead, read_fleet

__all__ = ["FleetRead", "NotGbfs", "Open", "collect", "read_fleet"]
