"""How surely a person is known, as they see it themself; and who has shown which card."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

import msgspec
from allauth.mfa.models import Authenticator
from django.db.models import QuerySet

from accounts.gateways.card import is_card_offered
from accounts.models import IDENTITY_PLACE, Card, Identity, User, Verification
from accounts.selectors.principals import ResidentPrincipal
from kernel.access import access

MY_IDENTITY = "accounts.my_identity"


class OwnIdentity(msgspec.Struct, frozen=True):
    """The four basic items, who vouches for them, and since when."""

    name: str
    address: str
    birthdate: str
    gender: str
    source: str
    checked_at: datetime


class MyId(msgspec.Struct, frozen=True):
    """How surely the city knows me, and how surely it knows that I am the one who asks; each with its age."""

    level: int
    level_since: datetime | None
    authentication_level: int
    authenticated_at: datetime | None
    passkeys: int
    has_app: bool
    has_card: bool
    is_card_offered: bool
    identity: OwnIdentity | None


class VerificationView(msgspec.Struct, frozen=True):
    """One step in how surely I am known. The officer is named by their number; papers by their kind, never by a number."""

    id: UUID
    kind: str
    level_before: int
    level_after: int
    by_officer: bool
    documents: list[str]
    created_at: datetime


def access_my_id_for(principal: ResidentPrincipal) -> MyId:
    """Return one's own ID. This function will leave a row in the access log."""
    types = list(Authenticator.objects.filter(user_id=principal.user_id).values_list("type", flat=True).order_by("id"))
    return MyId(
        level=principal.account_level,
        level_since=principal.account_level_since,
        authentication_level=principal.authentication_level,
        authenticated_at=principal.authenticated_at(principal.authentication_level),
        passkeys=types.count(Authenticator.Type.WEBAUTHN),
        has_app=Authenticator.Type.TOTP in types,
        has_card=card_of(principal.actor),
        is_card_offered=is_card_offered(),
        identity=_own_identity(principal.actor),
    )


def _own_identity(resident_id: UUID) -> OwnIdentity | None:
    with access(purpose=MY_IDENTITY, actor=resident_id, subject=resident_id, classes=["identity"]) as own:
        row = Identity.objects.filter(pk=resident_id).first()
        if row is None:
            return None
        values = msgspec.json.decode(own.unseal(bytes(row.values), IDENTITY_PLACE))
        return OwnIdentity(**values, source=row.source, checked_at=row.checked_at)


@contextmanager
def own_verifications(resident_id: UUID) -> Iterator[QuerySet[Verification]]:
    """Open the history of how surely one is known, to be read inside the block."""
    with access(purpose=MY_IDENTITY, actor=resident_id, subject=resident_id, classes=["identity"]):
        yield Verification.objects.filter(resident_id=resident_id)


def verification_view(row: Verification) -> VerificationView:
    """Return one step as its person sees it."""
    return VerificationView(
        id=row.pk,
        kind=row.kind,
        level_before=row.level_before,
        level_after=row.level_after,
        by_officer=row.officer is not None,
        documents=row.documents,
        created_at=row.created_at,
    )


def card_of(resident_id: UUID) -> bool:
    """Tell whether a card stands for the resident."""
    return Card.objects.filter(pk=resident_id).exists()


def user_by_ppid(index: str) -> User | None:
    """Return who is known by this blind index of a card's pairwise id, and may sign in."""
    found = Card.objects.filter(ppid_index=index, resident__closed_at=None).values("resident_id")
    return User.objects.filter(resident_id__in=found, is_active=True).first()
