"""Coins sold with a bonus."""

from datetime import timedelta
from typing import Any

from kernel import clock
from kernel.clock import jst_date
from kernel.principal import SYSTEM
from kernel.use_case import Act
from tests.wallet.callers import act
from wallet import services
from wallet.services.premium import PremiumTerms

ROOT = "api/v1/wallet/"
OWN = "401 200 200 200 200 200 200 200"
OWN_NEW = "401 201 201 201 201 201 201 201"

ROWS = {
    ("GET", ROOT + "premium_offers"): OWN,
    ("GET", ROOT + "premium/<uuid:premium_id>"): OWN,
    ("POST", ROOT + "premium/<uuid:premium_id>/application"): OWN_NEW,
    ("POST", ROOT + "premium/<uuid:premium_id>/withdrawal"): OWN,
    ("POST", ROOT + "premium/<uuid:premium_id>/card_top_up"): "401 409 409 409 409 409 409 409",  # not on sale yet
    ("GET", ROOT + "premium_sales"): "401 403 403 403 403 403 200 403",
    ("POST", ROOT + "premium_sales"): "401 403 403 403 403 403 201 403",
    ("POST", ROOT + "premium_sales/<uuid:purchase_id>/void"): "401 404 404 201 201 404 404 404",
    ("GET", ROOT + "shops/<uuid:shop_id>/premium"): "401 404 404 200 200 404 404 404",
    ("POST", ROOT + "shops/<uuid:shop_id>/premium"): "401 404 404 201 201 404 404 404",
}


def campaign(*, is_drawn: bool) -> str:
    """Announce a campaign that sells now, or takes applications."""
    at = clock.now()
    drawn = {
        "apply_from": at - timedelta(days=1),
        "apply_until": at + timedelta(days=1),
        "draw_at": at + timedelta(days=2),
        "window_days": 7,
    }
    terms = PremiumTerms(
        name="プレミアム", name_en="Premium", who="everybody", unit_yen=100, rate_bp=2000, units=1000, per_person=1000,
        sells_from=at + timedelta(days=3) if is_drawn else at - timedelta(days=1), sells_until=at + timedelta(days=9),
        bonus_last_day=jst_date(at) + timedelta(days=60), **(drawn if is_drawn else {}),
    )  # fmt: skip
    return str(services.make_premium(Act(SYSTEM, at=at, key=act().key), terms=terms, why="試験のため").id)


def sale(world: Any) -> str:
    """Sell a unit to Hanako at the shop."""
    said = {"premium_id": campaign(is_drawn=False), "customer_code": world.customer_code(), "units": 1, "amount": 100}
    answer = world.people["cashier"].post(f"shops/{world.shop.id}/premium", said)
    assert answer.status_code == 201, answer.content
    return str(answer.json()["id"])


def _sold(world: Any) -> dict[str, Any]:
    return {"premium_id": campaign(is_drawn=False), "customer_code": world.customer_code(), "units": 1, "amount": 100}


MADE = {"<uuid:premium_id>": lambda _world: campaign(is_drawn=True), "<uuid:purchase_id>": sale}
BODIES = {
    ("POST", ROOT + "premium/<uuid:premium_id>/application"): lambda _world: {"units": 1},
    ("POST", ROOT + "premium/<uuid:premium_id>/card_top_up"): lambda _world: {"units": 1, "amount": 100},
    ("POST", ROOT + "premium_sales"): _sold,
    ("POST", ROOT + "shops/<uuid:shop_id>/premium"): _sold,
}
