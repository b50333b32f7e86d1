"""Applications of merchants."""

from typing import Any

from tests.wallet.merchants.applying import ANSWERS, TERMS, banks, drafted

ROOT = "api/v1/wallet/merchant_applications"
OWN = "401 200 200 200 200 200 200 200"
HERS = "401 200 404 404 404 404 404 404"

ROWS = {
    ("GET", ROOT): OWN,
    ("POST", ROOT): "401 201 201 201 201 201 201 201",
    ("GET", ROOT + "/<uuid:application_id>"): HERS,
    ("PUT", ROOT + "/<uuid:application_id>"): HERS,
    ("POST", ROOT + "/<uuid:application_id>/submit"): HERS,
    ("POST", ROOT + "/<uuid:application_id>/withdraw"): HERS,
}


def hers(world: Any) -> str:
    """Let Hanako write an application, a fresh one where the last is with the city."""
    banks()
    return drafted(world.people["hanako"])


MADE = {"<uuid:application_id>": hers}
BODIES = {
    ("PUT", ROOT + "/<uuid:application_id>"): lambda _world: ANSWERS,
    ("POST", ROOT + "/<uuid:application_id>/submit"): lambda _world: TERMS,
}
