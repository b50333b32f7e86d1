"""From the bytes of a FeedMessage to news. Whatever the bytes are: they become news, or it is said why not."""

import math
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from google.protobuf.message import DecodeError
from google.transit import gtfs_realtime_pb2 as wire

from mobility.engine.gtfs.directory import language_of
from mobility.engine.gtfs.values import date_of, time_of
from mobility.engine.live.news import (
    AlertNews,
    CallKind,
    CallNews,
    Concerned,
    Message,
    TripKind,
    TripNews,
    TripRef,
    VehicleNews,
)  # fmt: skip

MOST_BYTES, MOST_ENTITIES, MOST_CALLS, MOST_CONCERNED, MOST_TEXT = 32_000_000, 50_000, 1000, 2000, 10_000
FIRST, LAST = 946_684_800, 4_102_444_800
DIFFERENTIAL = 1
TRIP_KINDS: dict[int, TripKind] = {
    0: "planned", 1: "added", 2: "planned", 3: "canceled", 5: "replaced", 6: "duplicated", 7: "canceled", 8: "added",
}  # fmt: skip
CALL_KINDS: dict[int, CallKind] = {0: "planned", 1: "skipped", 2: "no_data", 3: "planned"}
STATUS: Any = {0: "incoming_at", 1: "stopped_at", 2: "in_transit_to"}
NO_CROWDING = 7


class Unreadable(Exception):
    """A source's bytes are no message; ``code`` is why: ``too_large``, ``not_protobuf``, ``too_many_entities``."""

    def __init__(self, code: str) -> None:
        """Keep the code."""
        super().__init__(code)
        self.code = code


@dataclass
class Read:
    """A message, and how many of its entities were left aside, by reason."""

    message: Message
    left_aside: Counter[str] = field(default_factory=Counter)


class _LeftAside(Exception):
    pass


def read_message(data: bytes) -> Read:
    """Return what a message says; an entity that makes no sense is left aside and counted.

    :raises Unreadable: where the bytes are none.
    """
    if len(data) > MOST_BYTES:
        raise Unreadable("too_large")
    feed = wire.FeedMessage()
    try:
        feed.ParseFromString(data)
        if not data or not feed.HasField("header"):
            raise Unreadable("not_protobuf")
    except (DecodeError, UnicodeDecodeError):
        raise Unreadable("not_protobuf") from None
    if len(feed.entity) > MOST_ENTITIES:
        raise Unreadable("too_many_entities")
    read = Read(
        Message(_instant(feed.header.timestamp), feed.header.incrementality != DIFFERENTIAL, {}, {}, {}, _deleted(feed))
    )
    for entity in feed.entity:
        if not entity.is_deleted:
            _take(entity, _short(entity.id), read)
    return read


def _deleted(feed: wire.FeedMessage) -> frozenset[str]:
    return frozenset(_short(entity.id) for entity in feed.entity if entity.is_deleted)


def _take(entity: wire.FeedEntity, entity_id: str, read: Read) -> None:
    parts: tuple[tuple[str, dict[str, Any], Callable[[Any, str], Any]], ...] = (
        ("trip_update", read.message.trips, _trip_news),
        ("vehicle", read.message.vehicles, _vehicle_news),
        ("alert", read.message.alerts, _alert_news),
    )
    is_known = False
    for name, into, news_of in parts:
        if entity.HasField(name):
            is_known = True
            try:
                read.left_aside["twice"] += entity_id in into
                into[entity_id] = news_of(getattr(entity, name), entity_id)
            except _LeftAside as error:
                read.left_aside[str(error)] += 1
    read.left_aside += Counter()  # lets go of what was counted as nought
    if not is_known:
        read.left_aside["kind_unknown"] += 1


def _trip_news(told: wire.TripUpdate, _id: str) -> TripNews:
    if len(told.stop_time_update) > MOST_CALLS:
        raise _LeftAside("calls_too_many")
    kind = TRIP_KINDS.get(told.trip.schedule_relationship, "planned")
    more = told.trip_properties
    return TripNews(
        trip=_ref(told.trip),
        kind=kind,
        calls=tuple([_call_news(each) for each in told.stop_time_update]),
        delay_s=told.delay if told.HasField("delay") else None,
        at=_instant(told.timestamp),
        vehicle=_short(told.vehicle.id or told.vehicle.label),
        copy=TripRef(_short(more.trip_id), start_day=_day(more.start_date), start_s=time_of(_text(more.start_time))),
    )


def _call_news(told: Any) -> CallNews:
    """Return what is said of a call; called for each of them, so that it asks no more than it must."""
    arrival, departure = told.arrival, told.departure
    has_arrival, has_departure = told.HasField("arrival"), told.HasField("departure")
    return CallNews(
        told.stop_sequence if told.HasField("stop_sequence") else -1,
        _text(told.stop_id),
        (arrival.time or None) if has_arrival else None,
        arrival.delay if has_arrival and arrival.HasField("delay") else None,
        (departure.time or None) if has_departure else None,
        departure.delay if has_departure and departure.HasField("delay") else None,
        CALL_KINDS.get(told.schedule_relationship, "planned"),
        _text(told.stop_time_properties.assigned_stop_id) if told.HasField("stop_time_properties") else "",
    )


def _vehicle_news(told: wire.VehiclePosition, entity_id: str) -> VehicleNews:
    where = told.position
    lat, lon = float(where.latitude), float(where.longitude)
    if not told.HasField("position") or not _is_on_earth(lat, lon):
        raise _LeftAside("position_wrong")
    return VehicleNews(
        id=_short(told.vehicle.id or entity_id),
        label=_short(told.vehicle.label or told.vehicle.license_plate),
        trip=_ref(told.trip),
        lat=round(lat, 5),
        lon=round(lon, 5),
        bearing=_measure(where.bearing, 360.0) if where.HasField("bearing") else None,
        speed_m_s=_measure(where.speed, 200.0) if where.HasField("speed") else None,
        at=_instant(told.timestamp),
        stop_id=_short(told.stop_id),
        sequence=told.current_stop_sequence if told.HasField("current_stop_sequence") else -1,
        status=STATUS.get(told.current_status, "in_transit_to"),
        crowding=_crowding(told),
        percent_full=min(told.occupancy_percentage, 1000) if told.HasField("occupancy_percentage") else None,
    )


def _crowding(told: wire.VehiclePosition) -> str:
    if not told.HasField("occupancy_status") or told.occupancy_status == NO_CROWDING:
        return ""
    return _name_of(wire.VehiclePosition.OccupancyStatus, told.occupancy_status, "")


def _alert_news(told: wire.Alert, entity_id: str) -> AlertNews:
    if len(told.informed_entity) > MOST_CONCERNED or len(told.active_period) > MOST_CONCERNED:
        raise _LeftAside("concerned_too_many")
    header = _texts(told.header_text)
    if not header:
        raise _LeftAside("text_missing")
    return AlertNews(
        id=_short(entity_id),
        periods=tuple((_instant(each.start), _instant(each.end)) for each in told.active_period),
        concerned=tuple(_concerned(each) for each in told.informed_entity),
        cause=_name_of(wire.Alert.Cause, told.cause, "unknown_cause"),
        effect=_name_of(wire.Alert.Effect, told.effect, "unknown_effect"),
        severity=_name_of(wire.Alert.SeverityLevel, told.severity_level, "unknown_severity"),
        url={language: text for language, text in _texts(told.url).items() if text.startswith(("http://", "https://"))},
        header=header,
        description=_texts(told.description_text),
    )


def _concerned(told: wire.EntitySelector) -> Concerned:
    return Concerned(
        agency_id=_short(told.agency_id),
        route_id=_short(told.route_id),
        route_type=told.route_type if told.HasField("route_type") else -1,
        direction=_direction(told),
        stop_id=_short(told.stop_id),
        trip=_ref(told.trip) if told.HasField("trip") else TripRef(),
    )


def _ref(told: wire.TripDescriptor) -> TripRef:
    return TripRef(
        _short(told.trip_id),
        _short(told.route_id),
        _direction(told),
        _day(told.start_date),
        time_of(_text(told.start_time)),
    )


def _direction(told: Any) -> int:
    return int(told.direction_id) if told.HasField("direction_id") and told.direction_id in {0, 1} else -1


def _instant(told: int) -> int | None:
    """Return an instant that can be meant, of this century; None for any other and for none."""
    return told if FIRST <= told <= LAST else None


def _day(told: str) -> date | None:
    text = _text(told)
    return date_of(text) if text else None


def _texts(told: wire.TranslatedString) -> dict[str, str]:
    """Return the texts by language; the first of a language stands."""
    found: dict[str, str] = {}
    for each in told.translation[:50]:
        text, language = _text(each.text).replace("\x00", "").strip(), _text(each.language)[:35]
        if text:
            found.setdefault(language_of(language) if language else "", text[:MOST_TEXT])
    return found


def _name_of(kinds: Any, value: int, default: str) -> str:
    try:
        return str(kinds.Name(value)).lower()
    except ValueError:
        return default


def _text(told: str | bytes) -> str:
    """Return a text; one that is not UTF-8 comes as bytes."""
    return told if isinstance(told, str) else told.decode(errors="replace")


def _short(told: str | bytes) -> str:
    """Return an id without what no database takes, no longer than an id is."""
    return _text(told)[:255].replace("\x00", "")


def _is_on_earth(lat: float, lon: float) -> bool:
    return abs(lat) <= 90 and abs(lon) <= 180 and (lat, lon) != (0.0, 0.0)


def _measure(value: float, most: float) -> float | None:
    return round(float(value), 2) if math.isfinite(value) and 0 <= value <= most else None
