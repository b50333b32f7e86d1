"""Several feeds as one network: stops that feeds share become one, all other ids are told apart by the feed's slug.

A stop is shared where two feeds have the same stop_id, the same name and kind, and places within :data:`SAME_STOP_M`. Its id bears
the slug of the first feed that has it. Calendars are laid side by side from their common first day on.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np

from mobility.engine.gtfs.feed import Feed
from mobility.engine.gtfs.joining import Numbers, joined_directory
from mobility.engine.gtfs.walking import StopPlaces, WalksBetween, distances_m
from mobility.engine.timetable.arrays import I32, Array

SAME_STOP_M = 200.0


def merge(feeds: Mapping[str, Feed], walks_between: WalksBetween, *, unites_stops: bool = True) -> Feed:
    """Return one feed of all, by slug; the order of the mapping is the order of the members.

    Walks and change times that a feed tells stand; for all other pairs, and for those of which a feed tells no time,
    ``walks_between`` is asked once, with all stops; its walks remain among ``untimed_walks``.
    """
    members, slugs = list(feeds.values()), list(feeds)
    stops, seen = _stops(members, unites=unites_stops)
    routes = Numbers.one_after_another(len(feed.route_id) for feed in members)
    services = Numbers.one_after_another(len(feed.service_id) for feed in members)
    first_day = min((feed.first_day for feed in members if feed.runs.size), default=members[0].first_day)
    places = _places(members, slugs, stops, seen)
    walks, untimed = _walks(members, stops, walks_between(places))
    return Feed(
        stop_id=places.ids, stop_name=places.names, stop_lat=places.lat, stop_lon=places.lon, stop_kind=places.kind,
        stop_parent=places.parent,
        route_id=_prefixed(slugs, [feed.route_id for feed in members]),
        route_kind=np.concatenate([feed.route_kind for feed in members]),
        trip_id=_prefixed(slugs, [feed.trip_id for feed in members]),
        trip_route=routes.pointing([feed.trip_route for feed in members]),
        trip_service=services.pointing([feed.trip_service for feed in members]),
        trip_call=_calls([feed.trip_call for feed in members]),
        stop=stops.pointing([feed.stop for feed in members]),
        arrival=np.concatenate([feed.arrival for feed in members]),
        departure=np.concatenate([feed.departure for feed in members]),
        leave=np.concatenate([feed.leave for feed in members]),
        service_id=_prefixed(slugs, [feed.service_id for feed in members]),
        first_day=first_day,
        runs=_runs(members, first_day),
        walks=walks,
        untimed_walks=untimed,
        directory=joined_directory(slugs, [feed.directory for feed in members], stops),
    )  # fmt: skip


def _stops(members: Sequence[Feed], *, unites: bool) -> tuple[Numbers, list[tuple[int, int]]]:
    """Number the stops of all feeds; of each new one also return where it was seen first, as feed and stop."""
    known: dict[tuple[str, str, int], list[tuple[int, float, float]]] = {}
    seen: list[tuple[int, int]] = []
    numbers: list[Array] = []
    for f, feed in enumerate(members):
        of, before = np.empty(len(feed.stop_id), dtype=I32), len(seen)
        rows = zip(feed.stop_id, feed.stop_name, feed.stop_kind.tolist(), strict=True)
        for n, (stop_id, name, kind) in enumerate(rows):
            at = float(feed.stop_lat[n]), float(feed.stop_lon[n])
            same = known.setdefault((stop_id, unicodedata.normalize("NFKC", name), kind), [])
            shared = [number for number, lat, lon in same if number < before and _is_near(at, (lat, lon))]
            if unites and shared:
                of[n] = shared[0]
            else:
                of[n] = len(seen)
                same.append((len(seen), *at))
                seen.append((f, n))
        numbers.append(of)
    return Numbers(numbers, len(seen)), seen


def _is_near(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return one == other or float(distances_m(*np.array([*one, *other]))) <= SAME_STOP_M


def _places(
    members: Sequence[Feed], slugs: Sequence[str], stops: Numbers, seen: Sequence[tuple[int, int]]
) -> StopPlaces:
    lat = np.array([members[f].stop_lat[n] for f, n in seen], dtype=np.float64)
    lon = np.array([members[f].stop_lon[n] for f, n in seen], dtype=np.float64)
    kind = np.array([members[f].stop_kind[n] for f, n in seen], dtype=np.int8)
    parent = np.full(len(seen), -1, dtype=I32)
    for feed, of in zip(reversed(members), reversed(stops.of), strict=True):
        has = feed.stop_parent >= 0
        parent[of[has]] = of[feed.stop_parent[has]]
    return StopPlaces(
        [f"{slugs[f]}:{members[f].stop_id[n]}" for f, n in seen],
        [members[f].stop_name[n] for f, n in seen],
        lat, lon, kind, parent,
    )  # fmt: skip


def _runs(members: Sequence[Feed], first_day: date) -> Array:
    offsets = [(feed.first_day - first_day).days if feed.runs.size else 0 for feed in members]
    days = max(offset + feed.runs.shape[1] for offset, feed in zip(offsets, members, strict=True))
    runs = np.zeros((sum(len(feed.service_id) for feed in members), days), dtype=np.bool_)
    row = 0
    for offset, feed in zip(offsets, members, strict=True):
        runs[row : row + len(feed.runs), offset : offset + feed.runs.shape[1]] = feed.runs
        row += len(feed.runs)
    return runs


def _walks(
    members: Sequence[Feed], stops: Numbers, others: Sequence[tuple[int, int, int]]
) -> tuple[list[tuple[int, int, int]], frozenset[tuple[int, int]]]:
    """Join what the feeds tell, the first before the later ones, and what they leave open; also return which pairs that are."""
    found = {(begin, end): seconds for begin, end, seconds in others}
    untimed = set(found)
    for feed, of in zip(reversed(members), reversed(stops.of), strict=True):
        number = of.tolist()
        for begin, end, seconds in feed.walks:
            pair = number[begin], number[end]
            is_told = (begin, end) not in feed.untimed_walks
            if is_told or pair not in found:
                found[pair] = seconds
                (untimed.discard if is_told else untimed.add)(pair)
    walks = [(begin, end, seconds) for (begin, end), seconds in found.items()]
    return walks, frozenset(pair for pair in untimed if pair[0] != pair[1])


def _prefixed(slugs: Sequence[str], columns: Sequence[Sequence[str]]) -> list[str]:
    return [f"{slug}:{each}" for slug, column in zip(slugs, columns, strict=True) for each in column]


def _calls(columns: Sequence[Array]) -> Array:
    """Return where each trip's calls begin when all calls stand one after another."""
    before = np.cumsum([0, *(column[-1] for column in columns)])
    starts = [column[:-1] + moved for column, moved in zip(columns, before, strict=False)]
    return np.append(np.concatenate(starts), before[-1]).astype(I32)
