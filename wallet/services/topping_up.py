"""Topping up: cash at the city's counter or a shop's till becomes coins, and the city may add a bonus."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from accounts.notifications import Named, Value, in_every_language, names_of
from kernel.ids import new_id
from kernel.problems import NotAllowed
from kernel.use_case import Act, Key, use_case
from wallet.engine.results import TopUpReceipt
from wallet.errors import AccountClosed, AmountInvalid, NoWallet
from wallet.events import ToppedUp
from wallet.messages import COUNTER
from wallet.models import (
    CURRENCY,
    SOURCES,
    Account,
    AccountKind,
    CodeKind,
    JournalKind,
    LotKind,
    QrToken,
    TopUp,
    TopUpKind,
)
from wallet.selectors.codes import customer_code_hash
from wallet.selectors.shops import access_shop_for
from wallet.services import announce, balances, lots
from wallet.services.books import check_amount, new_receipt_number, open_journal, post
from wallet.services.campaigns.funding import draw_from_campaign, let_go_in_campaign
from wallet.services.cash.entering import enter_in_till, lock_own_till
from wallet.services.one_use import lock_code, use_up
from wallet.services.telling import tell_holder

SOURCE_OF = {
    TopUpKind.COUNTER: AccountKind.COUNTER_CASH,
    TopUpKind.SHOP: AccountKind.SHOP_CASH,
    TopUpKind.CARD: AccountKind.CARD,
    TopUpKind.KONBINI: AccountKind.CARD,
    TopUpKind.BANK: AccountKind.BANK,
}


@dataclass(frozen=True)
class Issue:
    """What is issued to whom, and against what; ``bonus_from`` is the budget of a campaign, None for a gift of the city.

    ``is_bonus_held`` where that budget holds the bonus already, since it was promised.
    ``key`` names what it is of, where an act that is about something else brings it.
    """

    kind: TopUpKind
    account_id: UUID
    amount: int
    bonus: int = 0
    bonus_expires_on: date | None = None
    shop_id: UUID | None = None
    code: QrToken | None = None
    bonus_from: UUID | None = None
    is_bonus_held: bool = False
    key: str | None = None


@use_case("wallet.top_up_at_counter", key=Key.REQUIRED, status=201)
def top_up_at_counter(act: Act, *, customer_code: str, amount: int) -> TopUpReceipt:
    """Issue coins against cash at the city's counter, by the customer's own code.

    Where the city has counters, the cash goes into the officer's open till.

    :raises NotAllowed: without the right; :raises TillNotOpen: :raises TillOfAnotherDay: :raises CodeUnknown: :raises CodeUsed:
    :raises CodeExpired: :raises LimitBalance: where more would
        be held than one may.
    """
    check_amount(amount)
    if not act.principal.may("wallet.top_up_at_counter"):
        raise NotAllowed
    till = lock_own_till(act)
    code = lock_code(customer_code_hash(customer_code), CodeKind.CUSTOMER, at=act.at)
    receipt = _bought(act, Issue(TopUpKind.COUNTER, _account(code), amount, code=code), in_every_language(COUNTER))
    enter_in_till(till, TopUp.objects.values_list("journal_id", flat=True).get(pk=receipt.id), amount)
    return receipt


@use_case("wallet.top_up_at_shop", key=Key.REQUIRED, status=201)
def top_up_at_shop(act: Act, *, shop_id: UUID, customer_code: str, amount: int) -> TopUpReceipt:
    """Issue coins against cash at a shop's till; the shop owes the city the cash. Refusals as in :func:`top_up_at_counter`.

    :raises NotFound: for a till that this person may not run.
    """
    check_amount(amount)
    shop = access_shop_for(act.principal, shop_id, "wallet.top_up_at_shop")
    code = lock_code(customer_code_hash(customer_code), CodeKind.CUSTOMER, at=act.at)
    return _bought(act, Issue(TopUpKind.SHOP, _account(code), amount, shop_id=shop.pk, code=code), names_of(shop))


@use_case("wallet.issue_coins", key=Key.REQUIRED, status=201)
def issue_coins(
    act: Act, *, account_id: UUID, amount: int = 0, bonus: int = 0, bonus_expires_on: date | None = None
) -> TopUpReceipt:
    """Issue coins to an account by its id: ``amount`` paid at the counter, ``bonus`` as a gift of the city with its own last day.

    :raises NotAllowed: without the right ``wallet.issue_coins``; :raises LimitBalance: as above.
    """
    for each in (amount, bonus):
        if each != 0:
            check_amount(each)
    if not (amount or bonus):
        raise AmountInvalid
    if not act.principal.may("wallet.issue_coins"):
        raise NotAllowed
    kind = TopUpKind.COUNTER if amount else TopUpKind.GIFT
    return issue_to_account(act, Issue(kind, account_id, amount, bonus, bonus_expires_on))


def _bought(act: Act, issue: Issue, place: Named) -> TopUpReceipt:
    """Issue against cash, and tell the person: it was done by others, with their code."""
    receipt = issue_to_account(act, issue)
    values: dict[str, Value] = {"amount": issue.amount, "place": place}
    tell_holder(act, account_id=issue.account_id, message="wallet.topped_up", values=values, dedupe=receipt.id)
    return receipt


def issue_to_account(act: Act, issue: Issue) -> TopUpReceipt:
    """Issue the coins and write them down, inside an open act. Locks: the balance, then the campaign's.

    :raises NoWallet: :raises AccountClosed: :raises LimitBalance: where more would be held than one may; nothing is written then.
    """
    account = Account.objects.filter(pk=issue.account_id, kind=AccountKind.RESIDENT, currency=CURRENCY).first()
    if account is None:
        raise NoWallet
    if account.closed_at is not None:
        raise AccountClosed
    balances.give_up_to_limit(issue.account_id, issue.amount + issue.bonus)
    if issue.code is not None:
        use_up(issue.code, at=act.at)
    journal = open_journal(act, JournalKind.TOP_UP, key=issue.key)
    if issue.amount:
        post(journal, debit=SOURCES[SOURCE_OF[issue.kind]], credit=account.pk, amount=issue.amount)
        lots.issue(journal, account.pk, LotKind.PAID, issue.amount)
    if issue.bonus:
        if issue.bonus_from is not None and issue.is_bonus_held:
            let_go_in_campaign(issue.bonus_from, issue.bonus, back=0)
        elif issue.bonus_from is not None:
            draw_from_campaign(issue.bonus_from, issue.bonus)
        source = issue.bonus_from or SOURCES[AccountKind.ISSUANCE]
        post(journal, debit=source, credit=account.pk, amount=issue.bonus, line=2)
        lots.issue(journal, account.pk, LotKind.BONUS, issue.bonus, expires_on=issue.bonus_expires_on)
    return _record(act, journal.pk, issue)


def _record(act: Act, journal_id: int, issue: Issue) -> TopUpReceipt:
    row = TopUp.objects.create(
        id=new_id(act.at),
        journal_id=journal_id,
        account_id=issue.account_id,
        shop_id=issue.shop_id,
        kind=issue.kind,
        amount=issue.amount,
        bonus=issue.bonus,
        receipt_number=new_receipt_number(),
        at=act.at,
        qr_token=issue.code,
    )
    act.audit(
        what={"top_up_id": str(row.pk), "account_id": str(row.account_id), "amount": row.amount, "bonus": row.bonus}
    )
    act.emit(
        ToppedUp(
            top_up_id=row.pk,
            account_id=row.account_id,
            shop_id=row.shop_id,
            amount=row.amount,
            bonus=row.bonus,
            currency=CURRENCY,
        )
    )
    act.after_commit(lambda: announce.balance_changed(account_id=row.account_id))
    return TopUpReceipt(
        id=row.pk, receipt_number=row.receipt_number, amount=row.amount + row.bonus, currency=CURRENCY, at=row.at
    )


def _account(code: QrToken) -> UUID:
    assert code.account_id is not None  # noqa: S101 - the shape of a customer's code, checked by the database
    return code.account_id
