"""Who looked at my data: a person's own access log, in words. Parents and guardians read it too, to protect the person."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

import msgspec
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import FAMILY_PLACE, FamilyName, Grant, Mandate
from accounts.selectors.organisations import reader_names
from kernel.access import Access, access, record
from kernel.access.record import Entry, Place
from kernel.contributions import data_class_in_words, purpose_in_words
from kernel.problems import NotFound

KINDS = {
    "self": "self",
    "system": "city_system",
    "office": "office",
    "delegate": "delegate",
    "grant": "partner",
    "glass": "emergency",
}
"""Ground of an access → kind of who looked; any other ground is ``other``."""

WHO = {
    "self": gettext_lazy("あなた"),
    "city_system": gettext_lazy("市のシステム"),
    "office": gettext_lazy("市の職員"),
    "delegate": gettext_lazy("代理の人"),
    "partner": gettext_lazy("市と連携する団体"),
    "emergency": gettext_lazy("緊急対応の担当"),
    "other": gettext_lazy("以前に許可されていた人"),
}


class Words(msgspec.Struct, frozen=True):
    """A name from the log and what it means to a person."""

    code: str
    words: str


class Who(msgspec.Struct, frozen=True):
    """Who looked: never an officer's name, but the department; a partner by its name, a delegate by role and family name."""

    kind: str
    name: str


class Consented(msgspec.Struct, frozen=True):
    """A consent that allowed a reading, and the agreement under which it is found."""

    id: UUID
    agreement_id: UUID


class SeenAccess(msgspec.Struct, frozen=True):
    """One reading of my data. ``again``: the work it was read for came to nothing, the reading is counted all the same.

    ``grants`` is what allowed it as it stands in the log (consents, a mandate, a broken glass); those that are consents can be
    looked at.
    """

    id: UUID
    at: datetime
    sentence: str
    who: Who
    purpose: Words
    classes: list[Words]
    reason: str
    ground: str
    grants: list[UUID] | None
    consents: list[Consented]
    recipient: UUID | None
    again: bool


def access_accesses_for(
    resident_id: UUID,
    before: tuple[datetime, UUID] | None,
    limit: int,
    *,
    by: str | None = None,
    actor: UUID | None = None,
) -> list[SeenAccess]:
    """Return who looked at a person's data, newest first; ``by`` one kind, or ``others`` than the person.

    ``actor`` is who reads it: the person, or who has to protect them.

    This function will leave a row in the log itself, as every reading does; the list leaves out the person's own of these.

    :raises AccessRefused: for a delegate who is neither parent nor guardian.
    """
    only = [ground for ground, kind in KINDS.items() if kind == by] or None
    but = ["self"] if by == "others" else list(KINDS) if by == "other" else None
    me, log = actor or resident_id, [record.DATA_CLASS]
    with access(purpose=record.PURPOSE, actor=me, subject=resident_id, classes=log) as opened:
        rows = record.entries(opened, before=before, limit=limit, only=only, but=but)
        return seen(opened, rows)


def access_place_for(resident_id: UUID, entry_id: UUID, *, actor: UUID) -> Place:
    """Return where an entry about a person stands in the log.

    :raises NotFound: for somebody else's; :raises AccessRefused: as above.
    """
    with access(purpose=record.PURPOSE, actor=actor, subject=resident_id, classes=[record.DATA_CLASS]) as opened:
        found = record.place_of(opened, entry_id)
    if found is None:
        raise NotFound
    return found


def seen(opened: Access, rows: Sequence[Entry]) -> list[SeenAccess]:
    """Put rows into the words of who reads them; inside their access to them."""
    names = reader_names({row.recipient for row in rows if row.recipient})
    delegates = _delegates(opened, {each for row in rows if row.ground == "delegate" for each in row.grants or ()})
    granted = {each for row in rows if row.ground == "grant" for each in row.grants or ()}
    agreements = dict(Grant.objects.filter(pk__in=granted).order_by("id").values_list("id", "agreement_id"))
    return [_seen(opened, row, names, delegates, agreements) for row in rows]


def _delegates(opened: Access, mandates: set[UUID]) -> dict[UUID, str]:
    """Return delegates by mandate: the name that the person has for them while the mandate stands, and their role."""
    if not mandates:
        return {}
    roles = {row.pk: row.get_role_display() for row in Mandate.objects.filter(pk__in=mandates).order_by("id")}
    with access(purpose=record.PURPOSE, actor=opened.actor, subject=opened.subject, classes=["family"]) as family:
        rows = FamilyName.objects.filter(subject_id=opened.subject, mandate_id__in=mandates)
        names = {row.mandate_id: family.unseal(bytes(row.name), FAMILY_PLACE) for row in rows}
    named = _("%(name)s（%(role)s）")
    return {each: named % {"name": names.get(each) or WHO["delegate"], "role": role} for each, role in roles.items()}


def _seen(
    opened: Access,
    row: Entry,
    names: Mapping[UUID, str],
    delegates: Mapping[UUID, str],
    agreements: Mapping[UUID, UUID],
) -> SeenAccess:
    grants = row.grants or []
    who = _who(opened, row, names, next((delegates[each] for each in grants if each in delegates), None))
    purpose = Words(row.purpose, purpose_in_words(row.purpose))
    classes = [Words(each, data_class_in_words(each)) for each in row.classes]
    return SeenAccess(
        id=row.id,
        at=row.recorded_at,
        sentence=_sentence(who.name, purpose.words, [each.words for each in classes]),
        who=who,
        purpose=purpose,
        classes=classes,
        reason=row.reason,
        ground=row.ground,
        grants=row.grants,
        consents=[Consented(each, agreements[each]) for each in grants if each in agreements],
        recipient=row.recipient,
        again=row.again,
    )


def _who(opened: Access, row: Entry, names: Mapping[UUID, str], delegate: str | None) -> Who:
    """Name who looked as the reader knows them: ``あなた`` is whoever reads the list."""
    kind = KINDS.get(row.ground, "other")
    if row.actor == opened.actor and kind in ("self", "delegate"):
        return Who(kind, str(WHO["self"]))
    if kind == "self":
        return Who(kind, _("本人"))
    return Who(kind, delegate or (names.get(row.recipient) if row.recipient else None) or str(WHO[kind]))


def _sentence(who: str, purpose: str, classes: Sequence[str]) -> str:
    return _("%(who)sが「%(purpose)s」のために、%(classes)sを見ました。") % {
        "who": who,
        "purpose": purpose,
        "classes": _("・").join(classes),
    }
