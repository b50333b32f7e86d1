"""Officers register partner services, hand out secrets, and stop services."""

from uuid import UUID

import msgspec
from allauth.idp.oidc.models import Client, Token
from django.conf import settings

from accounts.engine.redirects import may_register
from accounts.engine.scopes import OPENID, classes_of, scopes_of_kind
from accounts.engine.tokens import kept_secret
from accounts.errors import OrganisationClosed, PartnerDisabled, RedirectRefused, ScopeRefused
from accounts.models import Connection, Device, Organisation, Partner, TokenFamily
from accounts.services.partners.consent import ask_for
from accounts.services.partners.tokens import end_families
from kernel.ids import new_id, secret_token
from kernel.problems import NotAllowed, NotFound
from kernel.use_case import Act, use_case

MANAGE = "accounts.manage_clients"
DEVICE_CODE = Client.GrantType.DEVICE_CODE
GRANTS_OF: dict[str, list[str]] = {
    "web": [Client.GrantType.AUTHORIZATION_CODE, Client.GrantType.REFRESH_TOKEN],
    "native": [Client.GrantType.AUTHORIZATION_CODE, Client.GrantType.REFRESH_TOKEN],
    "machine": [Client.GrantType.CLIENT_CREDENTIALS],
    "device": [DEVICE_CODE, Client.GrantType.REFRESH_TOKEN],
}
KEEPS_SECRET = frozenset({"web", "machine"})


class Registered(msgspec.Struct, frozen=True):
    """The new client; its secret, where it has one, is seen here and never again."""

    client_id: str
    secret: str | None


@use_case("accounts.register_partner", status=201)
def register_partner(
    act: Act,
    *,
    organisation_id: UUID,
    kind: str,
    name: str,
    name_en: str,
    scopes: list[str],
    redirect_uris: list[str],
    logout_uris: list[str],
    contacts: str,
    why: str,
) -> Registered:
    """Register a service of an organisation, which becomes the recipient of what its people say yes to.

    :raises NotAllowed: without the right; :raises NotFound: for an unknown organisation; :raises OrganisationClosed: for one that
    exists no more; :raises ScopeRefused, RedirectRefused: for what a service of this kind cannot have.
    """
    _require_manager(act)
    organisation = Organisation.objects.select_for_update().filter(pk=organisation_id).first()
    if organisation is None or kind not in GRANTS_OF:
        raise NotFound
    if organisation.closed_at is not None:
        raise OrganisationClosed
    given = scopes_of_kind(kind, scopes)
    if given is None:
        raise ScopeRefused
    _check_addresses(kind, redirect_uris, logout_uris)
    secret = secret_token(256) if kind in KEEPS_SECRET else None
    client = _client(act, kind, given, secret)
    client.name = name
    client.set_redirect_uris(redirect_uris)
    client.set_post_logout_redirect_uris(logout_uris)
    client.save(force_insert=True)
    Partner.objects.create(
        client=client, organisation=organisation, kind=kind, name=name, name_en=name_en, contacts=contacts,
        registered_at=act.at,
    )  # fmt: skip
    ask_for(act, recipient=organisation, classes=classes_of(given))
    act.audit(what={"client": client.pk, "organisation": str(organisation_id), "kind": kind, "scopes": given}, why=why)
    return Registered(client.pk, secret)


@use_case("accounts.rotate_partner_secret")
def rotate_secret(act: Act, *, client_id: str, why: str) -> Registered:
    """Give a service a new secret; the old one is worth nothing from now on, tokens stay.

    :raises NotAllowed: without the right; :raises NotFound: for a service without a secret;
    :raises PartnerDisabled: for a stopped one.
    """
    partner = _standing(act, client_id)
    if partner.kind not in KEEPS_SECRET:
        raise NotFound
    secret = secret_token(256)
    Client.objects.filter(pk=client_id).update(secret=kept_secret(secret))
    act.audit(what={"client": client_id}, why=why)
    return Registered(client_id, secret)


@use_case("accounts.disable_partner")
def disable_partner(act: Act, *, client_id: str, why: str) -> None:
    """Stop a service: nobody signs in to it any more, and all its tokens end at once.

    :raises NotAllowed: without the right; :raises NotFound: for an unknown one; :raises PartnerDisabled: for a stopped one.
    """
    partner = _standing(act, client_id)
    partner.disabled_at = act.at
    partner.save(update_fields=["disabled_at"])
    families = end_families(TokenFamily.objects.filter(client_id=client_id), at=act.at)
    Token.objects.filter(client_id=client_id).delete()
    ended = Connection.objects.filter(partner=partner, ended_at=None).update(ended_at=act.at)
    Device.objects.filter(client_id=client_id, ended_at=None).update(ended_at=act.at)
    act.audit(what={"client": client_id, "families": families, "connections": ended}, why=why)


def _require_manager(act: Act) -> None:
    if not act.principal.may(MANAGE):
        raise NotAllowed


def _standing(act: Act, client_id: str) -> Partner:
    _require_manager(act)
    partner = Partner.objects.select_for_update().filter(pk=client_id).first()
    if partner is None:
        raise NotFound
    if partner.disabled_at is not None:
        raise PartnerDisabled
    return partner


def _check_addresses(kind: str, redirect_uris: list[str], logout_uris: list[str]) -> None:
    needs_one = kind in ("web", "native")
    good = all(may_register(each, kind, with_loopback=settings.DEMO) for each in [*redirect_uris, *logout_uris])
    if not good or bool(redirect_uris) != needs_one:
        raise RedirectRefused


def _client(act: Act, kind: str, scopes: list[str], secret: str | None) -> Client:
    """Return allauth's client, unsaved: code flow alone, no consent skipped, no wildcard, no origin but our own."""
    client = Client(
        id=str(new_id(act.at)), type=Client.Type.PUBLIC if secret is None else Client.Type.CONFIDENTIAL,
        secret="!" if secret is None else kept_secret(secret), skip_consent=False, allow_uri_wildcards=False,
        cors_origins="", created_at=act.at,
    )  # fmt: skip
    client.set_grant_types(GRANTS_OF[kind])
    client.set_response_types(["code"] if kind in ("web", "native") else [])
    client.set_scopes(scopes)
    client.set_default_scopes(scopes if OPENID not in scopes else [])
    return client
