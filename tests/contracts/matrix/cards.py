"""Topping up by card and at convenience stores."""

from typing import Any

import msgspec

from wallet import services
from wallet.engine.card_results import CardTopUp
from wallet.selectors.cards_taken import own_card_top_ups

ROOT = "api/v1/wallet/"
OWN = "401 200 200 200 200 200 200 200"
HANAKOS = "401 200 404 404 404 404 404 404"

ROWS = {
    ("GET", ROOT + "top_up_ways"): OWN,
    ("GET", ROOT + "card_top_ups"): OWN,
    ("POST", ROOT + "card_top_ups"): "401 201 201 201 201 201 201 201",
    ("GET", ROOT + "card_top_ups/<uuid:card_top_up_id>"): HANAKOS,
    ("POST", ROOT + "card_top_ups/<uuid:card_top_up_id>/look"): HANAKOS,
    ("POST", ROOT + "card_top_ups/<uuid:card_top_up_id>/give_up"): HANAKOS,
    ("GET", ROOT + "card_top_ups/<uuid:card_top_up_id>/voucher"): "401 404 404 404 404 404 404 404",  # a card has none
    ("POST", ROOT + "card_events"): "400 400 400 400 400 400 400 400",  # not signed by the card company
}


def begun(world: Any) -> str:
    """Let Hanako begin a top-up, once: whoever begins many is made to wait."""
    earlier = own_card_top_ups(world.intend("hanako").principal).first()
    if earlier is not None:
        return str(earlier.pk)
    answer = services.start_top_up(world.intend("hanako"), amount=500, method="card")
    return str(msgspec.json.decode(answer.body, type=CardTopUp).id)


MADE = {"<uuid:card_top_up_id>": begun}
BODIES = {("POST", ROOT + "card_top_ups"): lambda world: {"amount": 500, "method": "card"}}
