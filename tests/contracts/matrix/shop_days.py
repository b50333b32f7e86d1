"""A shop's days."""

from typing import Any

from kernel import clock
from kernel.clock import jst_date

ROOT = "api/v1/wallet/shops/<uuid:shop_id>/days"
STAFF = "401 404 404 200 200 404 404 404"

ROWS = {
    ("GET", ROOT): STAFF,
    ("GET", ROOT + "/today"): STAFF,
    ("GET", ROOT + "/<day:day>"): STAFF,
    ("POST", ROOT + "/<day:day>"): "401 404 404 201 409 404 404 404",  # closed once a day, by whoever comes first
    ("GET", ROOT + "/<day:day>/file"): STAFF,
    ("POST", ROOT + "/<day:day>/paper"): STAFF,
}


def today(_world: Any) -> str:
    """Name the day that it is."""
    return str(jst_date(clock.now()))


MADE = {"<day:day>": today}
BODIES: dict[tuple[str, str], Any] = {}
