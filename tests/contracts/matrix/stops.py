"""Places, stops and lines, for everybody; this city has no timetable."""

from typing import Any

ROOT = "api/v1/mobility/"
OPEN = "200 200 200 200 200 200 200 200"
NONE = "409 409 409 409 409 409 409 409"
UNASKED = "422 422 422 422 422 422 422 422"

ROWS = {
    ("GET", ROOT + "places"): OPEN,
    ("GET", ROOT + "places/at"): UNASKED,  # no point in the address
    ("GET", ROOT + "stops"): UNASKED,
    ("GET", ROOT + "stops/<path:stop_id>"): NONE,
    ("GET", ROOT + "stops/<path:stop_id>/departures"): NONE,
    ("GET", ROOT + "routes"): NONE,
    ("GET", ROOT + "routes/<path:route_id>"): NONE,
}
MADE: dict[str, Any] = {"<path:stop_id>": lambda _world: "S", "<path:route_id>": lambda _world: "r"}
BODIES: dict[tuple[str, str], Any] = {}
