"""The departments of the city office, on whose behalf officers read."""

from uuid import UUID

import msgspec

from accounts.errors import DepartmentNamed, DepartmentStaffed
from accounts.models import Department, Membership
from kernel.ids import new_id
from kernel.problems import NotAllowed, NotFound
from kernel.use_case import Act, use_case


class FoundedDepartment(msgspec.Struct, frozen=True):
    """The new department."""

    id: UUID


@use_case("accounts.found_department", status=201)
def found_department(act: Act, *, name: str, name_en: str) -> FoundedDepartment:
    """Register a department; its name will stand in the access logs of those about whom its officers read.

    :raises NotAllowed: without the right to appoint; :raises DepartmentNamed: where another bears the name today.
    """
    if not act.principal.may("accounts.appoint"):
        raise NotAllowed
    if Department.objects.filter(name=name, closed_at=None).exists():
        raise DepartmentNamed
    department = Department.objects.create(id=new_id(act.at), name=name, name_en=name_en, created_at=act.at)
    act.audit(what={"department": str(department.id)})
    return FoundedDepartment(id=department.id)


@use_case("accounts.close_department")
def close_department(act: Act, *, department_id: UUID) -> None:
    """Close a department; it stays known by its name in every log.

    Locks its row, as an appointment does, so that nobody is appointed to it meanwhile.

    :raises NotAllowed: without the right; :raises NotFound: where it is unknown or closed; :raises DepartmentStaffed: while
    somebody works there.
    """
    if not act.principal.may("accounts.appoint"):
        raise NotAllowed
    department = Department.objects.select_for_update().filter(pk=department_id, closed_at=None).first()
    if department is None:
        raise NotFound
    if Membership.objects.filter(department=department, ended_at=None).exists():
        raise DepartmentStaffed
    department.closed_at = act.at
    department.save(update_fields=["closed_at"])
    act.audit(what={"department": str(department_id)})
