"""The town's shops, for everybody."""

from typing import Any

ROWS = {("GET", "api/v1/wallet/town_shops"): "200 200 200 200 200 200 200 200"}
MADE: dict[str, Any] = {}
BODIES: dict[tuple[str, str], Any] = {}
