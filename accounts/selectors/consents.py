"""A person's yeses: what stands, what was, what is asked anew, and what would stop."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec
from django.db.models import F, Q, QuerySet
from django.utils.translation import get_language

from accounts.engine.agreements import words_for
from accounts.models import Grant, Revision
from accounts.selectors.agreements import (
    AgreementView,
    Change,
    DataClass,
    Recipient,
    agreement_view,
    changes_since,
    class_views,
    newest_revision,
    recipient_view,
    terms_of,
)
from kernel.contributions import everyones
from kernel.principal import Principal
from kernel.problems import NotFound

CONSENT_STATES = ("standing", "left_behind", "ended", "withdrawn")


class Consent(msgspec.Struct, frozen=True):
    """One yes, in the words that were agreed to. ``state``: standing; left behind by a version that asks for more; ended with its
    time; withdrawn.
    """

    id: UUID
    agreement_id: UUID
    title: str
    why: str
    keeps_days: int
    recipient: Recipient
    purpose: str
    data_class: DataClass
    state: str
    given_at: datetime
    is_by_delegate: bool
    ends_at: datetime | None
    withdrawn_at: datetime | None


class Asked(msgspec.Struct, frozen=True):
    """What one may say yes to: the newest version, what of it stands, and what is new since the version last agreed to."""

    agreement: AgreementView
    standing: list[str]
    agreed_number: int | None
    changes: list[Change]


class Stops(msgspec.Struct, frozen=True):
    """What would stop if the yes were taken back: the recipient's own words, then those of the services that use it."""

    words: str
    services: list[str]


class ReceiptView(msgspec.Struct, frozen=True):
    """The signed receipt of a yes and the very words that were agreed to; their SHA-256 stands in the receipt."""

    receipt: str
    document: str


def own_consents(principal: Principal, agreement_id: UUID | None = None) -> "QuerySet[Grant]":
    """Return every yes of the person acted for, or those to one agreement, to be paged by ``(given_at, id)``.

    :func:`consent_view` shapes a row.
    """
    grants = Grant.objects.filter(subject_id=principal.subject)
    if agreement_id is not None:
        grants = grants.filter(agreement_id=agreement_id)
    return grants.select_related("revision", "recipient", "agreement")


def consent_view(grant: Grant, *, at: datetime) -> Consent:
    """Return a yes as its person sees it."""
    terms = terms_of(grant.revision)
    words = words_for(terms, get_language() or "ja")
    return Consent(
        id=grant.pk,
        agreement_id=grant.agreement_id,
        title=words.title,
        why=words.why,
        keeps_days=terms.keeps_days,
        recipient=recipient_view(grant.recipient),
        purpose=grant.purpose,
        data_class=class_views([grant.data_class])[0],
        state=_state(grant, at),
        given_at=grant.given_at,
        is_by_delegate=grant.given_by != grant.subject_id,
        ends_at=grant.ends_at,
        withdrawn_at=grant.withdrawn_at,
    )


def access_asked_for(principal: Principal, agreement_id: UUID, *, at: datetime) -> Asked:
    """Return what an agreement asks of the person now; :raises NotFound: where it is unknown or closed."""
    newest = newest_revision(agreement_id)
    mine = Grant.objects.filter(subject_id=principal.subject, agreement_id=agreement_id, withdrawn_at=None)
    grants = list(
        mine.filter(Q(ends_at=None) | Q(ends_at__gt=at)).select_related("revision").order_by("-number", "data_class")
    )
    binding = newest.agreement.binding_number
    return Asked(
        agreement=agreement_view(newest),
        standing=[grant.data_class for grant in grants if grant.number >= binding],
        agreed_number=grants[0].number if grants else None,
        changes=changes_since(grants[0].revision, newest) if grants else [],
    )


def asked_anew(principal: Principal, *, at: datetime) -> list[AgreementView]:
    """Return the agreements that went on without this person, because they ask for more since: the person may say yes anew."""
    agreements = left_behind(at=at).filter(subject_id=principal.subject).values("agreement_id")
    newest = (
        Revision.objects.filter(agreement_id__in=agreements)
        .order_by("agreement_id", "-number")
        .distinct("agreement_id")
    )
    return [agreement_view(revision) for revision in newest.select_related("agreement__recipient")]


def left_behind(*, at: datetime) -> "QuerySet[Grant]":
    """Return the yeses that would still stand, had what they were said to not come to ask for more."""
    behind = Grant.objects.filter(withdrawn_at=None, number__lt=F("agreement__binding_number"))
    return behind.filter(Q(ends_at=None) | Q(ends_at__gt=at), agreement__closed_at=None)


def access_stops_for(principal: Principal, agreement_id: UUID) -> Stops:
    """Return what would stop without the yeses to an agreement; :raises NotFound: where the person said none that stands."""
    standing = Grant.objects.filter(subject_id=principal.subject, agreement_id=agreement_id, withdrawn_at=None)
    grants = list(standing.select_related("revision").order_by("-number", "data_class"))
    if not grants:
        raise NotFound
    sentences = [
        sentence
        for given in everyones()
        for stops in given.stops
        for grant in grants
        for sentence in stops(
            subject=grant.subject_id, recipient=grant.recipient_id, purpose=grant.purpose, data_class=grant.data_class
        )
    ]
    words = words_for(terms_of(grants[0].revision), get_language() or "ja")
    return Stops(words=words.stops, services=list(dict.fromkeys(sentences)))


def access_receipt_for(principal: Principal, grant_id: UUID) -> ReceiptView:
    """Return the receipt of one's own yes; :raises NotFound: for another's, and where there is none."""
    grant = Grant.objects.filter(pk=grant_id, subject_id=principal.subject).select_related("revision").first()
    if grant is None:
        raise NotFound
    return ReceiptView(receipt=grant.receipt, document=grant.revision.document)


def live_grants(*, at: datetime) -> "QuerySet[Grant]":
    """Return the yeses by which somebody reads at this instant: what ``kernel_ground_of_others`` asks in the database."""
    standing = Grant.objects.filter(withdrawn_at=None, agreement__closed_at=None, recipient__closed_at=None)
    return standing.filter(Q(ends_at=None) | Q(ends_at__gt=at), number__gte=F("agreement__binding_number"))


def _state(grant: Grant, at: datetime) -> str:
    if grant.withdrawn_at is not None:
        return "withdrawn"
    if grant.agreement.closed_at is not None or (grant.ends_at is not None and grant.ends_at <= at):
        return "ended"
    return "standing" if grant.number >= grant.agreement.binding_number else "left_behind"


def missing_classes(subject: UUID, recipient: UUID, purpose: str, classes: Sequence[str], *, at: datetime) -> list[str]:
    """Return those of the classes for which the recipient has no standing yes of the person for this purpose."""
    mine = Grant.objects.filter(subject_id=subject, recipient_id=recipient, purpose=purpose, withdrawn_at=None)
    standing = mine.filter(Q(ends_at=None) | Q(ends_at__gt=at), number__gte=F("agreement__binding_number"))
    have = set(standing.values_list("data_class", flat=True))
    return [each for each in classes if each not in have]
