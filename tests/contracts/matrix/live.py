"""What runs now, for everybody. The city of these tests has no timetable, and nobody tells of vehicles."""

from typing import Any

from tests.contracts.matrix.journeys import MOBILITY, NO_TIMETABLE, UNASKED

OPEN = " ".join(["200"] * 8)

ROWS = {
    ("GET", MOBILITY + "alerts"): OPEN,
    ("GET", MOBILITY + "vehicles"): NO_TIMETABLE,
    ("GET", MOBILITY + "bikes"): UNASKED,
    ("GET", MOBILITY + "realtime/trip-updates.pb"): OPEN,
    ("GET", MOBILITY + "realtime/vehicle-positions.pb"): OPEN,
    ("GET", MOBILITY + "realtime/alerts.pb"): OPEN,
}
MADE: dict[str, Any] = {}
BODIES: dict[tuple[str, str], Any] = {}
