"""Journeys, for everybody. The city of these tests has no timetable, and everyone is told so alike."""

from typing import Any

MOBILITY = "api/v1/mobility/"
UNASKED = " ".join(["422"] * 8)
NO_TIMETABLE = " ".join(["409"] * 8)
POINTS = {"from": {"lat": 32.21, "lon": 130.75}, "to": {"lat": 32.22, "lon": 130.76}}

ROWS = {
    ("GET", MOBILITY + "journeys"): UNASKED,
    ("POST", MOBILITY + "journeys"): NO_TIMETABLE,
    ("POST", MOBILITY + "followed_journeys"): NO_TIMETABLE,
    ("DELETE", MOBILITY + "followed_journeys/<str:follow_id>"): " ".join(["204"] * 8),
    ("GET", MOBILITY + "trips"): NO_TIMETABLE,
    ("GET", MOBILITY + "reach"): UNASKED,
    ("GET", "motis/api/v5/plan"): UNASKED,
    ("GET", "motis/api/v6/plan"): UNASKED,
}
MADE: dict[str, Any] = {}
BODIES: dict[tuple[str, str], Any] = {
    ("POST", MOBILITY + "journeys"): lambda _matrix: POINTS,
    ("POST", MOBILITY + "followed_journeys"): lambda _matrix: {"question": POINTS, "legs": []},
}
