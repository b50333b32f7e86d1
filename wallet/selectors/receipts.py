"""Receipts: what a payment was, for its payer and for those who run the shop's till."""

from uuid import UUID

from django.db.models import QuerySet

from kernel.principal import Principal
from kernel.problems import NotFound
from wallet.engine.results import Receipt, ShopName
from wallet.errors import NoWallet
from wallet.models import Payment, Shop
from wallet.selectors.accounts import account_of, accounts_behind
from wallet.selectors.shops import SEE_TILL


def receipt_of(payment: Payment) -> Receipt:
    """Return the payment as it is shown; its shop must have been read with it."""
    return Receipt(
        id=payment.pk,
        receipt_number=payment.receipt_number,
        status=payment.status,  # type: ignore[arg-type]
        amount=payment.amount,
        discount=payment.discount,
        refunded=payment.refunded,
        currency=payment.shop.currency,
        paid_at=payment.at,
        shop=shop_name(payment.shop),
        version=payment.version,
    )


def shop_name(shop: Shop) -> ShopName:
    """Return a shop as receipts name it."""
    return ShopName(id=shop.pk, name=shop.name, name_en=shop.name_en)


def access_receipt_for(principal: Principal, payment_id: UUID) -> Receipt:
    """Return a receipt to its payer or to who runs the shop's till; :raises NotFound: to everybody else, and where there is
    none.
    """
    payment = Payment.objects.select_related("shop").filter(pk=payment_id).first()
    if payment is None or not (
        _is_payer(principal, payment) or principal.may(SEE_TILL, within=payment.shop.organisation_id)
    ):
        raise NotFound
    return receipt_of(payment)


def payments_at(shop_id: UUID) -> "QuerySet[Payment]":
    """Return a shop's payments, to be paged by ``(at, id)``; :func:`receipt_of` shapes a row."""
    return Payment.objects.filter(shop_id=shop_id).select_related("shop")


def _is_payer(principal: Principal, payment: Payment) -> bool:
    try:
        return principal.subject is not None and payment.account_id in accounts_behind(account_of(principal))
    except NoWallet:
        return False
