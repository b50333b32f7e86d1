"""Partner services as their tokens and their people see them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

import msgspec
from allauth.idp.oidc.models import Client, Token
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.engine.scopes import classes_of
from accounts.engine.tokens import hashed
from accounts.models import Connection, Partner, TokenFamily
from accounts.selectors.agreements import DataClass, class_views
from accounts.selectors.consents import live_grants

PURPOSE = "openid.userinfo"
"""The purpose of every reading at the userinfo endpoint."""
OWN_DEVICES = "00000000-0000-7000-8000-0000000000d1"
"""The client as which the city's own devices ask to be let in (migration 0008)."""
SCOPE_WORDS = {
    "profile": _("まちで使っているお名前"),
    "email": _("メールアドレス"),
    "phone": _("電話番号"),
    "birthdate": _("生年月日"),
    "address": _("住所"),
    "gender": _("性別"),
}


class PartnerView(msgspec.Struct, frozen=True):
    """A service as the person sees it who is to say yes."""

    client_id: str
    name: str
    name_en: str
    organisation_id: UUID
    organisation: str
    organisation_en: str


class TokenPerson(msgspec.Struct, frozen=True):
    """Whose token it is."""

    user_id: UUID
    resident_id: UUID


class LivingToken(msgspec.Struct, frozen=True):
    """A token that is good now: whose, for whom, what for."""

    kind: str
    client_id: str
    organisation_id: UUID | None
    family_id: UUID | None
    device_id: UUID | None
    person: "TokenPerson | None"
    scopes: list[str]
    created_at: datetime
    expires_at: datetime


class Readable(msgspec.Struct, frozen=True):
    """A class of data that a service may read now, and the agreement under which that is taken back."""

    data_class: DataClass
    agreement_id: UUID
    since: datetime


class ConnectionView(msgspec.Struct, frozen=True):
    """A connected service as the person sees it: what it asked for (``classes``), and what it may read at this instant."""

    id: UUID
    name: str
    organisation: str
    classes: list[str]
    reads: list[Readable]
    connected_at: datetime
    last_used_at: datetime


def standing_client(client_id: str) -> Client | None:
    """Return a client that may ask: its service not stopped, its organisation not closed; or the city's own for devices."""
    stands = Q(partner__disabled_at=None, partner__organisation__closed_at=None, partner__isnull=False)
    rows = Client.objects.select_related("partner").filter(stands | Q(pk=OWN_DEVICES), pk=client_id)
    found: Client | None = rows.first()
    return found


def partner_view(client_id: str) -> PartnerView | None:
    """Return a service by its public names."""
    row = Partner.objects.select_related("organisation").filter(pk=client_id).first()
    if row is None:
        return None
    where = row.organisation
    return PartnerView(row.pk, row.name, row.name_en, where.pk, where.name, where.name_en)


def living_token(value: str, *, at: datetime) -> LivingToken | None:
    """Return an access or refresh token that is good at this instant, None for any other.

    It is good while client, organisation, family and person stand: nothing has to be deleted for it to be dead.
    """
    rows = Token.objects.select_related("client__partner__organisation", "user__resident")
    row = rows.filter(hash=hashed(value), type__in=["at", "rt"], expires_at__gt=at).first()
    if row is None or not _stands(row):
        return None
    family = _living_family(row, at)
    if row.data and family is None:
        return None
    partner = getattr(row.client, "partner", None)
    return LivingToken(
        kind=row.type,
        client_id=row.client_id,
        organisation_id=partner.organisation_id if partner is not None else None,
        family_id=family.pk if family is not None else None,
        device_id=family.device_id if family is not None else None,
        person=TokenPerson(row.user_id, row.user.resident_id) if row.user is not None else None,
        scopes=row.get_scopes(),
        created_at=row.created_at,
        expires_at=row.expires_at,
    )


def live_connection(client_id: str, resident_id: UUID) -> Connection | None:
    """Return a person's standing connection with a service."""
    return Connection.objects.filter(partner_id=client_id, resident_id=resident_id, ended_at=None).first()


def connections_of(resident_id: UUID) -> QuerySet[Connection]:
    """Return a person's connected services, for a page of them."""
    return Connection.objects.select_related("partner__organisation").filter(resident_id=resident_id, ended_at=None)


def readable_by(resident_id: UUID, *, at: datetime) -> dict[UUID, list[Readable]]:
    """Return by organisation what a person's connected services may read at this instant, in the reader's words."""
    grants = live_grants(at=at).filter(subject_id=resident_id, purpose=PURPOSE).order_by("data_class", "id")
    found: dict[UUID, list[Readable]] = {}
    for grant in grants:
        view = Readable(class_views([grant.data_class])[0], grant.agreement_id, grant.given_at)
        found.setdefault(grant.recipient_id, []).append(view)
    return found


def connection_view(
    row: Connection, *, is_japanese: bool, readable: Mapping[UUID, Sequence[Readable]]
) -> ConnectionView:
    """Return a connection as its person sees it; ``readable`` is :func:`readable_by`'s."""
    service, where = row.partner, row.partner.organisation
    classes = classes_of(row.scopes.split())
    return ConnectionView(
        id=row.pk,
        name=service.name if is_japanese else service.name_en,
        organisation=where.name if is_japanese else where.name_en,
        classes=classes,
        reads=[each for each in readable.get(where.pk, ()) if each.data_class.name in classes],
        connected_at=row.at,
        last_used_at=row.last_used_at,
    )


def _stands(token: Token) -> bool:
    """Tell whether client and person may still speak."""
    partner = getattr(token.client, "partner", None)
    client_stands = token.client_id == OWN_DEVICES or (
        partner is not None and partner.disabled_at is None and partner.organisation.closed_at is None
    )
    return client_stands and (token.user is None or (token.user.is_active and token.user.resident.closed_at is None))


def _living_family(token: Token, at: datetime) -> TokenFamily | None:
    if not token.data:
        return None
    return TokenFamily.objects.filter(pk=token.data["family"], ended_at=None, expires_at__gt=at).first()
