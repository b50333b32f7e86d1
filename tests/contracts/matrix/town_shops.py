"""The town's shops, for everybody."""

from typing import Any

ROWS = {
    ("GET", "api/v1/wallet/town_shops"): "200 200 200 200 200 200 200 200",
    ("GET", "api/v1/wallet/shops/<uuid:shop_id>/details"): "401 404 404 403 200 404 404 404",
    # The administrator keeps the register.
    ("PUT", "api/v1/wallet/shops/<uuid:shop_id>/details"): "401 404 404 403 200 404 404 200",
}
MADE: dict[str, Any] = {}
BODIES: dict[tuple[str, str], Any] = {}
