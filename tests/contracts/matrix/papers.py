"""Statements and sticker sheets."""

from typing import Any

from kernel import clock
from wallet.engine.months import Month

ROOT = "api/v1/wallet/"
OWN = "401 200 200 200 200 200 200 200"
MANAGERS = "401 404 404 403 200 404 404 404"

ROWS = {
    ("GET", ROOT + "statements"): OWN,
    ("POST", ROOT + "statements"): OWN,
    ("GET", ROOT + "shops/<uuid:shop_id>/statements"): MANAGERS,
    ("POST", ROOT + "shops/<uuid:shop_id>/statements"): MANAGERS,
    ("POST", ROOT + "shops/<uuid:shop_id>/stickers"): "401 404 404 200 200 404 404 200",
    ("GET", ROOT + "papers/<str:token>"): "401 410 410 410 410 410 410 410",
}


def this_month(_world: Any) -> dict[str, str]:
    """Ask for the month that it is."""
    return {"month": str(Month.of(clock.now()))}


MADE: dict[str, Any] = {}
BODIES = {
    ("POST", ROOT + "statements"): this_month,
    ("POST", ROOT + "shops/<uuid:shop_id>/statements"): this_month,
}
