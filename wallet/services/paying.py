"""Paying, step by step. ``wallet.services.paying_at_once`` does the same in one statement; a parity test holds the two together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings

from kernel.clock import jst_date
from kernel.ids import new_id
from kernel.use_case import Act, Key, use_case
from wallet.engine.coupons import Basket, Line
from wallet.engine.coupons.answers import AskedCoupon
from wallet.engine.results import Receipt
from wallet.errors import (
    AmountFixed,
    AmountRequired,
    CurrencyUnsupported,
    LimitPerPayment,
    PayingOneself,
    ShopClosed,
)
from wallet.events import PaymentSettled
from wallet.models import CURRENCY, CodeKind, Journal, JournalKind, Payment, QrToken, Shop
from wallet.selectors.accounts import account_of
from wallet.selectors.codes import customer_code_hash, merchant_code_hash
from wallet.selectors.coupons import UseOf, exactly, place_of
from wallet.selectors.receipts import receipt_of
from wallet.selectors.shops import access_shop_for
from wallet.services import announce, balances, lots
from wallet.services.books import check_amount, credit_merchant, new_receipt_number, open_journal, post
from wallet.services.coupons.using import use_coupons
from wallet.services.one_use import lock_code, use_up


@use_case("wallet.pay", key=Key.REQUIRED, status=201)
def pay(act: Act, *, code: str, amount: int | None = None, coupons: Sequence[AskedCoupon] = ()) -> Receipt:
    """Pay a shop by its code: a standing one leaves the amount to the payer, a charge has it fixed and works once.

    ``amount`` is the price; with ``coupons`` as they were quoted, so much less is paid, or nothing (``quote_changed``).

    Locks: the key, a charge's code, the payer's balance, the coupons by id, their campaigns; nothing of the shop's.

    :raises NoWallet: :raises CodeUnknown: :raises CodeUsed: :raises CodeExpired: :raises ShopClosed: :raises AmountRequired:
    :raises AmountFixed: :raises PayingOneself: :raises CurrencyUnsupported: :raises LimitPerPayment: :raises InsufficientFunds:
    :raises LimitPerDay: in this order; :raises QuoteChanged: after the limit of a payment where the rules give something else, last
    where stock, uses or budget no longer reach.
    """
    if amount is not None:
        check_amount(amount)
    code_hash = merchant_code_hash(code)
    account_id = account_of(act.principal)
    row = lock_code(code_hash, CodeKind.SHOP, CodeKind.CHARGE, at=act.at)
    return _settle(act, account_id, row.shop, row, Bill(amount, coupons))


@use_case("wallet.charge_customer", key=Key.REQUIRED, status=201)
def charge_customer(
    act: Act,
    *,
    shop_id: UUID,
    customer_code: str,
    amount: int,
    coupons: Sequence[AskedCoupon] = (),
    lines: Sequence[Line] = (),
) -> Receipt:
    """Take a payment at the till by the customer's own code, which works once. ``lines`` name goods for coupons of single products.

    :raises NotFound: :raises NotAllowed: for a till that this person may not run; then as :func:`pay`.
    """
    check_amount(amount)
    shop = access_shop_for(act.principal, shop_id, "wallet.charge")
    row = lock_code(customer_code_hash(customer_code), CodeKind.CUSTOMER, at=act.at)
    return _settle(act, row.account_id, shop, row, Bill(amount, coupons, tuple(lines)))


@dataclass(frozen=True)
class Bill:
    """What is asked for: the price where the payer names it, the coupons as quoted, the goods as far as a till names them."""

    asked: int | None
    coupons: Sequence[AskedCoupon] = ()
    lines: tuple[Line, ...] = ()


def due_at(shop: Shop, account_id: UUID, fixed: int | None, asked: int | None) -> int:
    """Return what is to be paid at an open shop by another account, within what one payment may be; see :func:`pay` for
    refusals.
    """
    if shop.closed_at is not None:
        raise ShopClosed
    amount = asked if fixed is None else fixed
    if amount is None:
        raise AmountRequired
    if asked not in (None, amount):
        raise AmountFixed
    if account_id == shop.account_id:
        raise PayingOneself
    if shop.currency != CURRENCY:
        raise CurrencyUnsupported
    if amount > settings.COIN["per_payment"]:
        raise LimitPerPayment(limit=settings.COIN["per_payment"])
    return amount


def _settle(act: Act, account_id: UUID | None, shop: Shop | None, code: QrToken, bill: Bill) -> Receipt:
    assert account_id is not None  # noqa: S101 - the shape of a code, checked by the database
    assert shop is not None  # noqa: S101
    price = due_at(shop, account_id, code.amount, bill.asked)
    basket = Basket(price, bill.lines)
    uses = exactly(place_of(shop), account_id, basket, bill.coupons, at=act.at) if bill.coupons else []
    amount = price - sum(use.discount for use in uses)
    counted_on = balances.take(account_id, amount, at=act.at)
    moves = lots.plan_spending(account_id, amount, jst_date(act.at))
    journal = open_journal(act, JournalKind.PAYMENT)
    lots.move(journal, moves)
    use_up(code, at=act.at)
    once = code if code.kind != CodeKind.SHOP else None
    return record(act, journal, Taken(account_id, shop, amount, counted_on, once, uses=uses))


@dataclass(frozen=True)
class Taken:
    """Coins that have left an account's lots and go to a shop; ``counted_on`` is None for a hold, which was counted before."""

    account_id: UUID
    shop: Shop
    amount: int
    counted_on: date | None
    code: QrToken | None = None
    hold_id: UUID | None = None
    uses: Sequence[UseOf] = ()


def record(act: Act, journal: Journal, taken: Taken) -> Receipt:
    """Book a payment: postings, coupons, the shop's credit, the payment itself, audit, event, and word to both phones."""
    shop, payment_id, discount = taken.shop, new_id(act.at), sum(use.discount for use in taken.uses)
    post(journal, debit=taken.account_id, credit=shop.account_id, amount=taken.amount)
    from_city = use_coupons(
        act, journal, taken.uses, account_id=taken.account_id, shop_account=shop.account_id, payment_id=payment_id
    )
    credit_merchant(journal, shop.account_id, taken.amount + from_city)
    payment = Payment.objects.create(
        id=payment_id,
        journal=journal,
        account_id=taken.account_id,
        shop=shop,
        amount=taken.amount,
        discount=discount,
        receipt_number=new_receipt_number(),
        at=act.at,
        counted_on=taken.counted_on,
        qr_token=taken.code,
        hold_id=taken.hold_id,
    )
    ids = {"payment_id": payment.pk, "account_id": taken.account_id, "shop_id": shop.pk}
    said = {name: str(key) for name, key in ids.items()} | {"amount": taken.amount, "currency": shop.currency}
    act.audit(what=said | ({"discount": discount} if discount else {}))
    act.emit(PaymentSettled(**ids, amount=taken.amount, currency=shop.currency))
    act.after_commit(lambda: announce.payment_changed(**ids))
    return receipt_of(payment)
