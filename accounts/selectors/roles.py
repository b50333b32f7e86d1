"""Who holds which role."""

from uuid import UUID

from accounts.models import Membership

ADMINISTRATOR = "city.administrator"


def roles_held(resident_id: UUID) -> list[str]:
    """Return the roles that a person holds today."""
    held = Membership.objects.filter(resident_id=resident_id, ended_at=None, organisation__closed_at=None)
    return list(held.order_by("began_at", "id").values_list("role", flat=True))


def is_last_administrator(resident_id: UUID) -> bool:
    """Tell whether nobody would be left to look after the city's administration."""
    administrators = Membership.objects.filter(role=ADMINISTRATOR, ended_at=None)
    return ADMINISTRATOR in roles_held(resident_id) and not administrators.exclude(resident_id=resident_id).exists()
