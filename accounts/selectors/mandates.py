"""Who may act for whom, now."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

import msgspec
from django.db.models import Q, QuerySet

from accounts.models import FAMILY_PLACE, FamilyName, Mandate
from kernel.access import access
from kernel.contributions import everyones
from kernel.principal import Principal

DECIDES = ("parent", "guardian")
"""Who says yes and no for another; family and care managers do not."""


class Mandated(msgspec.Struct, frozen=True):
    """For whom somebody acts: by which mandates, in which services."""

    subject: UUID
    mandates: tuple[UUID, ...]
    scopes: frozenset[str]


def live_mandates(*, at: datetime) -> "QuerySet[Mandate]":
    """Return the mandates that hold at the instant: taken up, begun, not ended, and before their last instant."""
    taken = Mandate.objects.filter(delegate__isnull=False, ended_at=None, starts_at__lte=at)
    return taken.filter(Q(ends_at=None) | Q(ends_at__gt=at))


def mandated(delegate: UUID, subject: UUID, *, at: datetime) -> Mandated | None:
    """Return in what ``delegate`` may act for ``subject`` at the instant; None where in nothing."""
    held = live_mandates(at=at).filter(delegate_id=delegate, principal_id=subject, principal__closed_at=None)
    rows = list(held.order_by("id").values_list("id", "scopes"))
    if not rows:
        return None
    return Mandated(
        subject, tuple(each for each, _scopes in rows), frozenset(name for _id, names in rows for name in names)
    )


def scopes_known() -> frozenset[str]:
    """Return the services in which somebody may act for another, by the apps' own word."""
    return frozenset(name for given in everyones() for name in given.scopes)


def scope_views() -> "list[Scope]":
    """Return the services in which one may act for another, in the reader's words, by name."""
    known = {name: words for given in everyones() for name, words in given.scopes.items()}
    return [Scope(name, str(words)) for name, words in sorted(known.items())]


class MandateView(msgspec.Struct, frozen=True):
    """A mandate as the people in it see it; ``name`` is the other's, ``open_until`` stands on an invitation."""

    id: UUID
    person: UUID | None
    name: str
    role: str
    scopes: list[str]
    starts_at: datetime
    ends_at: datetime | None
    open_until: datetime | None
    state: str


class Scope(msgspec.Struct, frozen=True):
    """A service in which one may act for another: its name for programs, its words in the reader's language."""

    name: str
    words: str


class Family(msgspec.Struct, frozen=True):
    """For whom I may act, and who may act for me; ``scopes`` are all services in which that can be."""

    i_act_for: list[MandateView]
    act_for_me: list[MandateView]
    scopes: list[Scope]


def access_family_of(principal: Principal, *, at: datetime) -> Family:
    """Return the mandates that hold, and one's open invitations."""
    me = principal.actor
    held = live_mandates(at=at).filter(delegate_id=me).order_by("starts_at", "id")
    given = live_mandates(at=at).filter(principal_id=me).order_by("starts_at", "id")
    open_ones = Mandate.objects.filter(principal_id=me, delegate=None, ended_at=None, invitation_ends_at__gt=at)
    with access(purpose="accounts.my_family", actor=me, subject=me, classes=["family"]) as opened:
        names = {
            row.mandate_id: opened.unseal(bytes(row.name), FAMILY_PLACE)
            for row in FamilyName.objects.filter(subject_id=me)
        }
        return Family(
            i_act_for=[_view(row, row.principal_id, names) for row in held],
            act_for_me=[_view(row, row.delegate_id, names) for row in [*given, *open_ones.order_by("starts_at", "id")]],
            scopes=scope_views(),
        )


def _view(mandate: Mandate, person: UUID | None, names: Mapping[UUID, str]) -> MandateView:
    return MandateView(
        id=mandate.pk,
        person=person,
        name=names.get(mandate.pk, ""),
        role=mandate.role,
        scopes=mandate.scopes,
        starts_at=mandate.starts_at,
        ends_at=mandate.ends_at,
        open_until=None if mandate.delegate_id else mandate.invitation_ends_at,
        state="standing" if mandate.delegate_id else "invited",
    )
