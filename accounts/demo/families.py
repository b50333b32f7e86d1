"""A mother who acts for her child, and a care manager who acts for an elderly resident."""

from datetime import date
from uuid import UUID

from accounts.demo import BEGAN_AT
from accounts.selectors.mandates import mandated
from accounts.selectors.personas import DOMAIN
from accounts.selectors.sign_ins import user_by_email
from accounts.services.mandates import register_mandate
from kernel.principal import SYSTEM
from kernel.use_case import Act

MOTHER, CHILD, BORN_ON = f"hanako@{DOMAIN}", f"momoko@{DOMAIN}", date(2016, 5, 5)
CARE_MANAGER, IN_CARE = f"taro@{DOMAIN}", f"resident001@{DOMAIN}"


def seed_families() -> None:
    """Write down at the counter what is not written yet."""
    users = {email: user_by_email(email) for email in (MOTHER, CHILD, CARE_MANAGER, IN_CARE)}
    people = {email: user.resident_id for email, user in users.items() if user is not None}
    if {MOTHER, CHILD} <= people.keys():
        _register(
            people[CHILD], people[MOTHER], role="parent", scopes=["accounts", "wallet"], evidence="family_register"
        )
    if {CARE_MANAGER, IN_CARE} <= people.keys():
        _register(
            people[IN_CARE], people[CARE_MANAGER], role="care_manager", scopes=["accounts"], evidence="care_contract"
        )


def _register(principal: UUID, delegate: UUID, *, role: str, scopes: list[str], evidence: str) -> None:
    if mandated(delegate, principal, at=BEGAN_AT) is not None:
        return
    register_mandate(
        Act(SYSTEM, at=BEGAN_AT, key=f"demo-mandate-{principal}"),
        principal_id=principal,
        delegate_id=delegate,
        role=role,
        scopes=scopes,
        evidence=evidence,
        why="demo city",
        born_on=BORN_ON if role == "parent" else None,
    )
