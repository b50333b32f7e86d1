"""Places, stops and lines, for everybody."""

from datetime import timedelta
from typing import Any

from kernel import clock
from mobility.models import FeedSource
from tests.mobility.bringing.office import bring, register, small

ROOT = "api/v1/mobility/"
OPEN = "200 200 200 200 200 200 200 200"
UNASKED = "422 422 422 422 422 422 422 422"


def timetable(_world: Any) -> str:
    """Use a timetable that stands today, of a slug that comes after those of others."""
    if not FeedSource.objects.filter(slug="wide").exists():
        today = clock.jst_date(clock.now())
        register("wide")
        bring("wide", small(days=f"{today - timedelta(days=9):%Y%m%d},{today + timedelta(days=99):%Y%m%d}"))
    return "wide"


ROWS = {
    ("GET", ROOT + "places"): OPEN,
    ("GET", ROOT + "places/at"): UNASKED,  # no point in the address
    ("GET", ROOT + "stops"): UNASKED,
    ("GET", ROOT + "stops/<path:stop_id>"): OPEN,
    ("GET", ROOT + "stops/<path:stop_id>/departures"): OPEN,
    ("GET", ROOT + "routes/<path:route_id>"): OPEN,
    ("GET", ROOT + "routes"): OPEN,
    ("GET", ROOT + "ground"): OPEN,
}
MADE: dict[str, Any] = {
    "<path:stop_id>": lambda world: f"{timetable(world)}:A",
    "<path:route_id>": lambda world: f"{timetable(world)}:r",
}
BODIES: dict[tuple[str, str], Any] = {}
