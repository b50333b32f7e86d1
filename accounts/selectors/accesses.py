"""Who looked at my data: a person's own access log, in words."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.selectors.organisations import organisation_names
from kernel.access import access, record
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
    "delegate": gettext_lazy("あなたの代理の人"),
    "partner": gettext_lazy("市と連携する団体"),
    "emergency": gettext_lazy("緊急対応の担当"),
    "other": gettext_lazy("以前に許可されていた人"),
}


class Words(msgspec.Struct, frozen=True):
    """A name from the log and what it means to a person."""

    code: str
    words: str


class Who(msgspec.Struct, frozen=True):
    """Who looked: never an officer's name, but the department; a partner by its name."""

    kind: str
    name: str


class SeenAccess(msgspec.Struct, frozen=True):
    """One reading of my data. ``again``: the work it was read for came to nothing, the reading is counted all the same."""

    id: UUID
    at: datetime
    sentence: str
    who: Who
    purpose: Words
    classes: list[Words]
    reason: str
    ground: str
    grant_id: UUID | None
    recipient: str | None
    again: bool


def access_accesses_for(
    resident_id: UUID, before: tuple[datetime, UUID] | None, limit: int, *, by: str | None = None
) -> list[SeenAccess]:
    """Return who looked at one's data, newest first; ``by`` one kind, or ``others`` than oneself.

    This function will leave a row in the log itself, as every reading does; the list leaves these rows out.
    """
    only = [ground for ground, kind in KINDS.items() if kind == by] or None
    with access(purpose=record.PURPOSE, actor=resident_id, subject=resident_id, classes=[record.DATA_CLASS]) as opened:
        but = ["self"] if by == "others" else list(KINDS) if by == "other" else None
        rows = record.entries(opened, before=before, limit=limit, only=only, but=but)
    names = organisation_names({UUID(row.recipient) for row in rows if row.recipient})
    return [_seen(row, names.get(UUID(row.recipient)) if row.recipient else None) for row in rows]


def access_place_for(resident_id: UUID, entry_id: UUID) -> Place:
    """Return where one's own entry stands in the log; :raises NotFound: for somebody else's."""
    with access(purpose=record.PURPOSE, actor=resident_id, subject=resident_id, classes=[record.DATA_CLASS]) as opened:
        found = record.place_of(opened, entry_id)
    if found is None:
        raise NotFound
    return found


def _seen(row: Entry, organisation: str | None) -> SeenAccess:
    kind = KINDS.get(row.ground, "other")
    who = Who(kind, organisation or str(WHO[kind]))
    purpose = Words(row.purpose, purpose_in_words(row.purpose))
    classes = [Words(each, data_class_in_words(each)) for each in row.classes]
    sentence = _sentence(who.name, purpose.words, [each.words for each in classes])
    return SeenAccess(
        id=row.id,
        at=row.recorded_at,
        sentence=sentence,
        who=who,
        purpose=purpose,
        classes=classes,
        reason=row.reason,
        ground=row.ground,
        grant_id=row.grant_id,
        recipient=row.recipient,
        again=row.again,
    )


def _sentence(who: str, purpose: str, classes: Sequence[str]) -> str:
    return _("%(who)sが「%(purpose)s」のために、%(classes)sを見ました。") % {
        "who": who,
        "purpose": purpose,
        "classes": _("・").join(classes),
    }
