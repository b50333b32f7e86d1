"""Sending coins and asking for them."""

from typing import Any

from kernel import clock
from kernel.ids import new_id
from kernel.use_case import Act
from tests.factories.people import person
from wallet import services

ROOT = "api/v1/wallet/"
OWN = "401 200 200 200 200 200 200 200"
OWN_NEW = "401 201 201 201 201 201 201 201"
HANAKOS = "401 200 404 404 404 404 404 404"

ROWS = {
    ("GET", ROOT + "receive_codes"): OWN,
    ("POST", ROOT + "receive_codes"): OWN_NEW,
    ("POST", ROOT + "receive_codes/read"): OWN,
    ("POST", ROOT + "transfers"): OWN_NEW,
    ("GET", ROOT + "transfers/<uuid:transfer_id>"): HANAKOS,
    ("GET", ROOT + "requests/mine"): OWN,
    ("POST", ROOT + "requests"): OWN_NEW,
    ("POST", ROOT + "requests/read"): OWN,
    ("POST", ROOT + "requests/pay"): OWN_NEW,
    ("POST", ROOT + "requests/decline"): OWN,
    ("GET", ROOT + "requests/<uuid:request_id>"): HANAKOS,
    ("POST", ROOT + "requests/<uuid:request_id>/cancel"): HANAKOS,
    ("POST", ROOT + "requests/<uuid:request_id>/remind"): "401 409 404 404 404 404 404 404",  # on the day it was asked
}


def somebody() -> Act:
    """Return the intention of somebody new."""
    return Act(person().principal, at=clock.now(), key=f"matrix-{new_id()}")


def code(world: Any) -> str:
    """Let somebody new show their code to receive by."""
    return services.issue_receive_code(somebody()).link


def asked(world: Any) -> str:
    """Let somebody new ask for one yen."""
    return services.request_money(somebody(), amount=1).link


def transfer(world: Any) -> str:
    """Let Hanako send one yen."""
    return str(services.send(world.intend("hanako"), to=code(world), amount=1).id)


def request(world: Any) -> str:
    """Let Hanako ask for one yen."""
    return str(services.request_money(world.intend("hanako"), amount=1).id)


MADE = {"<uuid:transfer_id>": transfer, "<uuid:request_id>": request}
BODIES = {
    ("POST", ROOT + "receive_codes"): lambda world: {},
    ("POST", ROOT + "receive_codes/read"): lambda world: {"to": code(world)},
    ("POST", ROOT + "transfers"): lambda world: {"to": code(world), "amount": 1},
    ("POST", ROOT + "requests"): lambda world: {"amount": 1},
    ("POST", ROOT + "requests/read"): lambda world: {"token": asked(world)},
    ("POST", ROOT + "requests/pay"): lambda world: {"token": asked(world), "amount": 1},
    ("POST", ROOT + "requests/decline"): lambda world: {"token": asked(world)},
}
