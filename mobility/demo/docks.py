"""The demo town's shared bicycles as an operator publishes them, in GBFS 3.0; how many stand at a station changes by the hour."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec

from mobility.demo.words import LANGUAGES, Name, Place, places

SYSTEM = Name("見本サイクル", "みほんさいくる", "Mihon Cycle (sample)", "见本单车（示例）", "미혼 사이클(견본)")
FILES = ("system_information", "vehicle_types", "station_information", "station_status", "system_pricing_plans")
TTL_S = 60
PLAIN, ELECTRIC = "plain", "electric"
PLANS = {PLAIN: ("half-hour", 100), ELECTRIC: ("half-hour-electric", 150)}
"""By the kind of bicycle, its plan and what half an hour costs."""
Document = Mapping[str, Any]


def bicycle_files(url: str, at: datetime) -> dict[str, Document]:
    """Return each file of the system by its name, ``gbfs`` first, as it stands at an instant; ``url`` is the folder they are in."""
    docks = places("docks")
    told: dict[str, Document] = {
        "gbfs": {"feeds": [{"name": name, "url": f"{url.rstrip('/')}/{name}.json"} for name in FILES]},
        "system_information": {
            "system_id": "mihon_cycle", "languages": ["ja", "en", "zh-Hans", "ko"], "name": _texts(SYSTEM),
            "opening_hours": "24/7", "timezone": "Asia/Tokyo", "feed_contact_email": "cycle@cycle.example",
            "phone_number": "+81966000303", "url": "https://cycle.example/",
        },
        "vehicle_types": {"vehicle_types": [_type(PLAIN, "human"), _type(ELECTRIC, "electric_assist")]},
        "station_information": {"stations": [_station(dock) for dock in docks]},
        "station_status": {"stations": [_status(dock, at) for dock in docks]},
        "system_pricing_plans": {"plans": [_plan(*plan) for plan in PLANS.values()]},
    }  # fmt: skip
    return {
        name: {"last_updated": at.isoformat(), "ttl": TTL_S, "version": "3.0", "data": data}
        for name, data in told.items()
    }


def bicycle_file(path: str, at: datetime) -> bytes:
    """Return the file at ``demo:PATH`` as it stands at an instant; :raises KeyError: where there is none."""
    folder, _slash, name = path.rpartition("/")
    return msgspec.json.encode(bicycle_files(f"demo:{folder}", at)[name.removesuffix(".json")])


def bikes_at(dock: Place, at: datetime) -> tuple[int, int]:
    """Return how many bicycles of either kind stand at a station: who goes to town in the morning comes back in the evening."""
    bikes, electric, capacity = (int(dock.more[key]) for key in ("bikes", "electric", "capacity"))
    if bikes in {0, capacity}:
        return bikes - electric, electric
    away = (at.hour * 7 + at.minute // 12 + sum(dock.id.encode())) % 3 - 1
    plain = max(0, min(capacity - electric, bikes - electric + away))
    return plain, electric


def _texts(name: Name) -> list[Document]:
    """Return a name as the standard has it; it knows no readings."""
    others = [
        {"text": getattr(name, field), "language": language} for field, language in LANGUAGES.items() if field != "kana"
    ]
    return [{"text": name.ja, "language": "ja"}, *others]


def _type(kind: str, propulsion: str) -> Document:
    told = {
        "vehicle_type_id": kind, "form_factor": "bicycle", "propulsion_type": propulsion, "default_pricing_plan_id": PLANS[kind][0],
    }  # fmt: skip
    return told if propulsion == "human" else told | {"max_range_meters": 40_000}


def _station(dock: Place) -> Document:
    return {
        "station_id": dock.id, "name": _texts(dock.name), "lat": dock.lat, "lon": dock.lon, "capacity": int(dock.more["capacity"]),
        "is_virtual_station": False,
    }  # fmt: skip


def _status(dock: Place, at: datetime) -> Document:
    plain, electric = bikes_at(dock, at)
    return {
        "station_id": dock.id, "num_vehicles_available": plain + electric,
        "num_docks_available": int(dock.more["capacity"]) - plain - electric,
        "vehicle_types_available": [{"vehicle_type_id": PLAIN, "count": plain}, {"vehicle_type_id": ELECTRIC, "count": electric}],
        "is_installed": True, "is_renting": True, "is_returning": True, "last_reported": at.isoformat(),
    }  # fmt: skip


def _plan(plan: str, yen: int) -> Document:
    """Return a plan of so many yen for every half hour that is begun."""
    words = Name(f"30分 {yen}円", "", f"{yen} yen for 30 minutes", f"30分钟{yen}日元", f"30분 {yen}엔")
    return {
        "plan_id": plan, "name": _texts(words), "currency": "JPY", "price": yen, "is_taxable": False,
        "description": _texts(words), "per_min_pricing": [{"start": 30, "rate": yen, "interval": 30}],
    }  # fmt: skip
