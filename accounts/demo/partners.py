"""A made-up library that knows residents by the city's ID, and one who has connected it."""

import hashlib

from accounts.demo import BEGAN_AT
from accounts.engine.scopes import classes_of
from accounts.selectors.organisations import organisations_of_kind
from accounts.selectors.partner_claims import access_claims_for
from accounts.selectors.partners import TokenPerson
from accounts.selectors.personas import DOMAIN
from accounts.selectors.principals import principal_of
from accounts.selectors.sign_ins import user_by_email
from accounts.services.organisations import found_organisation
from accounts.services.partners.clients import register_partner
from accounts.services.partners.connecting import Asked, Proof, connect_partner
from kernel import keys
from kernel.ids import secret_token
from kernel.principal import SYSTEM
from kernel.use_case import Act

WHO = f"hanako@{DOMAIN}"
ASSOCIATION = ("見本図書館協会（お試し）", "Mihon Library Association (demo)")
LIBRARY = ("見本こども図書館", "Mihon Children's Library")
REDIRECT = f"https://library.{DOMAIN}/callback"
SCOPES = ["openid", "profile", "email"]


def seed_partners() -> None:
    """Register the library, let one resident sign in there and the library read her name once; afterwards it is theirs."""
    if any(each.name == ASSOCIATION[0] for each in organisations_of_kind("partner")):
        return
    act = Act(SYSTEM, at=BEGAN_AT)
    association = found_organisation(act, name=ASSOCIATION[0], name_en=ASSOCIATION[1], kind="partner")
    service = register_partner(
        act, organisation_id=association.id, kind="web", name=LIBRARY[0], name_en=LIBRARY[1], scopes=SCOPES,
        redirect_uris=[REDIRECT], logout_uris=[], contacts=f"library@{DOMAIN}", why="demo city",
    )  # fmt: skip
    user = user_by_email(WHO)
    if user is None:
        return
    challenge = keys.base64url(hashlib.sha256(secret_token().encode()).digest())
    connect_partner(
        Act(principal_of(user.resident_id), at=BEGAN_AT),
        user_id=user.pk,
        asked=Asked(service.client_id, REDIRECT, SCOPES, challenge, None),
        proof=Proof(level=1, methods=["otp"], at=BEGAN_AT),
        classes=classes_of(SCOPES),
    )
    access_claims_for(recipient=association.id, person=TokenPerson(user.pk, user.resident_id), scopes=["profile"])
