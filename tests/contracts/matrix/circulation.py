"""Circulation."""

ROWS = {("GET", "api/v1/wallet/circulation"): "401 403 403 403 403 403 200 200"}
MADE: dict[str, object] = {}
BODIES: dict[tuple[str, str], object] = {}
