"""From a network's numbers to rides in the words of the feed that sells them."""

from collections.abc import Sequence
from datetime import date

from mobility.engine.fares.rides import Ride
from mobility.engine.gtfs.feed import Feed


def ride_of(network: Feed, trip: int, board: int, alight: int, day: date) -> Ride:
    """Return a ride of a merged feed's trip on a service day, from its call ``board`` to its call ``alight``, numbered from 0.

    Ids are those of the member feed: stops that feeds share have one id in all of them, behind the first one's slug.
    """
    route = int(network.trip_route[trip])
    directory = network.directory
    slug = directory.members[directory.member_of_route(route)].slug
    first = int(network.trip_call[trip])
    stops = own_ids([network.stop_id[n] for n in network.stop[first + board : first + alight + 1].tolist()], slug)
    return Ride(
        slug, own_ids([network.route_id[route]], slug)[0], stops[0], stops[-1], day,
        int(network.departure[first + board]), int(network.arrival[first + alight]), tuple(stops),
    )  # fmt: skip


def own_ids(ids: Sequence[str], slug: str) -> list[str]:
    """Return ids without the slug before them; a feed that was not merged, and has no slug, has none there."""
    return [name.partition(":")[2] for name in ids] if slug else list(ids)
