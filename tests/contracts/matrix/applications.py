"""Applications of merchants."""

from typing import Any

from tests.wallet.merchants.applying import ANSWERS, TERMS, attach, banks, drafted, png

ROOT = "api/v1/wallet/merchant_applications"
OWN = "401 200 200 200 200 200 200 200"
HERS = "401 200 404 404 404 404 404 404"

PAPERS = "api/v1/wallet/merchant_attachments/<uuid:attachment_id>"
ATTACHING = ROOT + "/<uuid:application_id>/attachments/<slug:kind>"

ROWS = {
    ("GET", ROOT): OWN,
    ("POST", ROOT): "401 201 201 201 201 201 201 201",
    ("GET", ROOT + "/<uuid:application_id>"): HERS,
    ("PUT", ROOT + "/<uuid:application_id>"): HERS,
    ("POST", ROOT + "/<uuid:application_id>/submit"): HERS,
    ("POST", ROOT + "/<uuid:application_id>/withdraw"): HERS,
    ("POST", ATTACHING): "401 201 404 404 404 404 404 404",
    ("GET", PAPERS): HERS,
    ("DELETE", PAPERS): HERS,
}


def hers(world: Any) -> str:
    """Let Hanako write an application, a fresh one where the last is with the city."""
    banks()
    return drafted(world.people["hanako"])


def her_scan(world: Any) -> str:
    """Let Hanako attach a licence."""
    hanako = world.people["hanako"]
    return str(attach(hanako, hers(world)).json()["attachments"][0]["id"])


MADE = {"<uuid:application_id>": hers, "<uuid:attachment_id>": her_scan, "<slug:kind>": lambda _world: "other"}
BODIES = {
    ("POST", ATTACHING): lambda _world: png(),
    ("PUT", ROOT + "/<uuid:application_id>"): lambda _world: ANSWERS,
    ("POST", ROOT + "/<uuid:application_id>/submit"): lambda _world: TERMS,
}
