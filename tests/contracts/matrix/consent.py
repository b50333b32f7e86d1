"""Consent and broken glass."""

from typing import Any

from accounts.services.consents import give_consent
from accounts.services.glass import break_glass
from tests.factories.agreements import publish
from tests.factories.people import organisation

ROOT = "api/v1/accounts/"
OWN = "401 200 200 200 200 200 200 200"
HANAKOS = "401 200 404 404 404 404 404 404"

ROWS = {
    ("GET", ROOT + "agreements/<uuid:agreement_id>"): "200 200 200 200 200 200 200 200",
    ("GET", ROOT + "agreements/<uuid:agreement_id>/asked"): OWN,
    ("GET", ROOT + "agreements/<uuid:agreement_id>/stops"): HANAKOS,
    ("POST", ROOT + "agreements/<uuid:agreement_id>/withdrawal"): HANAKOS,
    ("GET", ROOT + "consents"): OWN,
    ("POST", ROOT + "consents"): "401 201 201 201 201 201 201 201",
    ("GET", ROOT + "consents/asked_anew"): OWN,
    ("GET", ROOT + "consents/<uuid:grant_id>/receipt"): HANAKOS,
    ("POST", ROOT + "glass"): "401 403 403 403 403 403 201 403",
    ("DELETE", ROOT + "glass/<uuid:glass_id>"): "401 403 403 403 403 403 204 403",
}


def agreed(world: Any) -> tuple[str, str]:
    """Let Hanako say yes to a new agreement; return its id and the grant's."""
    published = publish(organisation())
    given = give_consent(world.intend("hanako"), revision_id=published.revision_id, classes=["profile"])
    return str(published.agreement_id), str(given.grants[0])


def glass(world: Any) -> str:
    """Let the officer break the glass before Taro's data."""
    facts = {"subject_id": world.people["taro"].resident_id, "classes": ["profile"], "minutes": 5}
    return str(break_glass(world.intend("officer"), reason="救助に向かうために必要なため", **facts).id)


MADE = {
    "<uuid:agreement_id>": lambda world: agreed(world)[0],
    "<uuid:grant_id>": lambda world: agreed(world)[1],
    "<uuid:glass_id>": glass,
}
BODIES = {
    ("POST", ROOT + "consents"): lambda world: {
        "revision_id": str(publish(organisation()).revision_id),
        "classes": ["profile"],
    },
    ("POST", ROOT + "glass"): lambda world: {
        "subject_id": str(world.people["taro"].resident_id),
        "classes": ["profile"],
        "minutes": 5,
        "reason": "救助に向かうために必要なため",
    },
}
