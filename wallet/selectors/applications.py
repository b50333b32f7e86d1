"""Applications as their applicants see them, and as an officer does who reviews them."""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime, timedelta
from uuid import UUID

import msgspec
from django.db.models import Q, QuerySet

from kernel import files
from kernel.access import Access, access
from kernel.principal import Principal
from kernel.problems import NotAllowed, NotFound
from wallet.engine.applications import (
    ATTACHED,
    TERMS,
    Answers,
    Attached,
    attachments_needed,
    same_name,
    same_telephone,
)
from wallet.engine.scans import ENDINGS
from wallet.models import (
    ApplicationAnswers,
    ApplicationAttachment,
    ApplicationState,
    AttachmentKind,
    MerchantApplication,
    Shop,
)
from wallet.selectors.banks import branch_names
from wallet.selectors.trades import TRADES

REVIEW = "wallet.review_merchants"
REVIEWING, APPLYING = "wallet.review_merchant", "wallet.my_application"
PLACE = "wallet.merchant_application"
ATTACHMENT_KEY = "wallet.merchant_attachment"
CLASSES = ["merchant"]
MOST = 50


class StepView(msgspec.Struct, frozen=True):
    """What happened to an application, and when; ``why`` is for the applicant."""

    state: str
    why: str
    at: datetime


class TradeView(msgspec.Struct, frozen=True):
    """A trade to choose: its code and what people call it."""

    code: str
    words: str


class AttachmentView(msgspec.Struct, frozen=True):
    """A photo or scan that is attached: what it shows, what it is, and how many bytes."""

    id: UUID
    kind: str
    media: str
    size: int
    added_at: datetime


class AttachmentAsked(msgspec.Struct, frozen=True):
    """A kind of document that may be attached, and whether the application cannot be sent without one."""

    kind: str
    is_required: bool


class OpenedAttachment(msgspec.Struct, frozen=True):
    """A photo or scan, opened: what to call it, what it is, and its bytes."""

    name: str
    media: str
    content: bytes


class MyApplication(msgspec.Struct, frozen=True):
    """One's own application: what was written and attached, where it stands, what happened."""

    id: UUID
    state: str
    is_branch: bool
    organisation_id: UUID | None
    shop_id: UUID | None
    answers: Answers
    bank_name: str
    branch_name: str
    started_at: datetime
    submitted_at: datetime | None
    steps: list[StepView]
    attachments: list[AttachmentView]
    attachments_asked: list[AttachmentAsked]


class ApplicationLine(msgspec.Struct, frozen=True):
    """One's own application in a list."""

    id: UUID
    state: str
    is_branch: bool
    shop_name: str
    started_at: datetime
    submitted_at: datetime | None


class MyApplications(msgspec.Struct, frozen=True):
    """One's own applications, the newest first; the terms to agree to, and the trades to choose from."""

    results: list[ApplicationLine]
    terms: str
    trades: list[TradeView]


class QueueLine(msgspec.Struct, frozen=True):
    """An application that waits, and for how many days."""

    row: MerchantApplication
    days: int


class Doubt(msgspec.Struct, frozen=True):
    """Something of an application that is known from elsewhere: ``what`` (name, telephone, account), and where."""

    what: str
    where: str


def applications_of(principal: Principal) -> MyApplications:
    """Return one's own applications."""
    rows = MerchantApplication.objects.filter(applicant=principal.actor).order_by("-started_at", "-id")[:MOST]
    lines = [
        ApplicationLine(row.pk, row.state, row.is_branch, row.shop_name, row.started_at, row.submitted_at)
        for row in rows
    ]
    trades = [TradeView(code, str(words)) for code, words in TRADES.items()]
    return MyApplications(lines, TERMS, trades)


def application_facts(resident_id: UUID) -> list[MyApplication]:
    """Return everything that somebody applied for, read with them as actor; nothing is opened where there is nothing."""
    rows = list(MerchantApplication.objects.filter(applicant=resident_id).order_by("started_at", "id"))
    if not rows:
        return []
    with access(purpose="wallet.my_export", actor=resident_id, subject=resident_id, classes=CLASSES) as opened:
        return [my_view(row, answers_in(opened, row.pk)) for row in rows]


def own_application(rows: "QuerySet[MerchantApplication]", principal: Principal, key: UUID) -> MerchantApplication:
    """Return one's own application from these rows (locked, for who changes it); :raises NotFound: for another's."""
    row = rows.filter(pk=key, applicant=principal.actor).first()
    if row is None:
        raise NotFound
    return row


def access_application_for(principal: Principal, application_id: UUID) -> MyApplication:
    """Return one's own application whole; :raises NotFound: for another's."""
    row = own_application(MerchantApplication.objects.all(), principal, application_id)
    with access(purpose=APPLYING, actor=principal.actor, subject=row.applicant, classes=CLASSES) as opened:
        return my_view(row, answers_in(opened, row.pk))


def my_view(row: MerchantApplication, answers: Answers) -> MyApplication:
    """Return an application as its applicant sees it."""
    names = branch_names(answers.payout.bank_code, answers.payout.branch_code)
    return MyApplication(
        id=row.pk, state=row.state, is_branch=row.is_branch, organisation_id=row.organisation_id, shop_id=row.shop_id,
        answers=answers, bank_name=names.bank_name if names else "", branch_name=names.branch_name if names else "",
        started_at=row.started_at, submitted_at=row.submitted_at,
        steps=step_views(row), attachments=attachments_of(row), attachments_asked=_asked(answers, row.is_branch),
    )  # fmt: skip


def attachments_of(row: MerchantApplication) -> list[AttachmentView]:
    """Return what is attached, in the order in which it is asked for."""
    rows = row.attachments.order_by("added_at", "id")
    views = [AttachmentView(each.pk, each.kind, each.media, each.size, each.added_at) for each in rows]
    places: dict[str, int] = {kind: place for place, kind in enumerate(ATTACHED)}
    return sorted(views, key=lambda each: places[each.kind])


def _asked(answers: Answers, is_branch: bool) -> list[AttachmentAsked]:  # noqa: FBT001
    needed = attachments_needed(answers.trade, is_branch=is_branch)
    kinds: tuple[Attached, ...] = ("licence", "other") if is_branch else ATTACHED
    return [AttachmentAsked(kind, kind in needed) for kind in kinds]


def access_attachment_for(principal: Principal, attachment_id: UUID) -> OpenedAttachment:
    """Return a photo or scan of one's own application; :raises NotFound: for another's, and one that is gone."""
    row = ApplicationAttachment.objects.filter(pk=attachment_id, application__applicant=principal.actor).first()
    if row is None:
        raise NotFound
    with access(purpose=APPLYING, actor=principal.actor, subject=principal.actor, classes=CLASSES) as opened:
        return attachment_in(opened, row)


def attachment_in(opened: Access, row: ApplicationAttachment) -> OpenedAttachment:
    """Return what a photo or scan shows, inside an access to its applicant; :raises NotFound: where the file is gone."""
    key = bytes.fromhex(opened.unseal(bytes(row.sealed_key), ATTACHMENT_KEY))
    try:
        content = b"".join(files.read(row.file, key))
    except FileNotFoundError:
        raise NotFound from None
    return OpenedAttachment(f"{row.kind}-{str(row.pk)[-4:]}.{ENDINGS[row.media]}", row.media, content)


def attachment_files(resident_id: UUID) -> Iterator[tuple[str, OpenedAttachment]]:
    """Yield everything that somebody attached, each with its application's id, read with them as actor, one file at a time."""
    rows = ApplicationAttachment.objects.filter(application__applicant=resident_id).order_by("added_at", "id")
    for row in rows:
        with access(purpose="wallet.my_export", actor=resident_id, subject=resident_id, classes=CLASSES) as opened:
            yield str(row.application_id), attachment_in(opened, row)


def named_attachments(names: Collection[str]) -> Iterable[str]:
    """Return which of these files are photos and scans of an application."""
    return ApplicationAttachment.objects.filter(file__in=names).values_list("file", flat=True)


def step_views(row: MerchantApplication) -> list[StepView]:
    """Return what happened, in order."""
    return [StepView(each.state, each.why, each.at) for each in row.steps.order_by("at", "id")]


def answers_in(opened: Access, application_id: UUID) -> Answers:
    """Return what stands sealed, inside an access to its applicant."""
    sealed = ApplicationAnswers.objects.get(pk=application_id).sealed
    return msgspec.json.decode(opened.unseal(bytes(sealed), PLACE), type=Answers)


def state_in_words(state: str) -> str:
    """Return what officers call a state."""
    return str(ApplicationState(state).label)


def attachment_in_words(kind: str) -> str:
    """Return what officers call a kind of document."""
    return str(AttachmentKind(kind).label)


def waiting_applications(*, at: datetime) -> list[QueueLine]:
    """Return what waits, oldest first."""
    rows = MerchantApplication.objects.filter(state=ApplicationState.WAITING).order_by("submitted_at", "id")[:200]
    return [QueueLine(row, (at - (row.submitted_at or at)) // timedelta(days=1)) for row in rows]


def decided_applications() -> list[MerchantApplication]:
    """Return what was answered last."""
    answered = [ApplicationState.SENT_BACK, ApplicationState.APPROVED, ApplicationState.DECLINED]
    rows = MerchantApplication.objects.filter(state__in=answered)
    return list(rows.order_by("-submitted_at", "-id")[:30])


def application_to_review(principal: Principal, application_id: UUID) -> MerchantApplication:
    """Return a submitted application to an officer; :raises NotAllowed: without the right; :raises NotFound: for a draft."""
    if not principal.may(REVIEW):
        raise NotAllowed
    row = MerchantApplication.objects.filter(pk=application_id, submitted_at__isnull=False).first()
    if row is None:
        raise NotFound
    return row


def doubts_about(row: MerchantApplication, answers: Answers) -> list[Doubt]:
    """Return where the same name, telephone or account stands already: in other applications and in the register of shops."""
    tokens = {"name": row.name_token, "telephone": row.telephone_token, "account": row.account_token}
    same = Q(*[(f"{what}_token", token) for what, token in tokens.items() if token], _connector=Q.OR)
    others = MerchantApplication.objects.filter(same, submitted_at__isnull=False).exclude(pk=row.pk) if same else []
    found = [
        Doubt(what, f"{other.shop_name} ({other.get_state_display()})")
        for other in others
        for what, token in tokens.items()
        if token and getattr(other, f"{what}_token") == token
    ]
    shops = Shop.objects.order_by("name", "id").only("name", "telephone")
    if row.shop_id is not None:
        shops = shops.exclude(pk=row.shop_id)
    return [*found, *_in_register(shops, answers)]


def _in_register(shops: Iterable[Shop], answers: Answers) -> list[Doubt]:
    name, telephone = same_name(answers.shop_name), same_telephone(answers.details.telephone)
    rows = list(shops)
    named = [Doubt("name", shop.name) for shop in rows if same_name(shop.name) == name]
    called = [
        Doubt("telephone", shop.name) for shop in rows if telephone and same_telephone(shop.telephone) == telephone
    ]
    return named + called
