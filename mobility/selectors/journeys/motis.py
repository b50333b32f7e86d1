"""Our journeys in the shape of MOTIS' plan answer (its API, version 6), so that programs written for it can read the town.

What MOTIS knows and we do not is left out where its shape allows; names of fields are its own.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from mobility.engine.fares import decimals_of
from mobility.selectors.journeys.words import Here, Journey, Journeys, LegTold, WalkStep

MODES: Mapping[str, str] = {
    "walk": "WALK", "bicycle": "RENTAL", "taxi": "ODM", "tram": "TRAM", "subway": "SUBWAY", "rail": "REGIONAL_RAIL", "bus": "BUS",
    "ferry": "FERRY", "cable": "FUNICULAR", "monorail": "OTHER", "other": "OTHER",
}  # fmt: skip
ROUTE_TYPES: Mapping[str, int] = {
    "tram": 0, "subway": 1, "rail": 2, "bus": 3, "ferry": 4, "cable": 7, "monorail": 12, "other": 3,
}  # fmt: skip
WHEELCHAIR: Mapping[str, str] = {"possible": "ACCESSIBLE", "not_possible": "NOT_ACCESSIBLE", "unknown": "UNKNOWN"}
TURNS = ((-150, "UTURN_LEFT"), (-110, "HARD_LEFT"), (-60, "LEFT"), (-20, "SLIGHTLY_LEFT"), (20, "CONTINUE"), (60, "SLIGHTLY_RIGHT"),
         (110, "RIGHT"), (150, "HARD_RIGHT"))  # fmt: skip
KINDS: Mapping[str, str] = {"steps": "STAIRS", "lift": "ELEVATOR"}
SOURCE = "machi"


def as_motis(found: Journeys, asked: Mapping[str, str]) -> dict[str, Any]:
    """Return an answer in MOTIS' shape; ``asked`` are the parameters as they were sent."""
    return {
        "requestParameters": dict(asked),
        "debugOutput": {},
        "from": _place(found.start),
        "to": _place(found.goal),
        "direct": [_itinerary(each) for each in found.direct],
        "itineraries": [_itinerary(each) for each in found.journeys],
        "previousPageCursor": found.earlier,
        "nextPageCursor": found.later,
    }


def _itinerary(journey: Journey) -> dict[str, Any]:
    told: dict[str, Any] = {
        "id": journey.id,
        "duration": int((journey.arrives_at - journey.leaves_at).total_seconds()),
        "startTime": _utc(journey.leaves_at),
        "endTime": _utc(journey.arrives_at),
        "transfers": journey.changes,
        "legs": [_leg(journey, n) for n in range(len(journey.legs))],
    }
    priced = [line for line in journey.fare.lines if line.amount is not None]
    if priced:
        told["fareTransfers"] = [
            {"effectiveFareLegProducts": [[[{"name": line.name or line.why, "amount": _units(line.amount or 0, line.currency),
                                             "currency": line.currency}]]]}
            for line in priced
        ]  # fmt: skip
    return told


def _units(amount: int, currency: str) -> float:
    """MOTIS counts in whole units of the currency."""
    decimals = decimals_of(currency)
    return amount / 10**decimals if decimals else amount


def _leg(journey: Journey, n: int) -> dict[str, Any]:
    leg = journey.legs[n]
    told: dict[str, Any] = {
        "mode": MODES[leg.trip.line.kind if leg.trip else leg.way],
        "from": _place(leg.start, departure=leg.leaves_at, planned_departure=leg.planned_leaves_at),
        "to": _place(leg.end, arrival=leg.arrives_at, planned_arrival=leg.planned_arrives_at),
        "duration": int((leg.arrives_at - leg.leaves_at).total_seconds()),
        "startTime": _utc(leg.leaves_at),
        "endTime": _utc(leg.arrives_at),
        "scheduledStartTime": _utc(leg.planned_leaves_at),
        "scheduledEndTime": _utc(leg.planned_arrives_at),
        "realTime": bool(leg.trip and leg.trip.state == "live"),
        "scheduled": True,
        "legGeometry": {"points": leg.line, "precision": 5, "length": _length(leg.line)},
    }
    if leg.way != "ride":
        told |= {"distance": leg.metres, "steps": _steps(leg.steps)}
    if leg.way == "bicycle":
        told["rental"] = _rental(leg)
    return told | _vehicle(journey, n)


def _vehicle(journey: Journey, n: int) -> dict[str, Any]:
    """Return what MOTIS tells of a ride besides its times."""
    leg, trip = journey.legs[n], journey.legs[n].trip
    if trip is None:
        return {}
    priced = [line.leg for line in journey.fare.lines if line.amount is not None]
    told: dict[str, Any] = {
        "headsign": trip.headsign, "routeId": trip.line.id, "routeColor": trip.line.color, "routeTextColor": trip.line.text_color,
        "routeType": ROUTE_TYPES[trip.line.kind], "agencyName": trip.line.agency, "agencyUrl": trip.line.agency_url,
        "tripId": f"{trip.day:%Y%m%d}_{trip.id}", "routeShortName": trip.line.name, "routeLongName": trip.line.long_name,
        "displayName": trip.line.name, "cancelled": trip.state == "cancelled", "source": SOURCE,
        "wheelchairAccessible": WHEELCHAIR[trip.wheelchair], "bikesAllowed": trip.bicycles == "possible",
        "intermediateStops": [
            _place(call.place, arrival=call.arrives_at, planned_arrival=call.planned_arrives_at, departure=call.leaves_at,
                   planned_departure=call.planned_leaves_at)
            for call in leg.calls
        ],
    }  # fmt: skip
    if leg.is_seated:
        told["interlineWithPreviousLeg"] = True
    if n in priced:
        told |= {"fareTransferIndex": priced.index(n), "effectiveFareLegIndex": 0}
    return told


def _place(
    here: Here,
    *,
    arrival: datetime | None = None,
    planned_arrival: datetime | None = None,
    departure: datetime | None = None,
    planned_departure: datetime | None = None,
) -> dict[str, Any]:
    told: dict[str, Any] = {
        "name": here.name,
        "lat": here.lat,
        "lon": here.lon,
        "level": 0,
        "vertexType": "TRANSIT" if here.stop else "NORMAL",
    }
    if here.stop:
        told["stopId"] = here.stop
    if here.platform:
        told |= {"track": here.platform, "scheduledTrack": here.platform}
    times = {
        "arrival": arrival,
        "scheduledArrival": planned_arrival,
        "departure": departure,
        "scheduledDeparture": planned_departure,
    }
    return told | {name: _utc(at) for name, at in times.items() if at is not None}


def _rental(leg: LegTold) -> dict[str, Any]:
    begin, _arrow, end = leg.offer.partition(">")
    return {
        "providerId": SOURCE, "providerGroupId": SOURCE, "systemId": SOURCE, "fromStationName": begin, "toStationName": end,
        "formFactor": "BICYCLE", "returnConstraint": "ANY_STATION",
    }  # fmt: skip


def _steps(steps: Sequence[WalkStep]) -> list[dict[str, Any]]:
    return [
        {
            "relativeDirection": KINDS.get(step.kind) or ("DEPART" if n == 0 else _turn(step.turn_degrees)),
            "distance": step.metres, "fromLevel": 0, "toLevel": 0, "polyline": {"points": "", "precision": 5, "length": 0},
            "streetName": step.name, "exit": "", "stayOn": False, "area": False,
        }
        for n, step in enumerate(steps)
    ]  # fmt: skip


def _turn(degrees: int) -> str:
    return next((name for most, name in TURNS if degrees <= most), "UTURN_RIGHT")


def _length(line: str) -> int:
    """Return how many points an encoded line has: each ends with a letter below 32 + 63, twice a point."""
    return sum(ord(letter) - 63 < 0x20 for letter in line) // 2


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
