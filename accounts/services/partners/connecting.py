"""A person says yes to a partner, and takes it back."""

from datetime import datetime, timedelta
from uuid import UUID

import msgspec
from allauth.idp.oidc.models import Token

from accounts.engine.scopes import classes_of
from accounts.engine.tokens import hashed
from accounts.models import Connection, Partner, TokenFamily, User
from accounts.services.notices import notify
from accounts.services.notices.naming import names_of
from accounts.services.partners.consent import give_grants, withdraw_grants
from accounts.services.partners.tokens import end_families
from kernel.ids import new_id, secret_token
from kernel.problems import NotFound
from kernel.use_case import Act, use_case

CODE_LIVES = timedelta(seconds=60)
FAMILY_LIVES = timedelta(days=180)


class Proof(msgspec.Struct, frozen=True):
    """How surely the person was known when they said yes: the level, by what, and when (acr, amr, auth_time)."""

    level: int
    methods: list[str]
    at: datetime


class Asked(msgspec.Struct, frozen=True):
    """What the partner asked for, as it stood in its request."""

    client_id: str
    redirect_uri: str
    scopes: list[str]
    challenge: str
    nonce: str | None


class Allowed(msgspec.Struct, frozen=True):
    """The code that goes to the partner, good once and for a minute."""

    code: str


@use_case("accounts.connect_partner")
def connect_partner(
    act: Act, *, user_id: UUID, asked: Asked, proof: Proof, classes: list[str] | None = None
) -> Allowed:
    """Let a partner know the person. This function will give the grants for ``classes``, and the code its tokens come from.

    ``classes``: what the person said yes to just now; None where nothing was asked because all of it stands already.

    :raises NotFound: for a partner that is unknown or disabled, or somebody who may not sign in any more.
    """
    partner = Partner.objects.select_related("organisation").filter(
        pk=asked.client_id, disabled_at=None, organisation__closed_at=None
    ).first()  # fmt: skip
    user = User.objects.select_for_update().filter(pk=user_id, resident_id=act.principal.actor, is_active=True).first()
    if partner is None or user is None:
        raise NotFound
    connection = _connection(act, user, partner, asked.scopes)
    if classes is not None:
        wanted = [each for each in classes_of(asked.scopes) if each in classes]
        give_grants(act, recipient=partner.organisation_id, classes=wanted)
    code = secret_token(256)
    family = TokenFamily.objects.create(
        id=new_id(act.at), client_id=partner.pk, connection=connection, authenticated_at=proof.at, level=proof.level,
        methods=proof.methods, began_at=act.at, expires_at=act.at + FAMILY_LIVES,
    )  # fmt: skip
    _keep_code(code, user, family, asked)
    act.audit(what={"client": partner.pk, "connection": str(connection.pk), "classes": classes, "level": proof.level})
    return Allowed(code)


@use_case("accounts.disconnect_partner")
def disconnect_partner(act: Act, *, connection_id: UUID) -> None:
    """Take the yes back: grants and tokens end at once. :raises NotFound: for another person's, or one that has ended."""
    connection = (
        Connection.objects.select_for_update(of=("self",)).select_related("partner")
        .filter(pk=connection_id, resident_id=act.principal.actor, ended_at=None).first()
    )  # fmt: skip
    if connection is None:
        raise NotFound
    connection.ended_at = act.at
    connection.save(update_fields=["ended_at"])
    end_families(TokenFamily.objects.filter(connection=connection), at=act.at)
    withdraw_grants(act, recipient=connection.partner.organisation_id, subject=connection.resident_id)
    _tell(act, connection, "accounts.partner_disconnected")
    act.audit(what={"client": connection.partner_id, "connection": str(connection_id)})


@use_case("accounts.leave_partner")
def leave_partner(act: Act, *, client_id: str) -> None:
    """Sign a person out at a partner: its tokens end, the connection and what it may read stay for the next time."""
    families = TokenFamily.objects.filter(client_id=client_id, connection__resident_id=act.principal.actor)
    act.audit(what={"client": client_id, "families": end_families(families, at=act.at)})


@use_case("accounts.end_partner_tokens")
def end_partner_tokens(act: Act, *, user_id: UUID) -> None:
    """End all that partners hold of a person, at once: connections, codes, tokens. For a closed or disabled account."""
    resident_id = User.objects.values_list("resident_id", flat=True).get(pk=user_id)
    connections = Connection.objects.select_for_update().filter(resident_id=resident_id, ended_at=None)
    ended = connections.update(ended_at=act.at)
    families = end_families(TokenFamily.objects.filter(connection__resident_id=resident_id), at=act.at)
    Token.objects.filter(user_id=user_id).delete()
    act.audit(subject=resident_id, what={"connections": ended, "families": families})


def _connection(act: Act, user: User, partner: Partner, scopes: list[str]) -> Connection:
    """Return the person's connection, its scopes widened; the person's row is locked, so that there is one."""
    connection = Connection.objects.select_for_update().filter(
        resident_id=user.resident_id, partner=partner, ended_at=None
    ).first()  # fmt: skip
    if connection is None:
        connection = Connection.objects.create(
            id=new_id(act.at), resident_id=user.resident_id, partner=partner, scopes=" ".join(scopes), at=act.at,
            last_used_at=act.at,
        )  # fmt: skip
        _tell(act, connection, "accounts.partner_connected")
        return connection
    connection.scopes = " ".join(dict.fromkeys([*connection.scopes.split(), *scopes]))
    connection.last_used_at = act.at
    connection.save(update_fields=["scopes", "last_used_at"])
    return connection


def _tell(act: Act, connection: Connection, message: str) -> None:
    service = names_of(connection.partner)
    notify(act, to=connection.resident_id, message=message, values={"service": service}, dedupe=str(connection.pk))


def _keep_code(code: str, user: User, family: TokenFamily, asked: Asked) -> None:
    row = Token(
        type=Token.Type.AUTHORIZATION_CODE, hash=hashed(code), client_id=asked.client_id, user=user,
        created_at=family.began_at, expires_at=family.began_at + CODE_LIVES,
        data={
            "family": str(family.pk), "redirect_uri": asked.redirect_uri, "challenge": asked.challenge,
            "nonce": asked.nonce,
        },
    )  # fmt: skip
    row.set_scopes(asked.scopes)
    row.save(force_insert=True)
