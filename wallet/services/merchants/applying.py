"""Applying to take the coin: a draft is kept as one goes, submitted once, taken back, and mended where it was sent back."""

from collections.abc import Iterable
from contextlib import AbstractContextManager
from uuid import UUID

import msgspec

from kernel.access import Access, access
from kernel.assurance import AccountLevel, require
from kernel.blind_index import blind_index
from kernel.ids import new_id
from kernel.problems import FieldFault, NotAllowed, _
from kernel.use_case import Act, Key, use_case
from wallet.engine.applications import TERMS, Answers, missing, same_account, same_name, same_telephone
from wallet.engine.hours import is_sound
from wallet.errors import ApplicationIncomplete, ApplicationMoved, HoursUnsound, TermsMoved
from wallet.models import OPEN_STATES, ApplicationAnswers, ApplicationState, ApplicationStep, MerchantApplication
from wallet.selectors.applications import APPLYING, CLASSES, PLACE, MyApplication, answers_in, my_view, own_application
from wallet.selectors.trades import TRADES
from wallet.services.merchants.attaching import forget_of_applications
from wallet.services.merchants.details import check_place
from wallet.services.settlement import check_payout

BRANCH = "wallet.open_branch"
MINE = (ApplicationState.DRAFT, ApplicationState.SENT_BACK)


@use_case("wallet.start_application", status=201)
def start_application(act: Act, *, organisation_id: UUID | None = None) -> MyApplication:
    """Begin a draft, for a new merchant or a further shop of ``organisation_id``. This function will return the draft there is.

    :raises NotAllowed: for another's organisation, and for who acts for another; :raises StepUpRequired: for a guest.
    """
    subject = _applicant(act)
    if organisation_id is not None and not act.principal.may(BRANCH, within=organisation_id):
        raise NotAllowed
    is_branch = organisation_id is not None
    MerchantApplication.objects.bulk_create(
        [
            MerchantApplication(
                id=new_id(act.at), applicant=subject, organisation_id=organisation_id, is_branch=is_branch,
                started_at=act.at,
            )
        ],
        ignore_conflicts=True,
    )  # fmt: skip
    row = MerchantApplication.objects.select_for_update().get(
        applicant=subject, is_branch=is_branch, state=ApplicationState.DRAFT
    )
    if row.organisation_id != organisation_id:
        row.organisation_id = organisation_id
        row.save(update_fields=["organisation_id"])
    with _opened(act) as opened:
        if not ApplicationAnswers.objects.filter(pk=row.pk).exists():
            _keep(opened, row, Answers(), is_new=True)
        return my_view(row, answers_in(opened, row.pk))


@use_case("wallet.save_application")
def save_application(act: Act, *, application_id: UUID, answers: Answers) -> MyApplication:
    """Keep what is written so far. :raises NotFound: for another's; :raises ApplicationMoved: while the city has it, and after."""
    row = _locked(act, application_id, *MINE)
    if row.state == ApplicationState.DRAFT:  # what was submitted once is called so until it is submitted again
        row.shop_name, row.trade = answers.shop_name, answers.trade
        row.save(update_fields=["shop_name", "trade"])
    with _opened(act) as opened:
        _keep(opened, row, answers)
    act.audit(what={"application_id": str(application_id)})
    return my_view(row, answers)


@use_case("wallet.submit_application", key=Key.REQUIRED)
def submit_application(act: Act, *, application_id: UUID, terms: str) -> MyApplication:
    """Send an application to the city, again where it was sent back. From here on the applicant reads it and may take it back.

    :raises NotFound: for another's; :raises ApplicationMoved: where it is with the city, or over; :raises TermsMoved: for other
    terms than today's; :raises ApplicationIncomplete: with each field that is missing or wrong; :raises BankUnknown:
    :raises KanaUnwritable: :raises HoursUnsound: :raises PlaceOutsideTown:
    """
    row = _locked(act, application_id, *MINE)
    if terms != TERMS:
        raise TermsMoved(terms=TERMS)
    with _opened(act) as opened:
        answers = answers_in(opened, row.pk)
    _check(answers, is_branch=row.is_branch, attached=frozenset(row.attachments.values_list("kind", flat=True)))
    row.state, row.terms, row.version, row.submitted_at = ApplicationState.WAITING, terms, row.version + 1, act.at
    row.shop_name, row.trade = answers.shop_name.strip(), answers.trade
    row.name_token = blind_index(same_name(answers.shop_name), f"{PLACE}.name")
    row.telephone_token = blind_index(same_telephone(answers.details.telephone), f"{PLACE}.telephone")
    row.account_token = "" if row.is_branch else blind_index(same_account(answers.payout), f"{PLACE}.account")
    row.save()
    step(act, row)
    return my_view(row, answers)


@use_case("wallet.withdraw_application", key=Key.REQUIRED)
def withdraw_application(act: Act, *, application_id: UUID) -> MyApplication:
    """Take an application back before it is decided. :raises NotFound: for another's; :raises ApplicationMoved: once it is."""
    row = _locked(act, application_id, *OPEN_STATES)
    with _opened(act) as opened:
        answers = answers_in(opened, row.pk)
    take_back(act, [row])
    return my_view(row, answers)


def take_back(act: Act, rows: Iterable[MerchantApplication]) -> None:
    """Withdraw locked applications, forget by what they would be found again, and delete what was attached."""
    withdrawn = list(rows)
    forget_of_applications(act, withdrawn)
    for row in withdrawn:
        row.state = ApplicationState.WITHDRAWN
        row.name_token = row.telephone_token = row.account_token = ""
        row.save()
        step(act, row)


def step(act: Act, row: MerchantApplication, *, why: str = "") -> None:
    """Write down what has just happened to an application."""
    ApplicationStep.objects.create(
        id=new_id(act.at),
        application=row,
        version=row.version,
        state=row.state,
        why=why,
        by=act.principal.actor,
        at=act.at,
    )
    act.audit(what={"application_id": str(row.pk), "state": row.state, "version": row.version}, why=why)


@use_case("wallet.withdraw_of_leaver")
def withdraw_of_leaver(act: Act, *, resident_id: UUID) -> None:
    """Withdraw what somebody who has closed their account had open; what they wrote and attached is gone with their key, and the
    files of what they attached, also to applications that were decided, are deleted.

    :raises NotAllowed: for people: this is the city's machinery's.
    """
    if act.principal.subject is not None or not act.principal.may("wallet.close_account"):
        raise NotAllowed
    rows = MerchantApplication.objects.select_for_update().filter(applicant=resident_id).order_by("id")
    forget_of_applications(act, rows)
    take_back(act, [row for row in rows if row.state in OPEN_STATES])


def _applicant(act: Act) -> UUID:
    subject = act.principal.subject
    if subject is None or subject != act.principal.actor:
        raise NotAllowed
    require(act.principal, at=act.at, account=AccountLevel.SELF_ASSERTED)
    return subject


def _locked(act: Act, application_id: UUID, *states: ApplicationState) -> MerchantApplication:
    _applicant(act)
    row = own_application(MerchantApplication.objects.select_for_update(), act.principal, application_id)
    if row.state not in states:
        raise ApplicationMoved(state=row.state)
    return row


def _opened(act: Act) -> AbstractContextManager[Access]:
    me = act.principal.actor
    return access(purpose=APPLYING, actor=me, subject=me, classes=CLASSES)


def _keep(opened: Access, row: MerchantApplication, answers: Answers, *, is_new: bool = False) -> None:
    sealed = opened.seal(msgspec.json.encode(answers).decode(), PLACE)
    if is_new:
        ApplicationAnswers.objects.create(application=row, resident_id=row.applicant, sealed=sealed)
    else:
        ApplicationAnswers.objects.filter(pk=row.pk).update(sealed=sealed)


def _check(answers: Answers, *, is_branch: bool, attached: frozenset[str]) -> None:
    faults = missing(answers, is_branch=is_branch, trades=frozenset(TRADES), attached=attached)
    if faults:
        raise ApplicationIncomplete(errors=[FieldFault(field, code, _words(field, code)) for field, code in faults])
    if answers.details.hours is not None and not is_sound(answers.details.hours):
        raise HoursUnsound
    check_place(answers.details)
    if not is_branch:
        wish = answers.payout
        check_payout(wish.bank_code, wish.branch_code, wish.account_type, wish.number, wish.holder)


def _words(field: str, code: str) -> str:
    if field.startswith("attachments."):
        return str(_("写真かPDFを入れてください。"))
    return str(_("入力してください。") if code == "required" else _("形式が正しくありません。"))
