"""What an officer sees behind broken glass, and which glasses they broke."""

from datetime import datetime
from uuid import UUID

import msgspec
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import (
    FAMILY_PLACE,
    IDENTITY_PLACE,
    NAME_PLACE,
    BrokenGlass,
    FamilyName,
    Identity,
    Mandate,
    Profile,
)
from accounts.selectors.agreements import DataClass, class_views
from accounts.selectors.contacts import contacts_in
from kernel.access import Access, access
from kernel.contributions import everyones
from kernel.principal import Principal
from kernel.problems import NotFound

EMERGENCY = "accounts.emergency"


class Shown(msgspec.Struct, frozen=True):
    """One class of data; ``rows`` is None where no app has a way to show it here."""

    data_class: DataClass
    rows: list[tuple[str, str]] | None


class EmergencyView(msgspec.Struct, frozen=True):
    """A person's data behind one broken glass, while it is open."""

    glass_id: UUID
    subject: UUID
    reason: str
    ends_at: datetime
    shown: list[Shown]


def own_glasses(principal: Principal) -> "QuerySet[BrokenGlass]":
    """Return the glasses that the officer broke, the newest first."""
    return BrokenGlass.objects.filter(officer_id=principal.actor).order_by("-broken_at", "-id")


def access_emergency_for(principal: Principal, glass_id: UUID, *, at: datetime) -> EmergencyView:
    """Return what the officer may read now. This function will leave a row in the person's access log, with the reason.

    :raises NotFound: for another's glass, and after its time.
    """
    glass = own_glasses(principal).filter(pk=glass_id, ended_at=None, ends_at__gt=at).first()
    if glass is None:
        raise NotFound
    readers = {name: reader for given in everyones() for name, reader in given.emergency.items()}
    words = {each.name: each for each in class_views(glass.classes)}
    with access(
        purpose=EMERGENCY,
        actor=principal.actor,
        subject=glass.subject_id,
        classes=glass.classes,
        reason=glass.reason,
    ) as opened:
        shown = [
            Shown(words[name], readers[name](opened) if name in readers else None) for name in sorted(glass.classes)
        ]
    return EmergencyView(glass.pk, glass.subject_id, glass.reason, glass.ends_at, shown)


def profile_in_emergency(opened: Access) -> list[tuple[str, str]]:
    """Return what the person is called."""
    profile = Profile.objects.filter(pk=opened.subject).first()
    name = opened.unseal(bytes(profile.display_name), NAME_PLACE) if profile else ""
    return [(_("お名前"), name)] if name else []


def contacts_in_emergency(opened: Access) -> list[tuple[str, str]]:
    """Return at which numbers and addresses the person can be reached, the numbers first."""
    reached = sorted(contacts_in(opened.subject).values(), key=lambda each: "@" in each)
    return [(_("メールアドレス") if "@" in each else _("電話番号"), each) for each in reached]


def identity_in_emergency(opened: Access) -> list[tuple[str, str]]:
    """Return who the person is by their papers, where they have shown any."""
    row = Identity.objects.filter(pk=opened.subject).first()
    if row is None:
        return []
    values = msgspec.json.decode(opened.unseal(bytes(row.values), IDENTITY_PLACE))
    genders = {"female": _("女性"), "male": _("男性")}
    named = [
        (_("氏名"), values["name"]),
        (_("生年月日"), values["birthdate"]),
        (_("性別"), genders.get(values["gender"], values["gender"])),
        (_("住所"), values["address"]),
    ]
    return [(label, text) for label, text in named if text]


def family_in_emergency(opened: Access) -> list[tuple[str, str]]:
    """Return who acts for the person, and for whom they act, by name and role."""
    names = {
        row.mandate_id: opened.unseal(bytes(row.name), FAMILY_PLACE)
        for row in FamilyName.objects.filter(subject_id=opened.subject)
    }
    held = Mandate.objects.filter(pk__in=names).order_by("starts_at", "id")
    acts, is_acted_for = _("代理する人（%(role)s）"), _("代理を受ける人（%(role)s）")
    return [
        (
            (acts if row.principal_id == opened.subject else is_acted_for) % {"role": row.get_role_display()},
            names[row.pk],
        )
        for row in held
    ]
