"""The feeds of a network one by one, as sources of running data speak of them: by the ids that each feed has itself."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

import numpy as np

from kernel.clock import JST
from mobility.engine.gtfs.feed import Feed
from mobility.engine.live.catalogue import Catalogue
from mobility.engine.timetable.arrays import Timetable


def catalogues(feed: Feed, timetable: Timetable) -> Mapping[str, Catalogue]:
    """Return by the slug of each member of a network where its ids lead; a feed on its own stands under ``""``."""
    members = feed.directory.members
    return {member.slug: _catalogue(feed, timetable, n) for n, member in enumerate(members)}


def own_id(network_id: str, slug: str) -> str:
    """Return the id that a feed itself has for what the network calls ``network_id``; a shared stop bears another feed's slug."""
    return network_id.partition(":")[2] if slug else network_id


def _catalogue(feed: Feed, timetable: Timetable, n: int) -> Catalogue:
    members = feed.directory.members
    member, after = members[n], members[n + 1] if n + 1 < len(members) else None
    trips = slice(member.first_trip, after.first_trip if after else len(feed.trip_id))
    routes = slice(member.first_route, after.first_route if after else len(feed.route_id))
    return Catalogue(
        timetable,
        trip_ids=[own_id(each, member.slug) for each in feed.trip_id[trips]],
        stop_of={own_id(feed.stop_id[stop], member.slug): stop for stop in np.flatnonzero(member.stop >= 0).tolist()},
        route_ids=[own_id(each, member.slug) for each in feed.route_id[routes]],
        trip_route=feed.trip_route,
        directions=feed.directory.trip_direction,
        sequences=feed.directory.call_sequence,
        first_trip=member.first_trip,
        first_route=member.first_route,
        zone=_zone(feed, member.first_agency),
    )


def _zone(feed: Feed, agency: int) -> ZoneInfo:
    """Return the zone in which a member's timetable is written; Japan's where it names none that is known."""
    agencies = feed.directory.agencies
    try:
        return ZoneInfo(agencies[agency].timezone) if agency < len(agencies) and agencies[agency].timezone else JST
    except (OSError, ValueError):
        return JST


def catalogue_for(known: Mapping[str, Catalogue], slug: str) -> Catalogue | None:
    """Return where the ids of one member lead; a feed on its own answers to any slug. None where it is no member."""
    return known.get(slug) or (known.get("") if len(known) == 1 else None)
