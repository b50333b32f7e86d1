"""People of a shop, and what they may give back."""

from typing import Any

from accounts.selectors import principal_of
from accounts.services import appoint
from accounts.services.staff import invite_staff
from kernel import clock
from kernel.use_case import Act
from tests.wallet.callers import City, act

ROOT = "api/v1/accounts/"
CEILING = "api/v1/wallet/shops/<uuid:shop_id>/refund_ceiling"

ROWS = {
    ("GET", ROOT + "organisations/<uuid:organisation_id>/staff"): "401 404 404 404 200 404 404 404",
    ("POST", ROOT + "organisations/<uuid:organisation_id>/staff"): "401 403 403 403 201 403 403 403",
    ("POST", ROOT + "staff_invitations/looked"): "401 200 200 200 403 200 200 200",  # not by who made it
    ("POST", ROOT + "staff_invitations/taken"): "401 410 410 410 410 410 410 410",  # nobody's token
    ("DELETE", ROOT + "staff_invitations/<uuid:invitation_id>"): "401 404 404 404 204 404 404 404",
    ("DELETE", ROOT + "staff/<uuid:membership_id>"): "401 404 404 404 204 404 404 404",
    ("POST", ROOT + "staff/<uuid:membership_id>/promotion"): "401 404 404 404 201 404 404 404",
    ("PATCH", ROOT + "devices/<uuid:device_id>"): "401 404 404 404 200 404 404 404",
    ("GET", CEILING): "401 404 404 200 200 404 404 404",
    ("PUT", CEILING): "401 404 404 403 200 404 404 404",
}


def invited(world: Any) -> Any:
    """Let the manager invite somebody."""
    manager = Act(principal_of(world.people["manager"].resident_id), at=clock.now())
    return invite_staff(manager, organisation_id=world.shop.organisation_id, role="merchant.cashier")


def somebody(world: Any) -> str:
    """Let somebody new work at the shop."""
    new = City().resident().resident_id
    job = {"organisation_id": world.shop.organisation_id, "role": "merchant.cashier"}
    return str(appoint(act(), resident_id=new, **job).id)


MADE = {
    "<uuid:organisation_id>": lambda world: str(world.shop.organisation_id),
    "<uuid:invitation_id>": lambda world: str(invited(world).id),
    "<uuid:membership_id>": somebody,
}
BODIES = {
    ("POST", ROOT + "organisations/<uuid:organisation_id>/staff"): lambda _world: {"role": "merchant.cashier"},
    ("POST", ROOT + "staff_invitations/looked"): lambda world: {"token": invited(world).token},
    ("POST", ROOT + "staff_invitations/taken"): lambda _world: {"token": "nobodys-token-0000", "name": "はな"},
    ("PATCH", ROOT + "devices/<uuid:device_id>"): lambda _world: {"label": "レジ"},
    ("PUT", CEILING): lambda _world: {"per_payment": None, "per_day": None},
}
