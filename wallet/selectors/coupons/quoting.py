"""Quotes at the door: what a bill costs now, for who pays by a shop's code and for a till that reads the customer's."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from kernel.principal import Principal
from wallet.engine.coupons import Basket, Line
from wallet.engine.coupons.answers import QuoteAnswer
from wallet.errors import AmountFixed, AmountRequired, CodeExpired, CodeUnknown, CodeUsed, NoWallet, ShopClosed
from wallet.models import CodeKind, QrToken, Shop
from wallet.selectors.accounts import account_of
from wallet.selectors.codes import customer_code_hash, merchant_code_hash
from wallet.selectors.coupons.pricing import answer_of, quote_at
from wallet.selectors.coupons.standing import open_claims
from wallet.selectors.shops import access_shop_for


def quote_for_payer(principal: Principal, *, code: str, amount: int | None, at: datetime) -> QuoteAnswer:
    """Return what paying by a shop's code will cost; why coupons that the payer holds do not apply is told as well.

    This function will change nothing. :raises CodeUnknown: :raises CodeUsed: :raises CodeExpired: :raises ShopClosed:
    :raises AmountRequired: :raises AmountFixed: as the payment would.
    """
    row = _code(merchant_code_hash(code), at, CodeKind.SHOP, CodeKind.CHARGE)
    if row.shop is None or row.shop.closed_at is not None:
        raise ShopClosed
    price = row.amount if row.amount is not None else amount
    if price is None:
        raise AmountRequired
    if amount not in (None, price):
        raise AmountFixed
    try:
        account_id = account_of(principal)
    except NoWallet:
        account_id = None
    quoted = quote_at(row.shop, account_id, Basket(price), at=at)
    held = open_claims(account_id).values_list("coupon_id", flat=True).distinct()
    return answer_of(row.shop, quoted, at=at, told=held.order_by("coupon_id"))


def quote_for_till(
    principal: Principal, *, shop_id: UUID, customer_code: str, amount: int, lines: Sequence[Line], at: datetime
) -> QuoteAnswer:
    """Return what charging a customer's code will cost them; what else they hold is not the till's to know.

    This function will change nothing. :raises NotFound: :raises NotAllowed: for a till that this person may not run; :raises
    CodeUnknown: :raises CodeUsed: :raises CodeExpired: :raises ShopClosed: as the payment would.
    """
    shop: Shop = access_shop_for(principal, shop_id, "wallet.charge")
    row = _code(customer_code_hash(customer_code), at, CodeKind.CUSTOMER)
    if shop.closed_at is not None:
        raise ShopClosed
    quoted = quote_at(shop, row.account_id, Basket(amount, tuple(lines)), at=at)
    return answer_of(shop, quoted, at=at)


def _code(code_hash: bytes, at: datetime, *kinds: CodeKind) -> QrToken:
    row = QrToken.objects.select_related("shop").filter(hash=code_hash, kind__in=kinds).first()
    if row is None:
        raise CodeUnknown
    if row.used_at is not None:
        raise CodeUsed
    if row.cancelled_at is not None or (row.expires_at is not None and row.expires_at <= at):
        raise CodeExpired
    return row
