"""What is put together once for a network and kept with it: stops as people mean them, and how their names are found."""

from dataclasses import dataclass
from weakref import WeakKeyDictionary

from mobility.engine.network import Network
from mobility.engine.places import PlaceIndex, StopGroup, StopGroups
from mobility.errors import StopUnknown


@dataclass(frozen=True)
class Kept:
    """Of one network: its stops, and an index of their names."""

    groups: StopGroups
    index: PlaceIndex


_kept: WeakKeyDictionary[Network, Kept] = WeakKeyDictionary()
"""It holds the feed and not the network, so that a network that nobody uses any more can go."""


def kept_of(network: Network) -> Kept:
    """Return what is kept of a network; the first call puts it together."""
    found = _kept.get(network)
    if found is None:
        groups = StopGroups(network)
        found = _kept[network] = Kept(groups, PlaceIndex(groups.places))
    return found


def group_named(network: Network, stop_id: str) -> StopGroup:
    """Return the stop that an id means, of itself or of one of its platforms; :raises StopUnknown: where there is none."""
    found = kept_of(network).groups.find(stop_id)
    if found is None:
        raise StopUnknown(stop=stop_id)
    return found
