"""Organisations and who works for them."""

from functools import partial
from uuid import UUID

import msgspec

from accounts.engine.wording import Value
from accounts.errors import AlreadyMember, DepartmentElsewhere, OrganisationClosed, RoleOfAnotherKind
from accounts.models import ROLES_OF, Department, Membership, Organisation, Resident
from accounts.services.notices import notify
from accounts.services.notices.naming import names_of
from kernel.ids import new_id
from kernel.problems import NotFound
from kernel.realtime import check_again
from kernel.use_case import Act, use_case


class Founded(msgspec.Struct, frozen=True):
    """The new organisation."""

    id: UUID


class Appointed(msgspec.Struct, frozen=True):
    """The new membership."""

    id: UUID


@use_case("accounts.found_organisation", status=201)
def found_organisation(act: Act, *, name: str, name_en: str, kind: str) -> Founded:
    """Register a merchant (``merchant``), a transport operator (``operator``) or the city (``city``, once)."""
    organisation = Organisation.objects.create(
        id=new_id(act.at), name=name, name_en=name_en, kind=kind, created_at=act.at
    )
    act.audit(what={"organisation": str(organisation.id), "kind": kind})
    return Founded(id=organisation.id)


@use_case("accounts.close_organisation")
def close_organisation(act: Act, *, organisation_id: UUID) -> None:
    """Close an organisation; the roles it gave are gone with the next request.

    :raises NotFound: where it is unknown; :raises OrganisationClosed: where it exists no more.
    """
    organisation = Organisation.objects.select_for_update().filter(pk=organisation_id).first()
    if organisation is None:
        raise NotFound
    if organisation.closed_at is not None:
        raise OrganisationClosed
    organisation.closed_at = act.at
    organisation.save(update_fields=["closed_at"])
    act.audit(what={"organisation": str(organisation_id)})


@use_case("accounts.appoint", status=201)
def appoint(
    act: Act, *, organisation_id: UUID, resident_id: UUID, role: str, department_id: UUID | None = None, why: str = ""
) -> Appointed:
    """Give a resident a role in an organisation, from now on; in the city office within a department, where one is named.

    :raises NotFound: where organisation, resident or department are unknown; :raises OrganisationClosed: where it exists no more;
    :raises RoleOfAnotherKind: for a role that its kind does not have; :raises AlreadyMember: where they hold it already;
    :raises DepartmentElsewhere: for a department outside the city office.
    """
    organisation = Organisation.objects.select_for_update().filter(pk=organisation_id).first()
    if organisation is None:
        raise NotFound
    if organisation.closed_at is not None:
        raise OrganisationClosed
    if role not in ROLES_OF[organisation.kind]:
        raise RoleOfAnotherKind
    if not Resident.objects.filter(pk=resident_id, closed_at=None).exists():
        raise NotFound
    if department_id is not None:
        _require_department(organisation, department_id)
    held = Membership.objects.filter(organisation=organisation, resident_id=resident_id, role=role, ended_at=None)
    if held.exists():
        raise AlreadyMember
    membership = Membership.objects.create(
        id=new_id(act.at),
        organisation=organisation,
        resident_id=resident_id,
        role=role,
        department_id=department_id,
        began_at=act.at,
    )
    where = {"department": str(department_id)} if department_id else {}
    act.audit(subject=resident_id, what={"organisation": str(organisation_id), "role": role} | where, why=why)
    told: dict[str, Value] = {"organisation": names_of(organisation)}
    notify(act, to=resident_id, message="accounts.role_given", values=told, dedupe=str(membership.id))
    return Appointed(id=membership.id)


@use_case("accounts.dismiss")
def dismiss(act: Act, *, membership_id: UUID, why: str = "") -> None:
    """End a role; the right is gone with the next request. :raises NotFound: where it is unknown or ended already."""
    membership = Membership.objects.select_for_update().filter(pk=membership_id, ended_at=None).first()
    if membership is None:
        raise NotFound
    membership.ended_at, membership.called = act.at, b""
    membership.save(update_fields=["ended_at", "called"])
    act.after_commit(partial(check_again, membership.resident_id))
    act.audit(
        subject=membership.resident_id,
        what={"organisation": str(membership.organisation_id), "role": membership.role},
        why=why,
    )


def _require_department(organisation: Organisation, department_id: UUID) -> None:
    if organisation.kind != "city":
        raise DepartmentElsewhere
    if not Department.objects.select_for_update().filter(pk=department_id, closed_at=None).exists():
        raise NotFound
