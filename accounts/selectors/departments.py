"""Departments as others read them."""

from uuid import UUID

import msgspec

from accounts.models import Department


class DepartmentView(msgspec.Struct, frozen=True):
    """A department by its public names."""

    id: UUID
    name: str
    name_en: str


def departments() -> list[DepartmentView]:
    """Return the departments that exist today, oldest first."""
    found = Department.objects.filter(closed_at=None).order_by("id")
    return [DepartmentView(id=row.id, name=row.name, name_en=row.name_en) for row in found]
