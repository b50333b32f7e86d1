"""The places that people saved: each one's own."""

from typing import Any
from uuid import UUID

ROOT = "api/v1/mobility/"
NO_ANSWER = "401 204 204 204 204 204 204 204"

ROWS = {
    ("GET", ROOT + "saved_places"): "401 200 200 200 200 200 200 200",
    ("PUT", ROOT + "saved_places/<uuid:place_id>"): "401 200 200 200 200 200 200 200",
    (
        "DELETE",
        ROOT + "saved_places/<uuid:place_id>",
    ): NO_ANSWER,  # what is not there, or another's, is not there for them
    ("PUT", ROOT + "saved_places/order"): NO_ANSWER,
}
MADE: dict[str, Any] = {"<uuid:place_id>": lambda _world: str(UUID(int=1))}
BODIES: dict[tuple[str, str], Any] = {
    ("PUT", ROOT + "saved_places/<uuid:place_id>"): lambda _world: {"kind": "home", "lat": 32.2, "lon": 130.7},
    ("PUT", ROOT + "saved_places/order"): lambda _world: {"ids": []},
}
