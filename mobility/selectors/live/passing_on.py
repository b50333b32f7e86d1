"""What runs now as GTFS-Realtime for other programs: of sources whose licence lets the city pass it on, and the city's own.

For one feed everything bears the feed's own ids, so that it fits the file that the feed is given out as; for all of them together
ids bear the feed's slug, as everywhere in this API.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Literal

import msgspec

from mobility.engine.gtfs.directory import language_of
from mobility.engine.live.driven import trip_news
from mobility.engine.live.members import catalogue_for
from mobility.engine.live.news import AlertNews, Concerned, Message, TripNews, TripRef, VehicleNews
from mobility.engine.live_results import Touched
from mobility.engine.network import Network
from mobility.errors import LiveAway
from mobility.gateways import live_store
from mobility.gateways.driver_positions import driver_positions
from mobility.models import LiveKind, LiveSource, ServiceAlert
from mobility.selectors.live.alerts import standing
from mobility.selectors.live.sources import messages_now

Kind = Literal["trip-updates", "vehicle-positions", "alerts"]


def message_out(kind: Kind, network: Network | None, *, at: datetime, feed: str = "") -> Message:
    """Return what runs now, of one feed or of all.

    :raises LiveAway: where it cannot be looked up.
    """
    second = int(at.timestamp())
    if kind == "alerts":
        return Message(second, alerts=dict(_alerts(feed, at)))
    driven = driver_positions(network, at=second) if network is not None else {}
    if kind == "vehicle-positions":
        vehicles = {
            f"{slug}-{each.id}": _marked_vehicle(each, "" if feed else slug)
            for slug, several in _heard(LiveKind.VEHICLE_POSITIONS, driven, at, feed)
            for each in several
        }
        return Message(second, vehicles=vehicles)
    return Message(second, trips=_trips(network, driven, at, feed))


def _trips(
    network: Network | None, driven: Mapping[str, list[VehicleNews]], at: datetime, feed: str
) -> dict[str, TripNews]:
    found = {
        f"{_slug(source)}-{key}": _marked_trip(news, "" if feed else _slug(source))
        for source, message in _open(LiveKind.TRIP_UPDATES, at, feed).items()
        for key, news in message.trips.items()
    }
    for slug, vehicles in driven.items():
        catalogue = catalogue_for(network.catalogues, slug) if network is not None else None
        if network is None or catalogue is None or feed not in {"", slug}:
            continue
        places = network.feed.stop_lat, network.feed.stop_lon
        for key, news in trip_news(vehicles, catalogue, places, int(at.timestamp())).items():
            found[f"{slug}-{key}"] = _marked_trip(news, "" if feed else slug)
    return found


def _heard(
    kind: LiveKind, driven: Mapping[str, list[VehicleNews]], at: datetime, feed: str
) -> Iterable[tuple[str, Iterable[VehicleNews]]]:
    for source, message in _open(kind, at, feed).items():
        yield _slug(source), message.vehicles.values()
    for slug, vehicles in driven.items():
        if feed in {"", slug}:
            yield slug, vehicles


def _open(kind: LiveKind, at: datetime, feed: str) -> dict[LiveSource, Message]:
    try:
        told = messages_now(kind, at=at)
    except live_store.StoreAway:
        raise LiveAway(retry_after=5) from None
    return {source: message for source, message in told.items() if source.is_open and feed in {"", _slug(source)}}


def _slug(source: LiveSource) -> str:
    return source.feed.slug if source.feed else ""


def _marked(own: str, slug: str) -> str:
    return f"{slug}:{own}" if slug and own else own


def _marked_ref(ref: TripRef, slug: str) -> TripRef:
    return msgspec.structs.replace(ref, trip_id=_marked(ref.trip_id, slug), route_id=_marked(ref.route_id, slug))


def _marked_trip(news: TripNews, slug: str) -> TripNews:
    if not slug:
        return news
    calls = tuple(
        msgspec.structs.replace(call, stop_id=_marked(call.stop_id, slug), moved_to=_marked(call.moved_to, slug))
        for call in news.calls
    )
    copy = _marked_ref(news.copy, slug)
    return msgspec.structs.replace(news, trip=_marked_ref(news.trip, slug), calls=calls, copy=copy)


def _marked_vehicle(news: VehicleNews, slug: str) -> VehicleNews:
    return msgspec.structs.replace(news, trip=_marked_ref(news.trip, slug), stop_id=_marked(news.stop_id, slug))


def _alerts(feed: str, at: datetime) -> Iterable[tuple[str, AlertNews]]:
    """Give out the city's notices and those that may be passed on; for one feed those about it, or about everything."""
    for row in standing(at=at):
        if row.source is not None and not (row.source.is_open and feed in {"", _slug(row.source)}):
            continue
        touched = msgspec.convert(row.concerned, list[Touched])
        is_own = row.source is not None  # then all of it is the feed's, also stops that bear another feed's slug
        concerned = tuple(_concerned(each, feed) for each in touched if not feed or is_own or _is_of(each, feed))
        if touched and not concerned:
            continue
        yield row.pk.hex, _alert(row, concerned)


def _alert(row: ServiceAlert, concerned: tuple[Concerned, ...]) -> AlertNews:
    return AlertNews(
        row.pk.hex, tuple((begin, end) for begin, end in row.periods), concerned, row.cause, row.effect, row.severity,
        _tagged(row.url), _tagged(row.header), _tagged(row.description),
    )  # fmt: skip


def _tagged(texts: Mapping[str, str]) -> dict[str, str]:
    """Return texts under the names that languages have outside of this city; easy Japanese has none but a private one."""
    return {
        "ja-x-easy" if each == "ja-easy" else language_of(each) if each else "": text for each, text in texts.items()
    }


def _is_of(each: Touched, feed: str) -> bool:
    ids = [name for name in (each.agency, each.route, each.stop, each.trip) if name]
    return all(name.startswith(f"{feed}:") for name in ids)


def _concerned(each: Touched, feed: str) -> Concerned:
    def own(name: str) -> str:
        return name.partition(":")[2] if feed else name

    ref = TripRef(own(each.trip), start_day=each.day) if each.trip else TripRef()
    return Concerned(own(each.agency), own(each.route), each.route_type, each.direction, own(each.stop), ref)
