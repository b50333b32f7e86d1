"""Who a message to many is for."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from accounts.errors import AudienceUnknown
from accounts.models import Membership, User
from accounts.selectors.consents import left_behind
from accounts.selectors.mandates import DECIDES, live_mandates

EVERYONE, RESIDENTS, TOURISTS, LANGUAGE, ROLE, MYSELF, LEFT_BEHIND, DECIDING = (
    "everyone", "residents", "tourists", "language", "role", "myself", "left_behind", "deciding",
)  # fmt: skip

Audience = dict[str, str]


def audience(kind: str, value: str = "") -> Audience:
    """Return an audience as it is kept; :raises AudienceUnknown: for one that does not exist."""
    known = {
        EVERYONE: {""}, RESIDENTS: {""}, TOURISTS: {""}, LANGUAGE: set(dict(settings.LANGUAGES)),
        ROLE: set(Membership.Role.values),
    }  # fmt: skip
    if value not in known.get(kind, set()):
        raise AudienceUnknown
    return {"kind": kind, "value": value}


def audience_choices() -> list[tuple[str, Any]]:
    """Return every audience an officer can choose as (``kind`` or ``kind:value``, name)."""
    languages = [(f"{LANGUAGE}:{code}", _("ことば: %(name)s") % {"name": name}) for code, name in settings.LANGUAGES]
    roles = [(f"{ROLE}:{value}", _("役割: %(name)s") % {"name": name}) for value, name in Membership.Role.choices]
    return [(EVERYONE, _("全員")), (RESIDENTS, _("住民")), (TOURISTS, _("旅行者")), *languages, *roles]


def myself(resident_id: UUID) -> Audience:
    """Return the audience of one's own, for trying a message out."""
    return {"kind": MYSELF, "value": str(resident_id)}


def left_behind_by(agreement_id: UUID) -> Audience:
    """Return the audience of everybody whose yes to an agreement stands and does not reach as far as what it asks now."""
    return {"kind": LEFT_BEHIND, "value": str(agreement_id)}


def deciding_for(agreement_id: UUID) -> Audience:
    """Return the audience of the parents and guardians of everybody in :func:`left_behind_by`."""
    return {"kind": DECIDING, "value": str(agreement_id)}


def people_in(chosen: Audience, *, at: datetime) -> "QuerySet[User]":
    """Return who belongs to an audience and was here at an instant: whoever comes later is told by somebody else."""
    here = User.objects.filter(is_active=True, resident__closed_at=None, resident__created_at__lte=at)
    return here.filter(_condition(chosen, at))


def count_in(chosen: Audience, *, at: datetime) -> int:
    """Count them."""
    return people_in(chosen, at=at).count()


def _condition(chosen: Audience, at: datetime) -> Q:
    kind, value = chosen["kind"], chosen["value"]
    if kind == LEFT_BEHIND:
        return Q(Exists(left_behind(at=at).filter(subject_id=OuterRef("resident_id"), agreement_id=value)))
    if kind == DECIDING:
        wards = left_behind(at=at).filter(agreement_id=value).values("subject_id")
        mandates = live_mandates(at=at).filter(role__in=DECIDES, principal_id__in=wards)
        return Q(Exists(mandates.filter(delegate_id=OuterRef("resident_id"))))
    if kind == ROLE:
        held = Membership.objects.filter(
            resident_id=OuterRef("resident_id"), role=value, ended_at=None, organisation__closed_at=None
        )
        return Q(Exists(held))
    conditions = {
        EVERYONE: Q(),
        RESIDENTS: Q(account_level__gte=1),
        TOURISTS: Q(account_level=0),
        LANGUAGE: Q(language=value),
        MYSELF: Q(resident_id=value or None),
    }
    if kind not in conditions:
        raise AudienceUnknown
    return conditions[kind]
