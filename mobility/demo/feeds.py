"""The demo town's feeds as GTFS-JP: a bus and a railway, written from the small tables in ``town/``."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from mobility.demo.days import WEEKS, exceptions, span_around
from mobility.demo.lines import OUT, Line, Trip, line_of
from mobility.demo.tariffs import fares_of, goes_round
from mobility.demo.words import Name, Place, name_of, places, told

FEEDS: Mapping[str, tuple[str, str]] = {"mihon-bus": ("bus", "stops"), "mihon-rail": ("rail", "stations")}
"""By the feed's slug: its table of lines and its table of stops."""
TOWARDS = {"1": (0.00006, -0.00009), "2": (-0.00006, 0.00009), "3": (0.00014, 0.00012), "4": (-0.00015, -0.00012)}
"""Where the poles stand beside the middle of a stop, in degrees."""
CHANGE_S = 60
Rows = Iterable[Sequence[object]]


def demo_feeds(around: date) -> dict[str, dict[str, bytes]]:
    """Return the files of each feed by its slug, good for some years around a day."""
    return {slug: _Feed(told(lines), places(stops), around).files() for slug, (lines, stops) in FEEDS.items()}


class _Feed:
    def __init__(self, table: Mapping[str, Any], stops: Sequence[Place], around: date) -> None:
        self.operator, self.rules, self.wheelchair = table["operator"], table["fares"], table["wheelchair"]
        self.name: Name = name_of(self.operator)
        self.lines = [line_of(each) for each in table["line"]]
        self.stops = {stop.id: stop for stop in stops}
        self.first, self.last = span_around(around)
        self.trips = [
            (f"{trip.line}-{trip.service}-{trip.direction}-{n}", trip) for n, trip in enumerate(self._all_trips())
        ]
        self.used = sorted({(stop, pole) for _id, trip in self.trips for stop, pole, _at in trip.calls})

    def files(self) -> dict[str, bytes]:
        """Return all files by name."""
        texts = {
            "agency.txt": self._agency(), "agency_jp.txt": self._agency_jp(), "office_jp.txt": self._office_jp(),
            "stops.txt": self._stops(), "routes.txt": self._routes(), "routes_jp.txt": self._routes_jp(),
            "trips.txt": self._trips(), "stop_times.txt": self._stop_times(), "frequencies.txt": self._frequencies(),
            "calendar.txt": self._calendar(), "calendar_dates.txt": self._calendar_dates(), "transfers.txt": self._transfers(),
            "fare_attributes.txt": self._fare_attributes(), "fare_rules.txt": self._fare_rules(), "shapes.txt": self._shapes(),
            "translations.txt": self._translations(), "feed_info.txt": self._feed_info(),
        }  # fmt: skip
        written = {name: _written(rows) for name, rows in texts.items()}
        return {name: data for name, data in written.items() if data.count(b"\n") > 1}

    def _all_trips(self) -> Iterator[Trip]:
        for line in self.lines:
            yield from line.trips

    def _agency(self) -> Rows:
        yield (
            "agency_id",
            "agency_name",
            "agency_url",
            "agency_timezone",
            "agency_lang",
            "agency_phone",
            "agency_fare_url",
        )
        yield self.operator["id"], self.name.ja, self.operator["url"], "Asia/Tokyo", "ja", self.operator["phone"], ""

    def _agency_jp(self) -> Rows:
        yield "agency_id", "agency_official_name", "agency_zip_number", "agency_address", "agency_president_name"
        yield (
            self.operator["id"],
            f"{self.name.ja}株式会社",
            "8680000",
            "熊本県人吉市 例示番地",
            self.operator["president"],
        )

    def _office_jp(self) -> Rows:
        yield "office_id", "office_name", "office_url", "office_phone"
        yield "1", self.operator["office"], self.operator["url"], self.operator["phone"]

    def _stops(self) -> Rows:
        yield (
            "stop_id", "stop_name", "stop_lat", "stop_lon", "zone_id", "location_type", "parent_station", "wheelchair_boarding",
            "platform_code",
        )  # fmt: skip
        for stop in dict.fromkeys(stop for stop, _pole in self.used):
            place = self.stops[stop]
            yield stop, place.name.ja, f"{place.lat:.6f}", f"{place.lon:.6f}", stop, 1, "", self._wheelchair(stop), ""
        for stop, pole in self.used:
            place, (north, east) = self.stops[stop], TOWARDS[pole]
            at = f"{place.lat + north:.6f}", f"{place.lon + east:.6f}"
            yield f"{stop}_{pole}", place.name.ja, *at, stop, 0, stop, self._wheelchair(stop), pole

    def _wheelchair(self, stop: str) -> int:
        """Tell whether one gets on without steps: 1 yes, 2 no, 0 nobody knows."""
        return 1 if stop in self.wheelchair["yes"] else 2 if stop in self.wheelchair["no"] else 0

    def _routes(self) -> Rows:
        yield (
            "route_id", "agency_id", "route_short_name", "route_long_name", "route_type", "route_color", "route_text_color",
            "jp_parent_route_id",
        )  # fmt: skip
        for line in self.lines:
            yield (
                line.id,
                self.operator["id"],
                line.name.ja,
                self._long(line, "ja"),
                self.operator["kind"],
                line.color,
                "FFFFFF",
                line.id,
            )

    def _routes_jp(self) -> Rows:
        yield "route_id", "route_update_date", "origin_stop", "via_stop", "destination_stop"
        for line in self.lines:
            ends = [self.stops[line.calls[n][0]].name.ja for n in (0, len(line.calls) // 2, -1)]
            yield line.id, f"{self.first:%Y%m%d}", *ends

    def _long(self, line: Line, form: str) -> str:
        """Return a line's ends; where it goes round also what lies in the middle."""
        middle = [len(line.calls) // 2] if goes_round(line) else []
        return " - ".join(getattr(self.stops[line.calls[n][0]].name, form) for n in (0, *middle, -1))

    def _trips(self) -> Rows:
        yield (
            "route_id", "service_id", "trip_id", "trip_headsign", "direction_id", "shape_id", "wheelchair_accessible",
            "bikes_allowed", "jp_office_id",
        )  # fmt: skip
        by_id = {line.id: line for line in self.lines}
        for n, (trip_id, trip) in enumerate(self.trips):
            line = by_id[trip.line]
            floor = 1 if line.low_floor == "all" or (line.low_floor == "some" and n % 2 == 0) else 2
            yield (
                line.id, trip.service, trip_id, self._sign(line, trip).ja, int(trip.direction != OUT), _shape_of(trip), floor,
                1 if line.takes_bicycles else 2, "1",
            )  # fmt: skip

    def _sign(self, line: Line, trip: Trip) -> Name:
        """Return what stands on the vehicle: where it ends, or the line's name where it goes round."""
        return line.name if goes_round(line) else self.stops[trip.calls[-1][0]].name

    def _stop_times(self) -> Rows:
        yield (
            "trip_id", "arrival_time", "departure_time", "stop_id", "stop_sequence", "pickup_type", "drop_off_type", "timepoint",
        )  # fmt: skip
        for trip_id, trip in self.trips:
            last = len(trip.calls) - 1
            for n, (stop, pole, at) in enumerate(trip.calls):
                time = _clock(trip.starts + at)
                yield trip_id, time, time, f"{stop}_{pole}", n + 1, int(n == last), int(n == 0), 1

    def _frequencies(self) -> Rows:
        yield "trip_id", "start_time", "end_time", "headway_secs", "exact_times"
        for trip_id, trip in self.trips:
            for each in trip.repeats:
                yield trip_id, _clock(each.begin), _clock(each.end), each.every * 60, 1

    def _calendar(self) -> Rows:
        yield (
            "service_id", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "start_date", "end_date",
        )  # fmt: skip
        for service, week in WEEKS.items():
            if any(trip.service == service for _id, trip in self.trips):
                yield service, *week, f"{self.first:%Y%m%d}", f"{self.last:%Y%m%d}"

    def _calendar_dates(self) -> Rows:
        yield "service_id", "date", "exception_type"
        known = {trip.service for _id, trip in self.trips}
        for service, day, kind in exceptions(self.first, self.last):
            if service in known:
                yield service, f"{day:%Y%m%d}", kind

    def _transfers(self) -> Rows:
        yield "from_stop_id", "to_stop_id", "transfer_type", "min_transfer_time"
        for stop, pole in self.used:
            for other, other_pole in self.used:
                if stop == other:
                    yield f"{stop}_{pole}", f"{stop}_{other_pole}", 2, CHANGE_S

    def _fare_attributes(self) -> Rows:
        yield "fare_id", "price", "currency_type", "payment_method", "transfers", "agency_id"
        for name, yen in sorted({(line.id, yen) for line in self.lines for *_pair, yen in self._fares(line)}):
            yield f"{name}_{yen}", yen, "JPY", int(self.operator["kind"] == 2), 0, self.operator["id"]

    def _fare_rules(self) -> Rows:
        yield "fare_id", "route_id", "origin_id", "destination_id"
        for line in self.lines:
            for origin, destination, yen in self._fares(line):
                yield f"{line.id}_{yen}", line.id, origin, destination

    def _fares(self, line: Line) -> Iterator[tuple[str, str, int]]:
        return fares_of(line, self.stops, self.rules)

    def _shapes(self) -> Rows:
        yield "shape_id", "shape_pt_lat", "shape_pt_lon", "shape_pt_sequence"
        for shape, calls in {_shape_of(trip): trip.calls for _id, trip in self.trips}.items():
            for n, (stop, pole, _at) in enumerate(calls):
                place, (north, east) = self.stops[stop], TOWARDS[pole]
                yield shape, f"{place.lat + north:.6f}", f"{place.lon + east:.6f}", n + 1

    def _translations(self) -> Rows:
        yield "table_name", "field_name", "language", "translation", "record_id", "record_sub_id", "field_value"
        for language, form in self.name.others():
            yield "agency", "agency_name", language, form, self.operator["id"], "", ""
            yield "feed_info", "feed_publisher_name", language, form, "", "", ""
        for stop in dict.fromkeys(stop for stop, _pole in self.used):
            name = self.stops[stop].name
            for language, form in name.others():
                yield "stops", "stop_name", language, form, "", "", name.ja
        for line in self.lines:
            longs = Name(*(self._long(line, form) for form in Name.__struct_fields__))
            for field, name in (("route_short_name", line.name), ("route_long_name", longs)):
                for language, form in name.others():
                    yield "routes", field, language, form, line.id, "", ""
        by_id = {line.id: line for line in self.lines}
        for name in dict.fromkeys(self._sign(by_id[trip.line], trip) for _id, trip in self.trips):
            for language, form in name.others():
                yield "trips", "trip_headsign", language, form, "", "", name.ja

    def _feed_info(self) -> Rows:
        yield (
            "feed_publisher_name",
            "feed_publisher_url",
            "feed_lang",
            "feed_start_date",
            "feed_end_date",
            "feed_version",
        )
        days = f"{self.first:%Y%m%d}", f"{self.last:%Y%m%d}"
        yield self.name.ja, self.operator["url"], "ja", *days, f"{self.first:%Y}-1"


def _shape_of(trip: Trip) -> str:
    return f"{trip.line}-{trip.direction}-{trip.calls[0][0]}-{trip.calls[-1][0]}"


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}:00"


def _written(rows: Rows) -> bytes:
    """Return a file; no value of ours has a comma, a quote or a line's end in it."""
    return "".join(f"{','.join(map(str, row))}\r\n" for row in rows).encode()
