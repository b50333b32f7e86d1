"""Payouts: one's own alone."""

from typing import Any

from wallet import services
from wallet.selectors.coin_payouts import own_payouts

ROOT = "api/v1/wallet/"
OWN = "401 200 200 200 200 200 200 200"

ROWS = {
    ("GET", ROOT + "payouts"): OWN,
    ("POST", ROOT + "payouts"): "401 201 201 201 201 201 201 201",
    ("POST", ROOT + "payouts/<uuid:coin_payout_id>/withdraw"): "401 200 404 404 404 404 404 404",
}


def asked(world: Any) -> str:
    """Let Hanako ask for a payout, unless one of hers is under way."""
    act = world.intend("hanako")
    waiting = own_payouts(act.principal).filter(state="asked").first()
    return str(waiting.pk if waiting else services.ask_payout(act, wish="moving").id)


MADE = {"<uuid:coin_payout_id>": asked}
BODIES = {("POST", ROOT + "payouts"): lambda world: {"wish": "moving"}}
