"""Coupons and quotes."""

from datetime import timedelta
from typing import Any

from kernel import clock
from tests.wallet.callers import act
from wallet import services
from wallet.engine.coupons import Fixed, Rule

ROOT = "api/v1/wallet/"
OWN = "401 200 200 200 200 200 200 200"
OWN_NEW = "401 201 201 201 201 201 201 201"
TILL = "401 404 404 200 200 404 404 404"
MANAGER = "401 404 404 403 200 404 404 404"

ROWS = {
    ("POST", ROOT + "quotes"): OWN,
    ("POST", ROOT + "shops/<uuid:shop_id>/quotes"): TILL,
    ("GET", ROOT + "shops/<uuid:shop_id>/coupons"): TILL,
    ("POST", ROOT + "shops/<uuid:shop_id>/coupons"): "401 404 404 403 201 404 404 404",
    ("POST", ROOT + "shops/<uuid:shop_id>/coupons/<uuid:coupon_id>/pause"): MANAGER,
    ("POST", ROOT + "shops/<uuid:shop_id>/coupons/<uuid:coupon_id>/resume"): MANAGER,
    ("GET", ROOT + "coupons"): OWN,
    ("GET", ROOT + "coupons/mine"): OWN,
    ("GET", ROOT + "coupons/<uuid:coupon_id>"): OWN,
    ("POST", ROOT + "coupons/<uuid:coupon_id>/claims"): OWN_NEW,
    ("GET", ROOT + "payments/<uuid:payment_id>/coupons"): "401 200 404 200 200 404 404 404",
}


def coupon(world: Any) -> str:
    """Let the shop have a coupon of its own that has to be taken."""
    now = clock.now()
    rule = Rule(
        benefit=Fixed(yen=10), starts_at=now, ends_at=now + timedelta(days=1), funded_by="shop", shops=(world.shop.id,),
        needs_claim=True,
    )  # fmt: skip
    return str(services.coupons.make_shop_coupon(act(), title="十円引き", title_en="10 yen off", rule=rule).id)


MADE = {"<uuid:coupon_id>": coupon}
BODIES = {
    ("POST", ROOT + "quotes"): lambda world: {"code": world.shop.code, "amount": 100},
    ("POST", ROOT + "shops/<uuid:shop_id>/quotes"): lambda world: {
        "customer_code": world.customer_code(),
        "amount": 100,
    },
    ("POST", ROOT + "shops/<uuid:shop_id>/coupons"): lambda world: {
        "title": "十円引き",
        "title_en": "10 yen off",
        "benefit": {"kind": "amount", "yen": 10},
        "starts_at": "2026-11-01T00:00:00Z",
        "ends_at": "2036-11-01T00:00:00Z",
    },
}
