"""Kinds of lines in plain words, from the numbers of GTFS (route_type, the extended ones too)."""

from collections.abc import Mapping

PLAIN: Mapping[int, str] = {
    0: "tram", 1: "subway", 2: "rail", 3: "bus", 4: "ferry", 5: "cable", 6: "cable", 7: "cable", 11: "bus", 12: "monorail",
}  # fmt: skip
HUNDREDS: Mapping[int, str] = {
    1: "rail", 2: "bus", 3: "rail", 4: "subway", 5: "subway", 7: "bus", 8: "bus", 9: "tram", 10: "ferry", 12: "ferry",
    13: "cable", 14: "cable",
}  # fmt: skip


def kind_of(route_type: int) -> str:
    """Return the word for a route_type; ``other`` for what has none."""
    if route_type == 405:
        return "monorail"
    return PLAIN.get(route_type) or HUNDREDS.get(route_type // 100, "other")
