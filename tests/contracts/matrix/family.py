"""Families and delegates."""

from typing import Any

from accounts.selectors.mandates import live_mandates
from accounts.services.mandates import end_mandate, invite_delegate, take_up_mandate
from kernel import clock
from kernel.use_case import Act
from tests.factories.people import person

ROOT = "api/v1/accounts/"
OWN_NEW = "401 201 201 201 201 201 201 201"

ROWS = {
    ("GET", ROOT + "family"): "401 200 200 200 200 200 200 200",
    ("POST", ROOT + "family/invitations"): OWN_NEW,
    ("POST", ROOT + "family/invitations/looked"): "401 200 200 200 200 200 200 200",
    ("POST", ROOT + "family/invitations/taken"): OWN_NEW,
    ("POST", ROOT + "mandates"): "401 403 403 403 403 403 201 403",
    ("POST", ROOT + "mandates/<uuid:mandate_id>/end"): "401 204 204 404 404 404 204 404",
}


def mandate(world: Any) -> str:
    """Let Taro act for Hanako, anew where he did already."""
    for held in live_mandates(at=clock.now()).filter(principal_id=world.people["hanako"].resident_id):
        end_mandate(world.intend("hanako"), mandate_id=held.pk)
    token = invite_delegate(world.intend("hanako"), scopes=["wallet"]).token
    return str(take_up_mandate(world.intend("taro"), token=token).id)


def invitation(world: Any) -> str:
    """Let somebody new invite whoever comes."""
    return invite_delegate(Act(person().principal, at=clock.now()), scopes=["wallet"]).token


MADE = {"<uuid:mandate_id>": mandate}
BODIES = {
    ("POST", ROOT + "family/invitations"): lambda world: {"scopes": ["wallet"]},
    ("POST", ROOT + "family/invitations/looked"): lambda world: {"token": invitation(world)},
    ("POST", ROOT + "family/invitations/taken"): lambda world: {"token": invitation(world)},
    ("POST", ROOT + "mandates"): lambda world: {
        "principal_id": str(person().resident_id),
        "delegate_id": str(person().resident_id),
        "role": "family",
        "scopes": ["wallet"],
        "evidence": "letter",
        "why": "委任状で確認",
    },
    ("POST", ROOT + "mandates/<uuid:mandate_id>/end"): lambda world: {"why": "申し出による"},
}
