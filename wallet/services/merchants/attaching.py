"""Photos and scans beside an application: attached while it is the applicant's, removed with it, and gone when the review is over.

The file is kept before the transaction and its row written in it; where that comes to nothing the file goes at once. A row goes
with the transaction, its file after the commit: what is left of a process that dies between is sealed under a key that nobody has,
and swept a day later (:func:`kernel.files.forget_unnamed`).
"""

from collections.abc import Iterable
from datetime import timedelta
from functools import partial
from hashlib import sha256
from uuid import UUID

from django.db.models import Q

from kernel import files
from kernel.access import access
from kernel.blind_index import blind_index
from kernel.ids import new_id
from kernel.pictures import drawn_anew
from kernel.principal import SYSTEM
from kernel.problems import NotAllowed, NotFound
from kernel.use_case import Act, use_case
from wallet.engine.applications import ATTACHED, MOST_OF_KIND
from wallet.engine.scans import MOST_BYTES, MOST_PIXELS, media_of
from wallet.errors import ApplicationMoved, AttachmentTooLarge, AttachmentUnfit, TooManyAttachments
from wallet.models import ApplicationAttachment, ApplicationState, MerchantApplication
from wallet.selectors.applications import (
    APPLYING,
    ATTACHMENT_KEY,
    CLASSES,
    PLACE,
    MyApplication,
    answers_in,
    my_view,
    own_application,
)

AREA = "wallet.merchant_attachments"
MINE = (ApplicationState.DRAFT, ApplicationState.SENT_BACK)
DECIDED = (ApplicationState.APPROVED, ApplicationState.DECLINED)
KEPT = timedelta(days=30)
IDLE = timedelta(days=180)


def attach_to_application(act: Act, *, application_id: UUID, kind: str, content: bytes) -> MyApplication:
    """Attach a photo or scan. The same one again changes nothing.

    A photo is drawn anew, so that the place where it was taken does not come along; a PDF stays as it is.

    :raises NotFound: for another's application, and a kind that is not asked for; :raises ApplicationMoved: while the city has it,
    and after; :raises AttachmentTooLarge: :raises AttachmentUnfit: :raises TooManyAttachments: where there are three of the kind.
    """
    row = own_application(MerchantApplication.objects.all(), act.principal, application_id)
    if kind not in ATTACHED:
        raise NotFound
    if row.state not in MINE:
        raise ApplicationMoved(state=row.state)
    if len(content) > MOST_BYTES:
        raise AttachmentTooLarge(most=MOST_BYTES)
    media = media_of(content)
    shown = content if media == "application/pdf" else drawn_anew(content, most_pixels=MOST_PIXELS)
    if media is None or shown is None:
        raise AttachmentUnfit
    if len(shown) > MOST_BYTES:
        raise AttachmentTooLarge(most=MOST_BYTES)
    kept = files.keep(AREA, shown)
    try:
        seen = _attach(
            act, application_id=application_id, kind=kind, media=media, size=kept.size, file=kept.name,
            key=kept.key.hex(), token=blind_index(sha256(content).hexdigest(), f"{PLACE}.attachment"),
        )  # fmt: skip
    except BaseException:
        files.forget(kept.name)
        raise
    if not ApplicationAttachment.objects.filter(file=kept.name).exists():
        files.forget(kept.name)
    return seen


@use_case("wallet.attach_to_application", status=201)
def _attach(
    act: Act, *, application_id: UUID, kind: str, media: str, size: int, file: str, key: str, token: str
) -> MyApplication:
    row = _locked(act, application_id)
    same = ApplicationAttachment.objects.filter(application=row, kind=kind)
    me = act.principal.actor
    with access(purpose=APPLYING, actor=me, subject=me, classes=CLASSES) as opened:
        if not same.filter(token=token).exists():
            if same.count() >= MOST_OF_KIND:
                raise TooManyAttachments(most=MOST_OF_KIND)
            ApplicationAttachment.objects.create(
                id=new_id(act.at), application=row, kind=kind, media=media, size=size, token=token, file=file,
                sealed_key=opened.seal(key, ATTACHMENT_KEY), added_at=act.at,
            )  # fmt: skip
        act.audit(what={"application_id": str(application_id), "kind": kind, "bytes": size})
        return my_view(row, answers_in(opened, row.pk))


@use_case("wallet.remove_from_application")
def remove_from_application(act: Act, *, attachment_id: UUID) -> MyApplication:
    """Remove a photo or scan. :raises NotFound: for another's; :raises ApplicationMoved: while the city has it, and after."""
    found = ApplicationAttachment.objects.filter(
        pk=attachment_id, application__applicant=act.principal.actor
    ).values_list("application_id", flat=True)
    application_id = found.first()
    if application_id is None:
        raise NotFound
    row = _locked(act, application_id)
    forget(act, ApplicationAttachment.objects.filter(pk=attachment_id))
    act.audit(what={"application_id": str(application_id), "attachment_id": str(attachment_id)})
    me = act.principal.actor
    with access(purpose=APPLYING, actor=me, subject=me, classes=CLASSES) as opened:
        return my_view(row, answers_in(opened, row.pk))


def forget(act: Act, rows: Iterable[ApplicationAttachment]) -> int:
    """Delete photos and scans, in the act's transaction; the files go once it stands. Return how many."""
    gone = [(row.pk, row.file) for row in rows]
    ApplicationAttachment.objects.filter(pk__in=[key for key, _file in gone]).delete()
    for _key, file in gone:
        act.after_commit(partial(files.forget, file))
    return len(gone)


def forget_of_applications(act: Act, rows: Iterable[MerchantApplication]) -> int:
    """Delete everything that is attached to these applications."""
    return forget(act, ApplicationAttachment.objects.filter(application_id__in=[row.pk for row in rows]))


@use_case("wallet.forget_attachments")
def forget_attachments(act: Act) -> int:
    """Delete what is attached to applications that were decided thirty days ago, and to drafts that lay for half a year.

    Who was declined may ask why in the meantime, and the city may look again. :raises NotAllowed: for people: this is the city's
    machinery's.
    """
    if act.principal != SYSTEM:
        raise NotAllowed
    decided = Q(application__state__in=DECIDED, application__decided_at__lt=act.at - KEPT)
    idle = Q(application__state=ApplicationState.DRAFT, added_at__lt=act.at - IDLE)
    count = forget(act, ApplicationAttachment.objects.filter(decided | idle))
    act.audit(what={"count": count})
    return count


def _locked(act: Act, application_id: UUID) -> MerchantApplication:
    row = own_application(MerchantApplication.objects.select_for_update(), act.principal, application_id)
    if row.state not in MINE:
        raise ApplicationMoved(state=row.state)
    return row
