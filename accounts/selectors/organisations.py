"""Organisations as others read them."""

from collections.abc import Iterable
from uuid import UUID

import msgspec
from django.utils.translation import get_language

from accounts.models import ROLES_OF, Department, Membership, Organisation


class Belonging(msgspec.Struct, frozen=True):
    """An organisation somebody works for, and as what."""

    id: UUID
    name: str
    role: str


class OrganisationView(msgspec.Struct, frozen=True):
    """An organisation by its public names."""

    id: UUID
    name: str
    name_en: str


def organisations_of(resident_id: UUID) -> list[Belonging]:
    """Return where a resident works, by name."""
    open_ones = Membership.objects.filter(resident_id=resident_id, ended_at=None, organisation__closed_at=None)
    rows = open_ones.select_related("organisation").order_by("organisation__name", "id")
    return [
        Belonging(id=row.organisation_id, name=row.organisation.name, role=row.role)
        for row in rows
        if row.role in ROLES_OF[row.organisation.kind]
    ]


def offices_of(residents: Iterable[UUID]) -> dict[UUID, str]:
    """Return by officer the city office that they work for, or last worked for, as the reader can read it; others are left out."""
    rows = Membership.objects.filter(resident_id__in=set(residents), organisation__kind=Organisation.Kind.CITY)
    found = rows.order_by("id").values_list("resident_id", "organisation__name", "organisation__name_en")
    is_japanese = (get_language() or "ja").startswith("ja")
    return {resident: name if is_japanese else name_en for resident, name, name_en in found}


def organisations_of_kind(kind: str) -> list[OrganisationView]:
    """Return the organisations of a kind that exist today, oldest first."""
    found = Organisation.objects.filter(kind=kind, closed_at=None).order_by("id")
    return [OrganisationView(id=row.id, name=row.name, name_en=row.name_en) for row in found]


def people_of(organisation_id: UUID, role: str) -> list[UUID]:
    """Return the residents who work for an organisation in this role today, by their ids."""
    rows = Membership.objects.filter(organisation_id=organisation_id, role=role, ended_at=None)
    return list(rows.order_by("resident_id").values_list("resident_id", flat=True).distinct())


def reader_names(ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return the names of organisations and departments by id, as the reader can read them; the unknown are left out."""
    name = "name" if (get_language() or "ja").startswith("ja") else "name_en"
    wanted = list(ids)
    kinds = Organisation.objects.filter(pk__in=wanted), Department.objects.filter(pk__in=wanted)
    return {key: words for kind in kinds for key, words in kind.order_by("id").values_list("id", name)}
