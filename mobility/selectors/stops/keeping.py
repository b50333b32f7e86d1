"""What is put together once for a timetable and kept with it: stops as people mean them, and how their names are found."""

from dataclasses import dataclass

from mobility.engine.network import Network
from mobility.engine.places import PlaceIndex, StopGroup, StopGroups
from mobility.errors import StopUnknown

MOST_KEPT = 2
"""The timetable that is used, and the one before it, with which somebody may still be reading."""


@dataclass(frozen=True)
class Kept:
    """Of one timetable: the network as planned, its stops, and an index of their names."""

    plan: Network
    groups: StopGroups
    index: PlaceIndex


_kept: list[Kept] = []


def kept_of(network: Network) -> Kept:
    """Return what is kept of a network, whatever is known of today; the first call for a timetable puts it together."""
    for each in _kept:
        if each.plan.feed is network.feed:
            return each
    groups = StopGroups(network)
    made = Kept(network.with_live(None), groups, PlaceIndex(groups.places))
    _kept[:] = [made, *_kept[: MOST_KEPT - 1]]
    return made


def group_named(network: Network, stop_id: str) -> StopGroup:
    """Return the stop that an id means, of itself or of one of its platforms; :raises StopUnknown: where there is none."""
    found = kept_of(network).groups.find(stop_id)
    if found is None:
        raise StopUnknown(stop=stop_id)
    return found
