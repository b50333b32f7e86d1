"""Merchants' codes as they are drawn and as they are read.

A merchant's code is no secret: whoever reads it can only pay. Its token is derived from the row's id and the city's secret, so that
it can be drawn again while the database holds its hash alone.
"""

from base64 import urlsafe_b64encode
from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec
from django.conf import settings
from django.utils.crypto import salted_hmac

from kernel.ids import token_hash
from kernel.principal import Principal
from kernel.problems import NotFound
from wallet.engine import emvco, numbers
from wallet.engine.results import Charge, ShopName
from wallet.errors import CodeExpired, CodeUnknown, CodeUsed, ShopClosed
from wallet.models import CodeKind, Payment, QrToken, Shop
from wallet.selectors.codes import merchant_code_hash, our_city
from wallet.selectors.shops import check_till


class ShopCode(msgspec.Struct, frozen=True):
    """A shop's standing code: the text to draw, and the number printed under it."""

    code: str
    number: str


class CodeRead(msgspec.Struct, frozen=True):
    """What a merchant's code stands for; ``amount`` is None where the payer names it."""

    kind: Literal["shop", "charge"]
    shop: ShopName
    amount: int | None
    expires_at: datetime | None


def read_code(payload: str, *, at: datetime) -> CodeRead:
    """Tell what a scanned or typed code of a merchant stands for. This function will change nothing.

    :raises CodeUnknown: :raises CodeUsed: :raises CodeExpired: :raises ShopClosed: :raises CurrencyUnsupported: as a payment would.
    """
    kept = QrToken.objects.select_related("shop").filter(hash=merchant_code_hash(payload)).first()
    if kept is None or kept.shop is None:
        raise CodeUnknown
    if kept.used_at is not None:
        raise CodeUsed
    if kept.cancelled_at is not None or (kept.expires_at is not None and kept.expires_at <= at):
        raise CodeExpired
    if kept.shop.closed_at is not None:
        raise ShopClosed
    kind: Literal["shop", "charge"] = "charge" if kept.kind == CodeKind.CHARGE else "shop"
    return CodeRead(kind=kind, shop=name_of(kept.shop), amount=kept.amount, expires_at=kept.expires_at)


def shop_code(shop: Shop) -> ShopCode | None:
    """Return the code that stands on the shop's counter.

    None where it has none yet, or none that can be drawn again because the city's secret has changed; what hangs there still works.
    """
    standing = QrToken.objects.select_related("number").filter(shop=shop, kind=CodeKind.SHOP, cancelled_at=None)
    for row in standing.order_by("-created_at", "-id"):
        if token_hash(merchant_token(row.pk)) == bytes(row.hash):
            return ShopCode(code=drawn(row, shop), number=numbers.grouped(row.number.key))
    return None


def charge_for(principal: Principal, charge_id: UUID, *, at: datetime) -> Charge:
    """Return a charge of a shop where this person works; :raises NotFound: for any other."""
    row = QrToken.objects.select_related("shop", "number").filter(pk=charge_id, kind=CodeKind.CHARGE).first()
    if row is None or row.shop is None:
        raise NotFound
    check_till(principal, row.shop)
    return charge_of(row, row.shop, row.number.key, at=at)


def charge_of(row: QrToken, shop: Shop, number: str, *, at: datetime) -> Charge:
    """Return the charge as a till shows it; one query more once it is paid."""
    if row.amount is None or row.expires_at is None:
        raise ValueError("no charge")
    status: Literal["open", "paid", "cancelled", "expired"] = "open"
    payment_id = None
    if row.used_at is not None:
        status = "paid"
        payment_id = Payment.objects.filter(qr_token=row).values_list("pk", flat=True).first()
    elif row.cancelled_at is not None:
        status = "cancelled"
    elif row.expires_at <= at:
        status = "expired"
    return Charge(
        id=row.pk,
        code=drawn(row, shop),
        amount=row.amount,
        expires_at=row.expires_at,
        status=status,
        number=numbers.grouped(number),
        payment_id=payment_id,
    )


def merchant_token(code_id: UUID) -> str:
    """Return the token of a merchant's code: 160 bits, the same each time."""
    digest = salted_hmac("wallet.merchant_code", code_id.hex, algorithm="sha256").digest()
    return urlsafe_b64encode(digest[:20]).decode().rstrip("=")


def drawn(row: QrToken, shop: Shop) -> str:
    """Return the text of the picture (EMVCo)."""
    return emvco.build(
        emvco.MerchantCode(
            domain=our_city().domain,
            token=merchant_token(row.pk),
            category=shop.trade,
            names=(shop.name_en, shop.name),
            cities=(settings.CITY["name_en"], settings.CITY["name_ja"]),
            amount=row.amount,
        )
    )


def why_no_codes() -> str | None:
    """Return what keeps this city from drawing codes, if anything does: for the check at start."""
    try:
        emvco.build(
            emvco.MerchantCode(
                domain=our_city().domain, token="0" * 27, category="5999", names=("", ""), cities=("", "")
            )
        )
    except emvco.NotEmvco as fault:
        return f"MACHI_CODE_DOMAIN cannot stand in a payment code: {fault}"
    return None


def name_of(shop: Shop) -> ShopName:
    """Return the shop as a receipt names it."""
    return ShopName(id=shop.pk, name=shop.name, name_en=shop.name_en)
