"""From news to the bytes of a FeedMessage, for whoever reads them: other planners, map makers, the next town."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from google.transit import gtfs_realtime_pb2 as wire

from mobility.engine.live.news import AlertNews, CallNews, Concerned, Message, TripNews, TripRef, VehicleNews

_TRIP_KINDS = {"planned": 0, "added": 1, "canceled": 3, "replaced": 5, "duplicated": 6}
_CALL_KINDS = {"planned": 0, "skipped": 1, "no_data": 2}
_STATUS = {"incoming_at": 0, "stopped_at": 1, "in_transit_to": 2}


def write_message(message: Message, at: int) -> bytes:
    """Return a whole message (FULL_DATASET) with the instant ``at`` in POSIX seconds; entities come in the order of their ids."""
    feed = wire.FeedMessage()
    feed.header.gtfs_realtime_version = "2.0"
    feed.header.incrementality = (
        wire.FeedHeader.Incrementality.FULL_DATASET if message.is_whole else wire.FeedHeader.Incrementality.DIFFERENTIAL
    )
    feed.header.timestamp = at
    for key in sorted({*message.trips, *message.vehicles, *message.alerts, *message.deleted}):
        entity = feed.entity.add(id=key)
        if key in message.deleted:
            entity.is_deleted = True
        if key in message.trips:
            _write_trip(entity.trip_update, message.trips[key])
        if key in message.vehicles:
            _write_vehicle(entity.vehicle, message.vehicles[key])
        if key in message.alerts:
            _write_alert(entity.alert, message.alerts[key])
    return bytes(feed.SerializeToString(deterministic=True))


def _write_trip(into: wire.TripUpdate, news: TripNews) -> None:
    _write_ref(into.trip, news.trip)
    into.trip.schedule_relationship = _TRIP_KINDS[news.kind]  # type: ignore[assignment]
    if news.copy.trip_id:
        into.trip_properties.trip_id = news.copy.trip_id
    if news.copy.start_day:
        into.trip_properties.start_date = _day(news.copy.start_day)
    if news.copy.start_s is not None:
        into.trip_properties.start_time = _clock(news.copy.start_s)
    if news.vehicle:
        into.vehicle.id = news.vehicle
    if news.at:
        into.timestamp = news.at
    if news.delay_s is not None:
        into.delay = news.delay_s
    for call in news.calls:
        _write_call(into.stop_time_update.add(), call)


def _write_call(into: Any, call: CallNews) -> None:
    if call.sequence >= 0:
        into.stop_sequence = call.sequence
    if call.stop_id:
        into.stop_id = call.stop_id
    if call.moved_to:
        into.stop_time_properties.assigned_stop_id = call.moved_to
    into.schedule_relationship = _CALL_KINDS[call.kind]
    for event, at, delay_s in (
        (into.arrival, call.arrival_at, call.arrival_delay_s),
        (into.departure, call.departure_at, call.departure_delay_s),
    ):
        if at:
            event.time = at
        if delay_s is not None:
            event.delay = delay_s


def _write_vehicle(into: wire.VehiclePosition, news: VehicleNews) -> None:
    if news.trip != TripRef():
        _write_ref(into.trip, news.trip)
    into.vehicle.id = news.id
    if news.label:
        into.vehicle.label = news.label
    into.position.latitude, into.position.longitude = news.lat, news.lon
    if news.bearing is not None:
        into.position.bearing = news.bearing
    if news.speed_m_s is not None:
        into.position.speed = news.speed_m_s
    if news.at:
        into.timestamp = news.at
    if news.stop_id:
        into.stop_id = news.stop_id
    if news.sequence >= 0:
        into.current_stop_sequence = news.sequence
    into.current_status = _STATUS[news.status]  # type: ignore[assignment]
    if news.crowding:
        into.occupancy_status = wire.VehiclePosition.OccupancyStatus.Value(news.crowding.upper())
    if news.percent_full is not None:
        into.occupancy_percentage = news.percent_full


def _write_alert(into: wire.Alert, news: AlertNews) -> None:
    for start, end in news.periods:
        period = into.active_period.add()
        period.start, period.end = start or 0, end or 0
    for each in news.concerned:
        _write_concerned(into.informed_entity.add(), each)
    into.cause = wire.Alert.Cause.Value(news.cause.upper())
    into.effect = wire.Alert.Effect.Value(news.effect.upper())
    into.severity_level = wire.Alert.SeverityLevel.Value(news.severity.upper())
    for texts, translated in (
        (news.url, into.url), (news.header, into.header_text), (news.description, into.description_text),
    ):  # fmt: skip
        _write_texts(translated, texts)


def _write_concerned(into: wire.EntitySelector, each: Concerned) -> None:
    for name, value in (("agency_id", each.agency_id), ("route_id", each.route_id), ("stop_id", each.stop_id)):
        if value:
            setattr(into, name, value)
    if each.route_type >= 0:
        into.route_type = each.route_type
    if each.direction >= 0:
        into.direction_id = each.direction
    if each.trip != TripRef():
        _write_ref(into.trip, each.trip)


def _write_texts(into: wire.TranslatedString, texts: Mapping[str, str]) -> None:
    for language, text in texts.items():
        translation = into.translation.add(text=text)
        if language:
            translation.language = language


def _write_ref(into: wire.TripDescriptor, ref: TripRef) -> None:
    if ref.trip_id:
        into.trip_id = ref.trip_id
    if ref.route_id:
        into.route_id = ref.route_id
    if ref.direction >= 0:
        into.direction_id = ref.direction
    if ref.start_day:
        into.start_date = _day(ref.start_day)
    if ref.start_s is not None:
        into.start_time = _clock(ref.start_s)


def _day(day: date) -> str:
    return f"{day:%Y%m%d}"


def _clock(second: int) -> str:
    return f"{second // 3600:02}:{second % 3600 // 60:02}:{second % 60:02}"
