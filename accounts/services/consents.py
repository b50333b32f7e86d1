"""Yes, and no more: grants are given, and withdrawn within the second."""

from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

import msgspec
import rfc8785

from accounts.engine.agreements import Terms
from accounts.engine.wording import Value
from accounts.errors import AgreementMoved, ClassNotAsked, GuardianDecides, NotForDelegates
from accounts.events import ConsentGiven, ConsentWithdrawn
from accounts.messages import ROLES
from accounts.models import Grant, Mandate, Resident, Revision
from accounts.selectors.agreements import newest_revision, terms_of, titles_of
from accounts.selectors.mandates import DECIDES, live_mandates
from accounts.selectors.receipts import RECEIPT_TYPE, receipt_of
from accounts.services.notices import notify
from accounts.services.notices.naming import in_every_language, names_of
from kernel import signing
from kernel.access import end_accesses
from kernel.ids import new_id
from kernel.problems import NotFound
from kernel.use_case import Act, Key, use_case

SERVICE = "accounts"  # the service in which a delegate sees and takes back what was agreed to


class Given(msgspec.Struct, frozen=True):
    """The grants that now stand, one for each class."""

    grants: list[UUID]


class Withdrawn(msgspec.Struct, frozen=True):
    """How many grants ended."""

    grants: int


@use_case("accounts.give_consent", key=Key.REQUIRED, status=201)
def give_consent(act: Act, *, revision_id: UUID, classes: list[str]) -> Given:
    """Say yes to the words of one version, for some of the classes it asks for; earlier yeses to the same are replaced.

    Locks the person's row. A parent or guardian says yes for who is in their care, and that yes ends when their right ends.

    :raises NotFound: for an unknown version; :raises AgreementMoved: where a newer one has come meanwhile;
    :raises ClassNotAsked: for a class that it does not ask for; :raises GuardianDecides: for a minor under parental authority;
    :raises NotForDelegates: for family and care managers.
    """
    subject, mandate = _whose_yes(act)
    asked = Revision.objects.select_related("agreement").filter(pk=revision_id).first()
    if asked is None or asked.agreement.closed_at is not None:
        raise NotFound
    newest = newest_revision(asked.agreement_id)
    if newest.id != asked.id:
        raise AgreementMoved(revision_id=str(newest.id))
    terms = terms_of(newest)
    if not classes or not set(classes) <= set(terms.classes):
        raise ClassNotAsked(asked=terms.classes)
    Resident.objects.select_for_update().get(pk=subject)
    grants = [
        _grant(act, subject, newest, each, mandate, _end(act.at, terms, mandate)) for each in sorted(set(classes))
    ]
    replaced = Grant.objects.filter(subject_id=subject, agreement_id=newest.agreement_id, withdrawn_at=None)
    replaced.filter(data_class__in=classes).update(withdrawn_at=act.at, withdrawn_by=act.principal.actor)
    Grant.objects.bulk_create(grants)
    act.audit(
        subject=subject, what={"agreement": str(newest.agreement_id), "number": newest.number, "classes": classes}
    )
    if mandate is not None:
        _tell(act, mandate, newest, "accounts.consent_given_for_you", dedupe=str(grants[0].id))
    act.emit(ConsentGiven(subject_id=subject, agreement_id=newest.agreement_id, grants=[each.id for each in grants]))
    return Given(grants=[each.id for each in grants])


@use_case("accounts.withdraw_consent")
def withdraw_consent(act: Act, *, agreement_id: UUID, classes: list[str] | None = None) -> Withdrawn:
    """Take the yes to an agreement back, for all or some classes. When this function returns, nobody reads by it any more.

    :raises NotFound: where the person said no yes to it that still stands.
    """
    subject = act.principal.subject
    if subject is None:
        raise NotFound
    return _withdraw(act, subject, {"agreement_id": agreement_id} | ({"data_class__in": classes} if classes else {}))


def withdraw_for_purpose(act: Act, *, subject: UUID, recipient_id: UUID, purpose: str) -> Withdrawn:
    """Take every yes to one recipient for one purpose back, inside the use case that ends what it was for."""
    return _withdraw(act, subject, {"recipient_id": recipient_id, "purpose": purpose}, is_needed=False)


def withdraw_everything(act: Act, *, subject: UUID) -> Withdrawn:
    """Take every yes back, inside the use case by which the person goes."""
    return _withdraw(act, subject, {}, is_needed=False)


def _withdraw(act: Act, subject: UUID, which: dict[str, object], *, is_needed: bool = True) -> Withdrawn:
    Resident.objects.select_for_update().filter(pk=subject).first()
    standing = Grant.objects.filter(subject_id=subject, withdrawn_at=None, **which)
    ended = list(standing.values_list("id", "agreement_id", "recipient_id", "data_class"))
    if not ended and is_needed:
        raise NotFound
    standing.update(withdrawn_at=act.at, withdrawn_by=act.principal.actor)
    act.after_commit(partial(end_accesses, subject))
    act.audit(subject=subject, what={"grants": [str(grant) for grant, *_rest in ended]})
    for grant, agreement, recipient, data_class in ended:
        act.emit(
            ConsentWithdrawn(
                subject_id=subject,
                grant_id=grant,
                agreement_id=agreement,
                recipient_id=recipient,
                data_class=data_class,
            )
        )
    if ended and subject != act.principal.actor:
        _tell_of_withdrawal(act, subject, agreement_id=ended[0][1], dedupe=str(ended[0][0]))
    return Withdrawn(grants=len(ended))


def _tell_of_withdrawal(act: Act, subject: UUID, *, agreement_id: UUID, dedupe: str) -> None:
    held = live_mandates(at=act.at).filter(principal_id=subject, delegate_id=act.principal.actor)
    mandate = held.filter(scopes__contains=[SERVICE]).order_by("id").first()
    revisions = Revision.objects.filter(agreement_id=agreement_id).select_related("agreement__recipient")
    newest = revisions.order_by("-number").first()
    if mandate is not None and newest is not None:
        _tell(act, mandate, newest, "accounts.consent_withdrawn_for_you", dedupe=dedupe)


def _tell(act: Act, mandate: Mandate, revision: Revision, message: str, *, dedupe: str) -> None:
    """Tell a person what their delegate decided for them, by what the delegate is to them: a name is not theirs to give away."""
    values: dict[str, Value] = {
        "role": in_every_language(ROLES[mandate.role]),
        "recipient": names_of(revision.agreement.recipient),
        "title": titles_of(revision),
        "agreement": str(revision.agreement_id),
    }
    notify(act, to=mandate.principal_id, message=message, values=values, dedupe=dedupe)


def _whose_yes(act: Act) -> tuple[UUID, Mandate | None]:
    """Return for whom the yes is said, and by which right where it is somebody else's."""
    subject = act.principal.subject
    if subject is None:
        raise NotFound
    if subject != act.principal.actor:
        held = live_mandates(at=act.at).filter(principal_id=subject, delegate_id=act.principal.actor, role__in=DECIDES)
        mandate = held.order_by("id").first()
        if mandate is None:
            raise NotForDelegates
        return subject, mandate
    if live_mandates(at=act.at).filter(principal_id=subject, role="parent").exists():
        raise GuardianDecides
    return subject, None


def _end(at: datetime, terms: Terms, mandate: Mandate | None) -> datetime | None:
    ends = [at + timedelta(days=terms.lasts_days)] if terms.lasts_days else []
    if mandate is not None and mandate.ends_at is not None:
        ends.append(mandate.ends_at)
    return min(ends, default=None)


def _grant(
    act: Act, subject: UUID, revision: Revision, data_class: str, mandate: Mandate | None, ends_at: datetime | None
) -> Grant:
    grant = Grant(
        id=new_id(act.at),
        subject_id=subject,
        revision=revision,
        agreement_id=revision.agreement_id,
        recipient_id=revision.agreement.recipient_id,
        purpose=revision.agreement.purpose,
        data_class=data_class,
        number=revision.number,
        given_at=act.at,
        given_by=act.principal.actor,
        mandate=mandate,
        ends_at=ends_at,
    )
    grant.receipt = signing.sign("consent", rfc8785.dumps(receipt_of(grant, revision)), typ=RECEIPT_TYPE)
    return grant
