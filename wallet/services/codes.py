"""Codes: the customer's own, a shop's charge for one amount, and the one that stands on a shop's counter."""

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import connection

from kernel.ids import new_id, secret_token, token_hash
from kernel.problems import NotFound
from kernel.use_case import Act, Key, use_case
from wallet.engine import emvco, numbers
from wallet.engine.codes import CHARGE_DIGITS, CUSTOMER_DIGITS, SHOP_DIGITS, write_customer_code
from wallet.engine.results import Charge, CustomerCode
from wallet.errors import AmountInvalid, CodeUsed, LimitPerPayment, ShopClosed
from wallet.models import CodeKind, CodeNumber, QrToken, Shop
from wallet.selectors.codes import number_key, our_city
from wallet.selectors.merchant_codes import ShopCode, charge_of, drawn, merchant_token, shop_code
from wallet.selectors.shops import access_shop_for, check_till, registered_shop
from wallet.services.opening import own_account

CUSTOMER_CODE_LIVES = timedelta(minutes=5)
CHARGE_LIVES = timedelta(minutes=5)
LIVE_CUSTOMER_CODES = 2  # the one on the screen and the one before it, which a till may be reading this moment
NUMBERS_KEPT = timedelta(hours=48)  # as long as answers are, so that a retry finds what it named


@use_case("wallet.issue_customer_code", status=201)
def issue_customer_code(act: Act) -> CustomerCode:
    """Make a code that stands for the customer's account, once, for five minutes. This function will leave two live at the most.

    The first one opens the account. :raises NoWallet: for who is nobody's resident.
    """
    account = own_account(act)
    _cancel_older(account, at=act.at)
    token, expires_at = secret_token(), act.at + CUSTOMER_CODE_LIVES
    row = QrToken.objects.create(
        id=new_id(act.at),
        hash=token_hash(token),
        kind=CodeKind.CUSTOMER,
        account_id=account,
        created_at=act.at,
        expires_at=expires_at,
    )
    number = _give_number(row, CUSTOMER_DIGITS)
    return CustomerCode(
        code=write_customer_code(token, our_city()), expires_at=expires_at, number=numbers.grouped(number)
    )


@use_case("wallet.create_charge", key=Key.REQUIRED, status=201)
def create_charge(act: Act, *, shop_id: UUID, amount: int) -> Charge:
    """Make a code for one amount at one shop, to be paid once within five minutes.

    :raises NotFound: for a shop where this person does not work; :raises NotAllowed: where they may not charge;
    :raises ShopClosed: where the coin is taken no more; :raises LimitPerPayment: for more than anybody may pay at once.
    """
    shop = access_shop_for(act.principal, shop_id, "wallet.charge")
    if shop.closed_at is not None:
        raise ShopClosed
    if amount < 1:
        raise AmountInvalid
    most = min(settings.COIN["per_payment"], emvco.MOST_AMOUNT)
    if amount > most:
        raise LimitPerPayment(limit=most)
    row = _new_merchant_code(shop, CodeKind.CHARGE, at=act.at, amount=amount, expires_at=act.at + CHARGE_LIVES)
    number = _give_number(row, CHARGE_DIGITS)
    act.audit(what={"shop_id": str(shop_id), "charge_id": str(row.pk), "amount": amount})
    return charge_of(row, shop, number, at=act.at)


@use_case("wallet.cancel_charge")
def cancel_charge(act: Act, *, charge_id: UUID) -> Charge:
    """Take a charge back. This function will leave alone what is cancelled or over already.

    :raises NotFound: for a charge of another's shop; :raises CodeUsed: where it has been paid.
    """
    charges = QrToken.objects.select_for_update(of=("self",)).select_related("shop", "number")
    row = charges.filter(pk=charge_id, kind=CodeKind.CHARGE).first()
    if row is None or row.shop is None or row.expires_at is None:
        raise NotFound
    check_till(act.principal, row.shop, "wallet.charge")
    if row.used_at is not None:
        raise CodeUsed
    if row.cancelled_at is None and row.expires_at > act.at:
        row.cancelled_at = act.at
        row.save(update_fields=["cancelled_at"])
    act.audit(what={"charge_id": str(charge_id)})
    return charge_of(row, row.shop, row.number.key, at=act.at)


@use_case("wallet.issue_shop_code")
def issue_shop_code(act: Act, *, shop_id: UUID) -> ShopCode:
    """Give a shop the code that stands on its counter. This function will leave alone the one that it has.

    :raises NotFound: for a shop where this person neither works nor keeps the register.
    """
    registrar = act.principal.may("wallet.register_shops")
    shop = registered_shop(shop_id) if registrar else access_shop_for(act.principal, shop_id)
    _alone("wallet.shop_code", shop_id)
    standing = shop_code(shop)
    if standing is not None:
        return standing
    row = _new_merchant_code(shop, CodeKind.SHOP, at=act.at)
    number = _give_number(row, SHOP_DIGITS)
    act.audit(what={"shop_id": str(shop_id), "code_id": str(row.pk)})
    return ShopCode(code=drawn(row, shop), number=numbers.grouped(number))


@use_case("wallet.forget_numbers")
def forget_numbers(act: Act) -> None:
    """Forget the numbers of codes that were over two days ago; the codes themselves stay, their payments point to them."""
    CodeNumber.objects.filter(code__expires_at__lt=act.at - NUMBERS_KEPT).delete()


def _cancel_older(account: UUID, *, at: datetime) -> None:
    _alone("wallet.customer_code", account)
    live = QrToken.objects.filter(
        account_id=account, kind=CodeKind.CUSTOMER, used_at=None, cancelled_at=None, expires_at__gt=at
    )
    newest = live.order_by("-created_at", "-id").values_list("id", flat=True)[: LIVE_CUSTOMER_CODES - 1]
    live.exclude(id__in=list(newest)).update(cancelled_at=at)


def _new_merchant_code(
    shop: Shop, kind: CodeKind, *, at: datetime, amount: int | None = None, expires_at: datetime | None = None
) -> QrToken:
    key = new_id(at)
    return QrToken.objects.create(
        id=key,
        hash=token_hash(merchant_token(key)),
        kind=kind,
        shop=shop,
        amount=amount,
        created_at=at,
        expires_at=expires_at,
    )


def _give_number(row: QrToken, digits: int) -> str:
    """Draw numbers until one is free, and return its digits."""
    with connection.cursor() as cursor:
        while True:
            number = numbers.whole(secrets.randbelow(10 ** (digits - 1)), digits)
            cursor.execute(
                "INSERT INTO wallet_codenumber (code_id, key) VALUES (%s, %s) ON CONFLICT (key) DO NOTHING",
                [row.pk, number_key(number)],
            )
            if cursor.rowcount:
                return number


def _alone(what: str, key: UUID) -> None:
    """Let one act at a time pass for this key, until its transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 7))", [f"{what}/{key}"])
