"""From a network's numbers to rides in the words of the feed that sells them."""

from collections.abc import Sequence
from datetime import date

from mobility.engine.fares.rides import Ride
from mobility.engine.gtfs.feed import Feed


def ride_of(network: Feed, route: int, stops: Sequence[int], day: date, times: tuple[int, int]) -> Ride:
    """Return a ride on a route of a merged feed, along stops, from boarding to alighting; a route below 0 is unknown to the feed.

    ``day`` is the service day, ``times`` are departure and arrival in seconds of it. Ids are those of the member feed: stops that
    feeds share have one id in all of them, behind the first one's slug.
    """
    directory = network.directory
    slug = directory.members[directory.member_of_route(max(route, 0))].slug
    passed = own_ids([network.stop_id[stop] for stop in stops], slug)
    name = own_ids([network.route_id[route]], slug)[0] if route >= 0 else ""
    return Ride(slug, name, passed[0], passed[-1], day, *times, tuple(passed))


def own_ids(ids: Sequence[str], slug: str) -> list[str]:
    """Return ids without the slug before them; a feed that was not merged, and has no slug, has none there."""
    return [name.partition(":")[2] for name in ids] if slug else list(ids)
