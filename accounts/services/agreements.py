"""What recipients ask people to agree to: published word for word, never changed, chained by digest."""

import hashlib
from uuid import UUID

import msgspec
import rfc8785

from accounts.engine.agreements import Terms, differences, faults
from accounts.engine.wording import Value
from accounts.errors import NotChanged, OrganisationClosed, TermsInvalid
from accounts.models import Agreement, Organisation, Revision
from accounts.selectors.agreements import data_classes, terms_of, titles_of
from accounts.selectors.audiences import deciding_for, left_behind_by
from accounts.services.notices import broadcast
from accounts.services.notices.naming import names_of
from kernel.ids import new_id
from kernel.problems import FieldFault, NotAllowed, NotFound, _
from kernel.use_case import Act, use_case

FIRST = b""


class Published(msgspec.Struct, frozen=True):
    """The new version; ``is_wider`` says that everybody is asked again."""

    agreement_id: UUID
    revision_id: UUID
    number: int
    digest: str
    is_wider: bool


@use_case("accounts.publish_agreement", status=201)
def publish_agreement(
    act: Act, *, recipient_id: UUID, purpose: str, terms: Terms, is_wording: bool = False, why: str = ""
) -> Published:
    """Publish the first or a new version of what ``recipient`` asks for ``purpose``.

    Who said yes to a version that asked for less is not bound by the new one, and no longer read: they are told, and asked again.

    :raises NotAllowed: without the right; :raises NotFound: for an unknown recipient; :raises OrganisationClosed: for one that is
    no more; :raises TermsInvalid: where words or classes are missing; :raises NotChanged: where nothing is new.
    """
    if not act.principal.may("accounts.publish_agreement"):
        raise NotAllowed
    sentence = str(_("入力内容をご確認ください。"))
    wrong = [FieldFault(field=field, code=code, message=sentence) for field, code in faults(terms, data_classes())]
    if wrong:
        raise TermsInvalid(errors=wrong)
    recipient = Organisation.objects.select_for_update().filter(pk=recipient_id).first()
    if recipient is None:
        raise NotFound
    if recipient.closed_at is not None:
        raise OrganisationClosed
    published = write_terms(act, recipient=recipient, purpose=purpose, terms=terms, is_wording=is_wording)
    what = {"agreement": str(published.agreement_id), "number": published.number, "is_wider": published.is_wider}
    act.audit(what=what | {"is_wording": is_wording}, why=why)
    return published


def write_terms(
    act: Act, *, recipient: Organisation, purpose: str, terms: Terms, is_wording: bool = False
) -> Published:
    """Write a version down, inside a use case that has checked who may; :raises NotChanged: where nothing is new."""
    agreement = _agreement(act, recipient, purpose)
    latest = agreement.revisions.order_by("-number").first()
    if latest is not None and terms_of(latest) == terms:
        raise NotChanged
    changed = differences(terms_of(latest), terms, is_wording=is_wording) if latest else []
    is_wider = latest is None or any(each.widens for each in changed)
    revision = _write(act, agreement, latest, terms)
    if is_wider:
        agreement.binding_number = revision.number
        agreement.save(update_fields=["binding_number"])
    if is_wider and latest is not None:
        _ask_anew(act, agreement, revision)
    return Published(
        agreement_id=agreement.id,
        revision_id=revision.id,
        number=revision.number,
        digest=revision.digest.hex(),
        is_wider=is_wider,
    )


@use_case("accounts.close_agreement")
def close_agreement(act: Act, *, agreement_id: UUID, why: str = "") -> None:
    """Ask for it no more; whoever said yes is read no longer.

    :raises NotAllowed: without the right; :raises NotFound: where it is unknown or closed.
    """
    if not act.principal.may("accounts.publish_agreement"):
        raise NotAllowed
    agreement = Agreement.objects.select_for_update().filter(pk=agreement_id, closed_at=None).first()
    if agreement is None:
        raise NotFound
    agreement.closed_at = act.at
    agreement.save(update_fields=["closed_at"])
    act.audit(what={"agreement": str(agreement_id)}, why=why)


def _agreement(act: Act, recipient: Organisation, purpose: str) -> Agreement:
    """Return the recipient's agreement for this purpose, locked, and a new one where there is none."""
    found = Agreement.objects.select_for_update().filter(recipient=recipient, purpose=purpose).first()
    return found or Agreement.objects.create(id=new_id(act.at), recipient=recipient, purpose=purpose, created_at=act.at)


def _ask_anew(act: Act, agreement: Agreement, revision: Revision) -> None:
    """Have everybody told whose yes is left behind, and who decides for them; workers do it, however many they are."""
    values: dict[str, Value] = {"recipient": names_of(agreement.recipient), "title": titles_of(revision)}
    own = values | {"agreement": str(agreement.pk)}
    behind, deciding, dedupe = left_behind_by(agreement.pk), deciding_for(agreement.pk), str(revision.pk)
    broadcast(act, message="accounts.agreement_wider", values=own, audience=behind, dedupe=dedupe)
    broadcast(act, message="accounts.agreement_wider_for_ward", values=values, audience=deciding, dedupe=dedupe)


def _write(act: Act, agreement: Agreement, latest: Revision | None, terms: Terms) -> Revision:
    number = latest.number + 1 if latest else 1
    previous = bytes(latest.digest) if latest else FIRST
    recipient = agreement.recipient
    document = rfc8785.dumps(
        {
            "agreement": str(agreement.id),
            "number": number,
            "previous": previous.hex(),
            "published_at": act.at.isoformat(),
            "purpose": agreement.purpose,
            "recipient": {"id": str(recipient.id), "name": recipient.name, "name_en": recipient.name_en},
            "terms": msgspec.to_builtins(terms),
        }
    )
    return Revision.objects.create(
        id=new_id(act.at),
        agreement=agreement,
        number=number,
        document=document.decode(),
        digest=hashlib.sha256(document).digest(),
        previous_digest=previous,
        published_at=act.at,
        published_by=act.principal.actor,
    )
