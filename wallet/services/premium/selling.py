"""Selling coins with a bonus against cash, at the city's counter and at tills; and taking a sale back whole.

Paid coins and bonus are lots of their own from the first yen to the last: the paid ones live as all coins do, the bonus until
the day that was announced.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import msgspec

from accounts.notifications import Named, Value, in_every_language, names_of
from kernel.clock import jst_date
from kernel.ids import new_id
from kernel.problems import NotAllowed, NotFound
from kernel.use_case import Act, Key, use_case
from wallet.engine.lots import Move
from wallet.engine.premium import bonus_of
from wallet.errors import PremiumNotVoidable
from wallet.messages import COUNTER
from wallet.models import (
    CURRENCY,
    SOURCES,
    AccountKind,
    CodeKind,
    JournalKind,
    Lot,
    Premium,
    PremiumPurchase,
    PremiumVoid,
    QrToken,
    TopUp,
    TopUpKind,
)
from wallet.selectors.codes import customer_code_hash
from wallet.selectors.shops import access_shop_for, check_till
from wallet.services import announce, balances, lots
from wallet.services.books import open_journal, post
from wallet.services.campaigns import give_back_to_campaign
from wallet.services.cash import enter_in_till, lock_own_till
from wallet.services.one_use import lock_code
from wallet.services.premium.claiming import claim_units, note_purchase, priced_premium, release_units
from wallet.services.premium.making import locked_premium
from wallet.services.telling import tell_holder
from wallet.services.topping_up import Issue, issue_to_account

AT_COUNTER, AT_SHOP = "wallet.top_up_at_counter", "wallet.top_up_at_shop"


class PremiumSale(msgspec.Struct, frozen=True):
    """So many units were sold: what was paid, what was given beside it, and until when the gift lives."""

    id: UUID
    premium_id: UUID
    receipt_number: str
    units: int
    paid: int
    bonus: int
    bonus_last_day: date
    currency: str
    at: datetime
    is_void: bool


@dataclass(frozen=True)
class _Sale:
    """Who buys how much of what, where."""

    premium_id: UUID
    account_id: UUID
    units: int
    amount: int
    code: QrToken
    place: Named
    shop_id: UUID | None = None


@use_case("wallet.sell_premium_at_counter", key=Key.REQUIRED, status=201)
def sell_premium_at_counter(act: Act, *, premium_id: UUID, customer_code: str, units: int, amount: int) -> PremiumSale:
    """Sell units at the city's counter, by the customer's own code; ``amount`` is the cash that is taken for them.

    Locks: the key, the officer's till, the code, the campaign, the buyer's balance, the budget.

    :raises NotAllowed: without the right; :raises TillNotOpen: :raises TillOfAnotherDay: :raises CodeUnknown: :raises CodeUsed:
    :raises CodeExpired: :raises LimitBalance: as any top-up; :raises PremiumNotOnSale: :raises PremiumSoldOut: :raises
    PremiumCapReached: :raises PremiumNotAllotted: :raises PremiumNotForYou: :raises AmountFixed: for another amount than the
    units cost.
    """
    if not act.principal.may(AT_COUNTER):
        raise NotAllowed
    till = lock_own_till(act)
    code = lock_code(customer_code_hash(customer_code), CodeKind.CUSTOMER, at=act.at)
    sold = _sell(act, _Sale(premium_id, _account(code), units, amount, code, in_every_language(COUNTER)))
    bought = PremiumPurchase.objects.select_related("top_up").get(pk=sold.id)
    enter_in_till(till, bought.top_up.journal_id, amount)
    return sold


@use_case("wallet.sell_premium_at_shop", key=Key.REQUIRED, status=201)
def sell_premium_at_shop(
    act: Act, *, shop_id: UUID, premium_id: UUID, customer_code: str, units: int, amount: int
) -> PremiumSale:
    """Sell units at a shop's till; the shop owes the city the cash. Refusals and locks as in :func:`sell_premium_at_counter`.

    :raises NotFound: for a till that this person may not run.
    """
    shop = access_shop_for(act.principal, shop_id, AT_SHOP)
    code = lock_code(customer_code_hash(customer_code), CodeKind.CUSTOMER, at=act.at)
    return _sell(act, _Sale(premium_id, _account(code), units, amount, code, names_of(shop), shop.pk))


@use_case("wallet.void_premium_sale", key=Key.REQUIRED, status=201)
def void_premium_sale(act: Act, *, purchase_id: UUID) -> PremiumSale:
    """Take a sale back whole: the cash goes back, and the bonus with it, to the budget. The units may be bought again.

    Locks: the key, at the counter the officer's till, the campaign, the buyer's balance, the budget.

    :raises NotFound: for a sale of another place, and for one by card, which the card's own refund takes back;
    :raises PremiumNotVoidable: after its day, or once a coin of it is spent.
    """
    purchase = PremiumPurchase.objects.select_related("top_up__shop").filter(pk=purchase_id).first()
    if purchase is None:
        raise NotFound
    _check_place(act, purchase.top_up)
    till = None if purchase.top_up.shop_id else lock_own_till(act)
    row = locked_premium(purchase.premium_id)
    balance = balances.lock(purchase.account_id)[purchase.account_id]
    issued = list(Lot.objects.filter(journal_id=purchase.top_up.journal_id).order_by("kind"))
    is_untouched = all(lot.remaining == lot.issued for lot in issued)
    if (
        not is_untouched
        or jst_date(purchase.at) != jst_date(act.at)
        or PremiumVoid.objects.filter(purchase=purchase).exists()
    ):
        raise PremiumNotVoidable
    top_up = purchase.top_up
    balances.give(balance, -(top_up.amount + top_up.bonus))
    give_back_to_campaign(row.campaign.account_id, top_up.bonus)
    journal = open_journal(act, JournalKind.REVERSAL)
    cash = SOURCES[AccountKind.SHOP_CASH if top_up.shop_id else AccountKind.COUNTER_CASH]
    post(journal, debit=purchase.account_id, credit=cash, amount=top_up.amount)
    if top_up.bonus:
        post(journal, debit=purchase.account_id, credit=row.campaign.account_id, amount=top_up.bonus, line=2)
    lots.move(journal, [Move(lot.pk, -lot.issued) for lot in issued])
    enter_in_till(till, journal.pk, -top_up.amount)
    PremiumVoid.objects.create(id=new_id(act.at), purchase=purchase, journal=journal, at=act.at)
    release_units(row, purchase.account_id, purchase.units)
    act.audit(what={"purchase_id": str(purchase_id), "units": purchase.units})
    account = purchase.account_id
    act.after_commit(lambda: announce.balance_changed(account_id=account))
    values: dict[str, Value] = {"name": names_of(row), "amount": top_up.amount}
    tell_holder(act, account_id=account, message="wallet.premium_voided", values=values, dedupe=purchase.pk)
    return sale_of(row, purchase, is_void=True)


def sale_of(row: Premium, purchase: PremiumPurchase, *, is_void: bool) -> PremiumSale:
    """Return a sale as its receipt says it."""
    top_up = purchase.top_up
    return PremiumSale(
        id=purchase.pk, premium_id=row.pk, receipt_number=top_up.receipt_number, units=purchase.units,
        paid=top_up.amount, bonus=top_up.bonus, bonus_last_day=row.bonus_last_day, currency=CURRENCY,
        at=purchase.at, is_void=is_void,
    )  # fmt: skip


def _sell(act: Act, sale: _Sale) -> PremiumSale:
    row = priced_premium(sale.premium_id, sale.units, sale.amount)
    claim_units(row, sale.account_id, sale.units, at=act.at)
    issued = Issue(
        TopUpKind.SHOP if sale.shop_id else TopUpKind.COUNTER,
        sale.account_id,
        sale.amount,
        bonus_of(sale.amount, row.rate_bp),
        row.bonus_last_day,
        sale.shop_id,
        sale.code,
        row.campaign.account_id,
    )
    receipt = issue_to_account(act, issued)
    purchase = note_purchase(act, row, sale.account_id, sale.units, top_up_id=receipt.id)
    values: dict[str, Value] = {
        "name": names_of(row), "amount": sale.amount, "bonus": issued.bonus, "until": row.bonus_last_day,
        "place": sale.place,
    }  # fmt: skip
    tell_holder(act, account_id=sale.account_id, message="wallet.premium_bought", values=values, dedupe=purchase.pk)
    return sale_of(row, purchase, is_void=False)


def _check_place(act: Act, top_up: TopUp) -> None:
    if top_up.shop is not None:
        check_till(act.principal, top_up.shop, AT_SHOP)
    elif top_up.kind != TopUpKind.COUNTER or not act.principal.may(AT_COUNTER):
        raise NotFound


def _account(code: QrToken) -> UUID:
    assert code.account_id is not None  # noqa: S101 - the shape of a customer's code, checked by the database
    return code.account_id
