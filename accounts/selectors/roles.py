"""Who holds which role."""

from uuid import UUID

from accounts.models import Membership, Organisation

ADMINISTRATOR, MANAGER = "city.administrator", "merchant.manager"


def roles_held(resident_id: UUID) -> list[str]:
    """Return the roles that a person holds today."""
    held = Membership.objects.filter(resident_id=resident_id, ended_at=None, organisation__closed_at=None)
    return list(held.order_by("began_at", "id").values_list("role", flat=True))


def administrators() -> list[UUID]:
    """Return who looks after the city's administration."""
    return _holders(role=ADMINISTRATOR)


def who_answers_for(organisation: Organisation) -> list[UUID]:
    """Return who is told of what happens at an organisation: a shop's managers, elsewhere the city's administrators."""
    is_shop = organisation.kind == Organisation.Kind.MERCHANT
    return _holders(role=MANAGER, organisation=organisation) if is_shop else administrators()


def is_last_administrator(resident_id: UUID) -> bool:
    """Tell whether nobody would be left to look after the city's administration."""
    administrators = Membership.objects.filter(role=ADMINISTRATOR, ended_at=None)
    return ADMINISTRATOR in roles_held(resident_id) and not administrators.exclude(resident_id=resident_id).exists()


def _holders(**which: object) -> list[UUID]:
    held = Membership.objects.filter(ended_at=None, organisation__closed_at=None, **which)
    return list(held.order_by("resident_id").values_list("resident_id", flat=True).distinct())
