"""Questions in an address, read as the bodies are."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

import msgspec
from django.http import QueryDict

from kernel.problems import FieldFault, _
from kernel.web.pagination import InvalidQuery
from mobility.selectors.journeys import JourneysAsked, ReachAsked

T = TypeVar("T")
LISTS = {"own", "kinds", "avoided_routes", "preferred_routes"}
FLAGS = {"is_arriving", "has_bicycle"}
NUMBERS = {"most_walk_minutes", "most_changes", "wanted", "minutes"}
PLACES = {"from", "to"}
MOST_VIA = 2


def asked(query: QueryDict) -> JourneysAsked:
    """Return the question in an address: ``from`` and ``to`` are ``lat,lon`` or ``stop:ID``, via may stand twice.

    :raises InvalidQuery: with the field that is wrong.
    """
    told = _told(query)
    if "via" in query:
        told["via"] = [_via(str(text)) for text in query.getlist("via")[: MOST_VIA + 1]]
    return _converted(told, JourneysAsked)


def reach_asked(query: QueryDict) -> ReachAsked:
    """Return the question where one can be; :raises InvalidQuery: with the field that is wrong."""
    return _converted(_told(query), ReachAsked)


def place(text: str, field: str) -> dict[str, Any]:
    """Return a place from ``lat,lon`` or ``stop:ID``; :raises InvalidQuery: for neither."""
    if text.startswith("stop:"):
        return {"stop": text.removeprefix("stop:")}
    lat, _comma, lon = text.partition(",")
    try:
        return {"lat": float(lat), "lon": float(lon)}
    except ValueError:
        message = str(_("「緯度,経度」または「stop:停留所のID」の形で指定してください。"))
        raise InvalidQuery(errors=[FieldFault(field, "place_unclear", message)]) from None


def instant(text: str, field: str) -> datetime:
    """Return an instant written as RFC 3339; :raises InvalidQuery: for anything else."""
    try:
        found: datetime = msgspec.convert(text, datetime)
    except msgspec.ValidationError:
        found = datetime.min  # noqa: DTZ901 - has no zone, and is refused for it
    if found.tzinfo is None:
        message = str(_("日時は「2026-11-30T08:00:00+09:00」の形で指定してください。"))
        raise InvalidQuery(errors=[FieldFault(field, "not_an_instant", message)])
    return found


def _told(query: QueryDict) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for name in query:
        text = str(query[name])
        if name in PLACES:
            told[name] = place(text, name)
        elif name == "at":
            told[name] = instant(text, name)
        elif name in LISTS:
            told[name] = [part for each in query.getlist(name) for part in str(each).split(",") if part]
        elif name in FLAGS:
            told[name] = {"true": True, "false": False}.get(text, text)
        elif name in NUMBERS:
            told[name] = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else text
        elif name != "via":
            told[name] = text
    return told


def _via(text: str) -> dict[str, Any]:
    """Read ``PLACE`` or ``PLACE;MINUTES``."""
    where, _semicolon, minutes = text.partition(";")
    return {"place": place(where, "via"), "stay_minutes": int(minutes) if minutes.isdigit() else 0}


def _converted(told: Mapping[str, Any], shape: type[T]) -> T:
    try:
        return msgspec.convert(dict(told), shape)
    except msgspec.ValidationError as fault:
        what, _at, path = str(fault).partition(" - at `$")
        field = path.rstrip("`").lstrip(".") or what.rpartition("`")[0].rpartition("`")[2]
        raise InvalidQuery(errors=[FieldFault(field, "invalid", str(_("形式が正しくありません。")))]) from None
