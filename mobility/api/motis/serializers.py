"""MOTIS' parameters, read as a question of ours; those that change nothing here are heeded by none."""

from collections.abc import Mapping
from itertools import zip_longest
from typing import Any

import msgspec
from django.http import QueryDict

from kernel.problems import FieldFault, _
from kernel.web.pagination import InvalidQuery
from mobility.api.journeys.serializers import instant
from mobility.selectors.journeys import JourneysAsked

CARRIERS: Mapping[str, str] = {
    "RENTAL": "bicycle",
    "BIKE": "bicycle",
    "ODM": "taxi",
    "RIDE_SHARING": "taxi",
    "FLEX": "taxi",
}
KINDS: Mapping[str, tuple[str, ...]] = {
    "TRAM": ("tram",), "SUBWAY": ("subway",), "METRO": ("subway",), "FERRY": ("ferry",), "BUS": ("bus",), "COACH": ("bus",),
    "RAIL": ("rail",), "REGIONAL_RAIL": ("rail",), "REGIONAL_FAST_RAIL": ("rail",), "SUBURBAN": ("rail",),
    "HIGHSPEED_RAIL": ("rail",), "LONG_DISTANCE": ("rail",), "NIGHT_RAIL": ("rail",), "FUNICULAR": ("cable",),
    "CABLE_CAR": ("cable",), "OTHER": ("other", "monorail"),
}  # fmt: skip
USUAL = 1.333
"""Metres a second."""
NOT_WHOLE = _("半角の整数で入力してください。")
MOST = {"numItineraries": 20, "maxItineraries": 20, "maxTransfers": 7}


def plan_asked(query: QueryDict) -> JourneysAsked:
    """Return the question; :raises InvalidQuery: with the parameter that is wrong."""
    told: dict[str, Any] = {"from": _place(query, "fromPlace"), "to": _place(query, "toPlace")}
    if "time" in query:
        told["at"] = instant(str(query["time"]), "time")
    told["is_arriving"] = query.get("arriveBy") == "true"
    told["walk"] = "wheelchair" if query.get("pedestrianProfile") == "WHEELCHAIR" else "walk"
    told["has_bicycle"] = query.get("requireBikeTransport") == "true"
    told["wanted"] = max(1, _number(query, "numItineraries", 5))
    told["most_changes"] = _number(query, "maxTransfers", 7)
    told["most_walk_minutes"] = min(60, max(1, _number(query, "maxPreTransitTime", 900, most=86_400) // 60))
    modes = {mode for name in ("preTransitModes", "postTransitModes", "directModes") for mode in _list(query, name)}
    told["own"] = sorted({CARRIERS[mode] for mode in modes if mode in CARRIERS})
    told["kinds"] = sorted({kind for mode in _list(query, "transitModes") for kind in KINDS.get(mode, ())})
    told["cursor"] = query.get("pageCursor", "")
    told["via"] = _vias(query)
    told["pace"] = _pace(query)
    try:
        return msgspec.convert(told, JourneysAsked)
    except msgspec.ValidationError as fault:
        raise InvalidQuery(errors=[FieldFault("", "invalid", str(fault))]) from None


def _vias(query: QueryDict) -> list[dict[str, Any]]:
    """Read the stops to pass and, in the same order, how many minutes somebody stays at each."""
    stays = _list(query, "viaMinimumStay")
    if not all(text.isascii() and text.isdigit() and len(text) < 5 for text in stays):
        raise InvalidQuery(errors=[FieldFault("viaMinimumStay", "not_a_whole_number", str(NOT_WHOLE))])
    stops = _list(query, "via")
    return [
        {"place": {"stop": stop}, "stay_minutes": int(stay)}
        for stop, stay in zip_longest(stops, stays[: len(stops)], fillvalue="0")
    ]


def _pace(query: QueryDict) -> str:
    """Read metres a second as the nearest of the paces that people choose from."""
    try:
        speed = float(query.get("pedestrianSpeed", USUAL))
    except ValueError:
        speed = USUAL
    return "slow" if speed < 0.9 * USUAL else "fast" if speed > 1.1 * USUAL else "usual"


def _place(query: QueryDict, name: str) -> dict[str, Any]:
    """Read ``lat,lon[,level]`` or the id of a stop."""
    text = query.get(name, "")
    parts = text.split(",")
    try:
        return {"lat": float(parts[0]), "lon": float(parts[1])}
    except (ValueError, IndexError):
        if not text:
            raise InvalidQuery(errors=[FieldFault(name, "required", str(_("入力してください。")))]) from None
        return {"stop": text}


def _list(query: QueryDict, name: str) -> list[str]:
    return [part for each in query.getlist(name) for part in each.split(",") if part]


def _number(query: QueryDict, name: str, otherwise: int, *, most: int | None = None) -> int:
    text = query.get(name, "")
    if not text:
        return otherwise
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise InvalidQuery(errors=[FieldFault(name, "not_a_whole_number", str(NOT_WHOLE))])
    return min(int(text), most or MOST[name])
