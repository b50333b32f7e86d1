"""Orders: a bill of Hanako's shop for Hanako."""

from datetime import timedelta
from typing import Any

from kernel import clock
from kernel.ids import new_id
from kernel.principal import SYSTEM
from kernel.use_case import Act
from wallet import services

ROOT = "api/v1/wallet/"
ORDER = ROOT + "orders/<uuid:order_id>"
HANAKOS = "401 200 404 404 404 404 404 404"
TILLS_TOO_LATE = "401 404 404 409 409 404 404 404"  # nothing is held of it, and nothing was paid

ROWS = {
    ("GET", ROOT + "shops/<uuid:shop_id>/orders"): "401 404 404 200 200 404 404 404",
    ("POST", ROOT + "shops/<uuid:shop_id>/orders"): "401 404 404 201 201 404 404 404",
    ("GET", ROOT + "orders"): "401 200 200 200 200 200 200 200",
    ("GET", ORDER): "401 200 404 200 200 404 404 404",
    ("POST", ORDER + "/open"): HANAKOS,
    ("POST", ORDER + "/payments"): "401 201 404 404 404 404 404 404",
    ("POST", ORDER + "/look"): HANAKOS,
    ("POST", ORDER + "/give_up"): "401 409 404 404 404 404 404 404",  # nothing was begun
    ("POST", ORDER + "/capture"): TILLS_TOO_LATE,
    ("POST", ORDER + "/cancel"): "401 404 404 200 200 404 404 404",
    ("POST", ORDER + "/refunds"): TILLS_TOO_LATE,
}


def placed(world: Any) -> str:
    """Let an app sell something to Hanako at her shop."""
    at = clock.now()
    asked = services.NewOrder(
        source="matrix", source_id=str(new_id()), shop_id=world.shop.id, expires_at=at + timedelta(hours=1),
        payer=world.people["hanako"].resident_id, lines=[services.NewLine(name="券", name_en="Pass", unit_price=10)],
    )  # fmt: skip
    return str(services.place_order(Act(SYSTEM, at=at), order=asked).id)


MADE = {"<uuid:order_id>": placed}
BODIES = {
    ("POST", ROOT + "shops/<uuid:shop_id>/orders"): lambda world: {"lines": [{"name": "茶", "unit_price": 100}]},
    ("POST", ORDER + "/open"): lambda world: {},
    ("POST", ORDER + "/payments"): lambda world: {"method": "coin"},
    ("POST", ORDER + "/capture"): lambda world: {},
    ("POST", ORDER + "/refunds"): lambda world: {},
}
