"""Paying in one statement: the SQL function ``wallet_pay`` does all that ``wallet.services.paying`` explains, and keeps the answer.

The statement commits by itself. What the database refuses (SQLSTATE MW001, its code as the message) becomes the same typed
refusal as there, kept for the key in a second transaction.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple
from uuid import UUID

import msgspec
import psycopg
import structlog
from django.conf import settings
from django.db import DatabaseError, connection
from psycopg.types.json import Jsonb
from psycopg.types.numeric import Int8

from kernel import idempotency
from kernel.idempotency import KEPT_FOR, Answer, KeptRefusal, KeyReused, KeySpent
from kernel.ids import new_id, receipt_number
from kernel.problems import DomainError
from kernel.request_context import request_id
from kernel.use_case import Act
from wallet.engine.coupons import Basket, Line, Place
from wallet.engine.coupons.answers import AskedCoupon
from wallet.engine.results import Receipt
from wallet.errors import LimitPerDay, LimitPerPayment, NoWallet, QuoteChanged, WalletRefusal
from wallet.models import CURRENCY, Journal
from wallet.selectors.accounts import account_of
from wallet.selectors.codes import customer_code_hash, merchant_code_hash
from wallet.selectors.coupons.pricing import claims_for, needs_claims, still_given
from wallet.selectors.shops import access_shop_for
from wallet.services import announce
from wallet.services.books import check_amount
from wallet.services.paying import charge_customer, pay

REFUSED = "MW001"
_CALL = f"SELECT * FROM wallet_pay({', '.join(['%s'] * 19)})"  # noqa: S608 - placeholders alone
_BILL = """
SELECT t.amount, t.account_id, s.id, s.trade, s.district, s.latitude_e6, s.longitude_e6
  FROM wallet_qrtoken t JOIN wallet_shop s ON s.id = coalesce(%s::uuid, t.shop_id) WHERE t.hash = %s
"""
_LIMITS: dict[type[DomainError], str] = {LimitPerPayment: "per_payment", LimitPerDay: "per_day"}

_log = structlog.get_logger(__name__)


class _Request(NamedTuple):
    """One payment as it is asked for; ``shop_id`` where a till charges a customer's code."""

    action: str
    digest: bytes
    code_hash: bytes
    shop_id: UUID | None
    amount: int | None
    coupons: Sequence[AskedCoupon] = ()
    lines: tuple[Line, ...] = ()


def _once(act: Act, digest: bytes, asked: Callable[[], _Request]) -> tuple[Answer, DomainError | None]:
    """Perform the request, or keep its refusal and return it beside the answer."""
    key = idempotency.checked(act.key)
    try:
        return _send(act, key, asked()), None
    except DomainError as refusal:
        return idempotency.keep_refusal(act.principal.actor, key, digest, refusal, at=act.at), refusal


def _send(act: Act, key: str, request: _Request) -> Answer:
    """Send the one statement; a receipt's number that is taken, once in some hundred million payments, is drawn again."""
    while True:
        payment_id = new_id(act.at)
        try:
            status, body, is_refusal, was_kept, account_id, shop_id = _call(_arguments(act, key, request, payment_id))
        except DatabaseError as error:
            if _constraint(error) != "payment_receipt_number":
                raise _refusal(error, act, key, request) from None
            continue
        if not was_kept:
            _tell(payment_id, account_id, shop_id)
        return Answer(status, bytes(body), is_refusal)


def _call(arguments: list[Any]) -> Any:
    """Call the function as a prepared statement, past Django's cursor, which would write the values into the text."""
    connection.ensure_connection()
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        return cursor.execute(_CALL, arguments, prepare=True).fetchone()


def _arguments(act: Act, key: str, request: _Request, payment_id: UUID) -> list[Any]:
    principal, at, coin = act.principal, act.at, settings.COIN
    who_and_what = [
        request.action,
        principal.actor,
        principal.subject,
        key,
        request.digest,
        request_id() or "",
        at,
        at - KEPT_FOR,
    ]
    amount = None if request.amount is None else Int8(request.amount)  # one type, one plan
    limits = [Int8(coin["per_payment"]), Int8(coin["per_day"])]
    how_much = [request.code_hash, request.shop_id, amount, CURRENCY, *limits]
    coupons = Jsonb(_uses(act, request)) if request.coupons else None
    return [*who_and_what, *how_much, payment_id, receipt_number(), new_id(at), new_id(at), coupons]


def _uses(act: Act, request: _Request) -> list[dict[str, Any]]:
    """Return the coupons as they are to be used; none where the quote no longer holds: the function refuses that in turn."""
    with connection.cursor() as cursor:
        cursor.execute(_BILL, [request.shop_id, request.code_hash])
        fixed, account_id, *place = cursor.fetchone() or (None, None)
    price = request.amount if fixed is None else fixed
    if price is None or not place:
        return []
    try:
        discounts = still_given(Place(*place), Basket(price, request.lines), request.coupons, at=act.at)
        claims = claims_for(account_id or account_of(act.principal), discounts) if needs_claims(discounts) else {}
    except (QuoteChanged, NoWallet):
        return []
    return [
        {"use": str(new_id(act.at)), "coupon": str(coupon.id), "claim": str(claim) if claim else None, "discount": off}
        for coupon, off in discounts
        for claim in [claims.get(coupon.id)]
    ]


def _refusal(error: DatabaseError, act: Act, key: str, request: _Request) -> Exception:
    """Return what the database's error means; an error that means nothing to us stays what it is, a bug."""
    if _constraint(error) == "journal_one_a_key":
        earlier = Journal.objects.values_list("request_digest", flat=True).get(actor=act.principal.actor, idem_key=key)
        return KeySpent() if bytes(earlier) == request.digest else KeyReused()
    cause = error.__cause__
    if not isinstance(cause, psycopg.Error) or cause.sqlstate != REFUSED:
        return error
    code = str(cause.diag.message_primary)
    if code == KeyReused.code:
        return KeyReused()
    kind = WalletRefusal.by_code[code]
    return kind(limit=settings.COIN[_LIMITS[kind]]) if kind in _LIMITS else kind()


def _constraint(error: DatabaseError) -> str | None:
    cause = error.__cause__
    return cause.diag.constraint_name if isinstance(cause, psycopg.errors.UniqueViolation) else None


def _tell(payment_id: UUID, account_id: UUID, shop_id: UUID) -> None:
    try:
        announce.payment_changed(payment_id=payment_id, account_id=account_id, shop_id=shop_id)
    except Exception:  # noqa: BLE001 - it is paid; telling of it must not undo the answer
        _log.exception("after_commit_failed", tell="payment_changed")


def _value(answer: Answer, refusal: DomainError | None) -> Receipt:
    if answer.is_refusal:
        raise refusal or KeptRefusal(answer)
    return msgspec.json.decode(answer.body, type=Receipt)


class PayAtOnce:
    """``pay`` in one statement, with the same two ways to call it as a use case."""

    def answer(self, act: Act, *, code: str, amount: int | None = None, coupons: Sequence[AskedCoupon] = ()) -> Answer:
        """Pay and return what the door sends; refusals as in :func:`wallet.services.paying.pay`."""
        return self._perform(act, code, amount, coupons)[0]

    def __call__(
        self, act: Act, *, code: str, amount: int | None = None, coupons: Sequence[AskedCoupon] = ()
    ) -> Receipt:
        """Pay and return the receipt; :raises DomainError: when it is refused."""
        return _value(*self._perform(act, code, amount, coupons))

    def _perform(
        self, act: Act, code: str, amount: int | None, coupons: Sequence[AskedCoupon]
    ) -> tuple[Answer, DomainError | None]:
        given = {"coupons": list(coupons)} if coupons else {}
        digest = pay.digest({"code": code, "amount": amount} | given)

        def asked() -> _Request:
            if amount is not None:
                check_amount(amount)
            return _Request(pay.action, digest, merchant_code_hash(code), None, amount, coupons)

        return _once(act, digest, asked)


class ChargeCustomerAtOnce:
    """``charge_customer`` in one statement, with the same two ways to call it as a use case."""

    def answer(
        self, act: Act, *, shop_id: UUID, customer_code: str, amount: int,
        coupons: Sequence[AskedCoupon] = (), lines: Sequence[Line] = (),
    ) -> Answer:  # fmt: skip
        """Take the payment and return what the door sends; refusals as in :func:`wallet.services.paying.charge_customer`."""
        return self._perform(act, shop_id, customer_code, amount, coupons, lines)[0]

    def __call__(
        self, act: Act, *, shop_id: UUID, customer_code: str, amount: int,
        coupons: Sequence[AskedCoupon] = (), lines: Sequence[Line] = (),
    ) -> Receipt:  # fmt: skip
        """Take the payment and return the receipt; :raises DomainError: when it is refused."""
        return _value(*self._perform(act, shop_id, customer_code, amount, coupons, lines))

    def _perform(
        self,
        act: Act,
        shop_id: UUID,
        customer_code: str,
        amount: int,
        coupons: Sequence[AskedCoupon],
        lines: Sequence[Line],
    ) -> tuple[Answer, DomainError | None]:
        access_shop_for(
            act.principal, shop_id, "wallet.charge"
        )  # a replay asks for the right again, so it stands outside
        given = {"coupons": list(coupons)} if coupons else {}
        named = {"lines": list(lines)} if lines else {}
        body = {"shop_id": shop_id, "customer_code": customer_code, "amount": amount}
        digest = charge_customer.digest(body | given | named)

        def asked() -> _Request:
            check_amount(amount)
            code_hash = customer_code_hash(customer_code)
            return _Request(charge_customer.action, digest, code_hash, shop_id, amount, coupons, tuple(lines))

        return _once(act, digest, asked)


pay_at_once = PayAtOnce()
charge_customer_at_once = ChargeCustomerAtOnce()
