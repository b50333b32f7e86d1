"""Reviewing applications: one officer answers each version, and an approval makes everything that a shop needs, or nothing."""

from contextlib import AbstractContextManager
from datetime import datetime
from uuid import UUID

import msgspec

from accounts import services as accounts
from accounts.notifications import Value, notify
from accounts.selectors import reader_names
from kernel.access import Access, access
from kernel.problems import NotAllowed, NotFound
from kernel.use_case import Act, Key, use_case
from wallet.engine.applications import Answers
from wallet.errors import AnotherOfficerNeeded, ApplicationMoved
from wallet.models import ApplicationState, MerchantApplication, PayoutAccount, Shop
from wallet.selectors.applications import (
    CLASSES,
    REVIEW,
    REVIEWING,
    AttachmentView,
    Doubt,
    OpenedAttachment,
    StepView,
    answers_in,
    application_to_review,
    attachment_in,
    attachments_of,
    doubts_about,
    step_views,
)
from wallet.selectors.trades import trade_in_words
from wallet.services.codes import make_shop_code
from wallet.services.merchants.applying import step
from wallet.services.merchants.details import write_details
from wallet.services.opening import register_shop
from wallet.services.settlement import details_of, name_payout

MANAGER = "merchant.manager"


class Answered(msgspec.Struct, frozen=True):
    """What an officer decided, and the shop that came of it."""

    id: UUID
    state: str
    shop_id: UUID | None


class ApplicationFile(msgspec.Struct, frozen=True):
    """An application as an officer reads it: everything written, what is known from elsewhere, what happened."""

    state: str
    version: int
    is_branch: bool
    submitted_at: datetime | None
    terms: str
    answers: Answers
    trade: str
    doubts: list[Doubt]
    steps: list[StepView]
    attachments: list[AttachmentView]


@use_case("wallet.look_at_application")
def look_at_application(act: Act, *, application_id: UUID, why: str) -> ApplicationFile:
    """Open an application for an officer; the applicant sees in their access log that it was read, and why.

    :raises NotAllowed: without the right; :raises NotFound: for a draft.
    """
    row = application_to_review(act.principal, application_id)
    answers = _read(act, row, why)
    act.audit(subject=row.applicant, what={"application_id": str(application_id)}, why=why)
    return ApplicationFile(
        state=row.state, version=row.version, is_branch=row.is_branch, submitted_at=row.submitted_at, terms=row.terms,
        answers=answers, trade=trade_in_words(answers.trade), steps=step_views(row),
        doubts=[*doubts_about(row, answers), *_paid_there(row, answers)], attachments=attachments_of(row),
    )  # fmt: skip


@use_case("wallet.look_at_attachment")
def look_at_attachment(act: Act, *, application_id: UUID, attachment_id: UUID, why: str) -> OpenedAttachment:
    """Open a photo or scan of an application for an officer; each look stands in the applicant's access log.

    :raises NotAllowed: without the right; :raises NotFound: for a draft's, and one that is removed.
    """
    row = application_to_review(act.principal, application_id)
    paper = row.attachments.filter(pk=attachment_id).first()
    if paper is None:
        raise NotFound
    what = {"application_id": str(application_id), "attachment_id": str(attachment_id)}
    act.audit(subject=row.applicant, what=what, why=why)
    with _opened(act, row, why) as opened:
        return attachment_in(opened, paper)


@use_case("wallet.send_application_back", key=Key.REQUIRED)
def send_application_back(act: Act, *, application_id: UUID, version: int, why: str) -> Answered:
    """Ask the applicant for more. Refusals as in :func:`approve_application`."""
    row = _locked(act, application_id, version)
    row.state = ApplicationState.SENT_BACK
    return _answer(act, row, "wallet.merchant_sent_back", why=why)


@use_case("wallet.decline_application", key=Key.REQUIRED)
def decline_application(act: Act, *, application_id: UUID, version: int, why: str) -> Answered:
    """Decline, with the reason that the applicant reads. Refusals as in :func:`approve_application`."""
    row = _locked(act, application_id, version)
    row.state, row.decided_by, row.decided_at = ApplicationState.DECLINED, act.principal.actor, act.at
    return _answer(act, row, "wallet.merchant_declined", why=why)


@use_case("wallet.approve_application", key=Key.REQUIRED)
def approve_application(act: Act, *, application_id: UUID, version: int, why: str = "") -> Answered:
    """Approve: organisation, shop with account, code and details, the applicant as manager, the account for payouts as they named
    it, and word to them, all in this transaction. ``version`` is the one that the officer has read. Locks: key, application.

    :raises NotAllowed: without the right; :raises NotFound: :raises ApplicationMoved: where another officer, or the applicant, was
    first; :raises AnotherOfficerNeeded: for one's own; :raises BankUnknown: where the bank is gone meanwhile.
    """
    row = _locked(act, application_id, version)
    answers = _read(act, row, why or "approval")
    if row.organisation_id is None:
        row.organisation_id = accounts.found_organisation(
            act, name=answers.shop_name, name_en=answers.shop_name_en, kind="merchant"
        ).id
        accounts.appoint(act, organisation_id=row.organisation_id, resident_id=row.applicant, role=MANAGER, why=why)
        wish = answers.payout
        name_payout(
            act, row.organisation_id, wish.bank_code, wish.branch_code, wish.account_type, wish.number, wish.holder,
            named_by=row.applicant,
        )  # fmt: skip
    row.shop = _shop(act, row.organisation_id, answers)
    row.state, row.decided_by, row.decided_at = ApplicationState.APPROVED, act.principal.actor, act.at
    return _answer(act, row, "wallet.merchant_approved", why=why)


def _shop(act: Act, organisation_id: UUID, answers: Answers) -> Shop:
    shop = register_shop(
        act, organisation_id=organisation_id, name=answers.shop_name, name_en=answers.shop_name_en,
        name_kana=answers.shop_name_kana, trade=answers.trade, district=answers.district,
    )  # fmt: skip
    write_details(shop, answers.details)
    make_shop_code(act, shop)
    return shop


def _locked(act: Act, application_id: UUID, version: int) -> MerchantApplication:
    if not act.principal.may(REVIEW):
        raise NotAllowed
    row = MerchantApplication.objects.select_for_update().filter(pk=application_id).first()
    if row is None or row.submitted_at is None:
        raise NotFound
    if row.state != ApplicationState.WAITING or row.version != version:
        raise ApplicationMoved(state=row.state)
    if row.applicant == act.principal.actor:
        raise AnotherOfficerNeeded
    return row


def _paid_there(row: MerchantApplication, answers: Answers) -> list[Doubt]:
    """Return which other merchants named the same account; of those whose number ends alike, the sealed one is compared."""
    wish = answers.payout
    if row.is_branch:
        return []
    same = {"bank_code": wish.bank_code, "branch_code": wish.branch_code, "account_type": wish.account_type}
    number = wish.number.zfill(7)
    rows = PayoutAccount.objects.filter(**same, number_end=number[-2:])
    if row.organisation_id is not None:
        rows = rows.exclude(organisation_id=row.organisation_id)
    owners = {each.organisation_id for each in rows.order_by("id") if details_of(each).number == number}
    return [Doubt("account", name) for name in sorted(reader_names(owners).values())]


def _read(act: Act, row: MerchantApplication, why: str) -> Answers:
    with _opened(act, row, why) as opened:
        return answers_in(opened, row.pk)


def _opened(act: Act, row: MerchantApplication, why: str) -> AbstractContextManager[Access]:
    return access(purpose=REVIEWING, actor=act.principal.actor, subject=row.applicant, classes=CLASSES, reason=why)


def _answer(act: Act, row: MerchantApplication, message: str, *, why: str) -> Answered:
    row.save()
    step(act, row, why=why)
    values: dict[str, Value] = {"shop": row.shop_name}
    if row.state != ApplicationState.APPROVED:
        values |= {"why": why, "application": str(row.pk)}
    notify(act, to=row.applicant, message=message, values=values, dedupe=f"{row.pk}/{row.version}/{row.state}")
    return Answered(id=row.pk, state=row.state, shop_id=row.shop_id)
