"""Agreements as people read them."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

import msgspec
from django.conf import settings
from django.utils.translation import get_language

from accounts.engine.agreements import Difference, Terms, Words, differences, faults, words_for
from accounts.engine.wording import MOST_SIGNS
from accounts.models import Agreement, Organisation, Revision
from kernel.contributions import everyones
from kernel.problems import NotFound


class Recipient(msgspec.Struct, frozen=True):
    """Who would read."""

    id: UUID
    name: str


class DataClass(msgspec.Struct, frozen=True):
    """A class of personal data: its name for programs, its words in the reader's language."""

    name: str
    words: str


class Change(msgspec.Struct, frozen=True):
    """What is new since the version that somebody said yes to, as a person reads it; ``field`` is ``title``, ``why``, ``stops``,
    ``classes`` (before or after is empty, the other says it in words), ``keeps_days`` or ``lasts_days``.
    """

    field: str
    before: str
    after: str
    widens: bool


class AgreementView(msgspec.Struct, frozen=True):
    """The newest version of an agreement in the reader's language."""

    id: UUID
    revision_id: UUID
    number: int
    digest: str
    recipient: Recipient
    purpose: str
    title: str
    why: str
    stops: str
    classes: list[DataClass]
    keeps_days: int
    lasts_days: int | None


class _Document(msgspec.Struct):
    terms: Terms


def data_classes() -> Mapping[str, Any]:
    """Return the classes of personal data that the apps keep, and their names (lazy, translated when shown)."""
    return {name: words for given in everyones() for name, words in given.data_classes.items()}


def class_views(names: Iterable[str]) -> list[DataClass]:
    """Return classes in the reader's words; one that no app keeps any more goes by its name."""
    known = data_classes()
    return [DataClass(name, str(known.get(name, name))) for name in names]


def terms_of(revision: Revision) -> Terms:
    """Return what a version asks for, from the very text that was published."""
    return msgspec.json.decode(revision.document, type=_Document).terms


def titles_of(revision: Revision) -> dict[str, str]:
    """Return what a version is called, by language, cut to what a message carries."""
    return {language: words.title[:MOST_SIGNS] for language, words in terms_of(revision).words.items()}


def agreement_view(revision: Revision) -> AgreementView:
    """Return a version as a person reads it; its agreement and recipient are joined."""
    terms = terms_of(revision)
    words: Words = words_for(terms, get_language() or settings.LANGUAGE_CODE)
    return AgreementView(
        id=revision.agreement_id,
        revision_id=revision.id,
        number=revision.number,
        digest=bytes(revision.digest).hex(),
        recipient=recipient_view(revision.agreement.recipient),
        purpose=revision.agreement.purpose,
        title=words.title,
        why=words.why,
        stops=words.stops,
        classes=class_views(terms.classes),
        keeps_days=terms.keeps_days,
        lasts_days=terms.lasts_days,
    )


def title_of(agreement: Agreement) -> str:
    """Return what an agreement, closed or not, is called in its newest version, in the reader's language."""
    newest = agreement.revisions.order_by("-number").first()
    return words_for(terms_of(newest), get_language() or settings.LANGUAGE_CODE).title if newest else agreement.purpose


def recipient_view(organisation: Organisation) -> Recipient:
    """Return an organisation by the name that the reader can read."""
    is_japanese = (get_language() or "ja").startswith("ja")
    return Recipient(id=organisation.pk, name=organisation.name if is_japanese else organisation.name_en)


def recipients(*, with_closed: bool = False) -> list[Recipient]:
    """Return whom data may be given to, by name; on demand those too to whom it was given while they existed."""
    found = Organisation.objects.all() if with_closed else Organisation.objects.filter(closed_at=None)
    return sorted((recipient_view(each) for each in found), key=lambda each: (each.name, each.id))


def newest_revision(agreement_id: UUID) -> Revision:
    """Return the newest version of what is still asked for; :raises NotFound: where it is unknown or closed."""
    revisions = Revision.objects.filter(agreement_id=agreement_id, agreement__closed_at=None)
    found = revisions.select_related("agreement__recipient").order_by("-number").first()
    if found is None:
        raise NotFound
    return found


def agreement_of(recipient_id: UUID, purpose: str) -> Agreement | None:
    """Return what a recipient asks for a purpose, while it does."""
    return Agreement.objects.filter(recipient_id=recipient_id, purpose=purpose, closed_at=None).first()


class Draft(msgspec.Struct, frozen=True):
    """What publishing these terms would do: their number, what is wrong with them, what changes, whether people are asked again."""

    number: int
    faults: list[tuple[str, str]]
    changes: list[Difference]
    is_wider: bool
    is_same: bool


def draft_of(agreement_id: UUID | None, terms: Terms, *, is_wording: bool) -> Draft:
    """Return what would be published, before it is; :raises NotFound: for an unknown or closed agreement."""
    wrong = list(faults(terms, data_classes()))
    if agreement_id is None:
        return Draft(number=1, faults=wrong, changes=[], is_wider=True, is_same=False)
    newest = newest_revision(agreement_id)
    present = terms_of(newest)
    found = differences(present, terms, is_wording=is_wording)
    return Draft(
        number=newest.number + 1,
        faults=wrong,
        changes=found,
        is_wider=any(each.widens for each in found),
        is_same=present == terms,
    )


def is_asked(recipient_id: UUID, purpose: str) -> bool:
    """Tell whether a recipient has ever asked for a purpose."""
    return Agreement.objects.filter(recipient_id=recipient_id, purpose=purpose).exists()


def changes_since(revision: Revision, newest: Revision) -> list[Change]:
    """Return what is new since a version that somebody said yes to, the widening first, in the reader's language.

    Words that changed in other languages alone are left out, unless it is they that widen and nothing else shows it.
    """
    is_wording = newest.agreement.binding_number <= revision.number
    found = differences(terms_of(revision), terms_of(newest), is_wording=is_wording)
    language = get_language() or settings.LANGUAGE_CODE
    read = language if language in terms_of(newest).words else "ja" if language.startswith("ja") else "en"
    mine = [each for each in found if not each.field.startswith("words.") or each.field.startswith(f"words.{read}.")]
    shown = mine if any(each.widens for each in mine) else [each for each in found if each.widens or each in mine]
    return [_change(each) for each in shown]


def _change(found: Difference) -> Change:
    before, after = found.before, found.after
    if found.field == "classes":
        before, after = (
            "".join(each.words for each in class_views([name] if name else [])) for name in (before, after)
        )
    return Change(field=found.field.rpartition(".")[2], before=before, after=after, widens=found.widens)
