"""From what was scanned or typed to the hash under which a code is kept."""

from django.conf import settings
from django.utils.crypto import salted_hmac

from kernel.ids import token_hash
from kernel.problems import _
from wallet.engine.codes import CUSTOMER_DIGITS, City, NotOurs, Scanned, Why, understand
from wallet.errors import CodeUnknown, CurrencyUnsupported
from wallet.models import CodeNumber

_SENTENCES = {
    Why.NOT_A_CODE: _("支払いに使うコードではありません。お店のコードを読み取ってください。"),
    Why.DAMAGED: _("コードを最後まで読み取れませんでした。もう一度かざすか、番号を入力してください。"),
    Why.MISTYPED: _("番号が違うようです。もう一度確かめて入力してください。"),
    Why.OTHER_WALLET: _("ほかの決済サービスのコードです。このまちのコインのコードをお店の人にお尋ねください。"),
    Why.OTHER_CITY: _("ほかのまちのコードです。ここでは使えません。"),
}
_NOBODYS = _("この番号のコードはありません。番号を確かめるか、新しいコードを出してもらってください。")
_CUSTOMERS = _("お客さまのコードです。お店のレジで読み取ってもらってください。")
_MERCHANTS = _("お店のコードです。お客さまの画面の「わたしのコード」を読み取ってください。")


def our_city() -> City:
    """Return how this city marks its codes."""
    return City(settings.CITY["code"], settings.CITY["code_domain"])


def merchant_code_hash(text: str) -> bytes:
    """Return the hash of a shop's or a charge's code, from its picture or its number. No query for a picture, one for a number.

    :raises CodeUnknown: with ``reason`` and a ``detail`` that helps; :raises CurrencyUnsupported: for a code in another currency.
    """
    return _hash(text, of_customer=False)


def customer_code_hash(text: str) -> bytes:
    """Return the hash of a customer's own code, from its picture or its number; refusals as in :func:`merchant_code_hash`."""
    return _hash(text, of_customer=True)


def number_key(digits: str) -> str:
    """Return under what a number is kept."""
    if len(digits) == CUSTOMER_DIGITS:
        return salted_hmac("wallet.customer_number", digits, algorithm="sha256").hexdigest()
    return digits


def _hash(text: str, *, of_customer: bool) -> bytes:
    try:
        found = understand(text, our_city())
    except NotOurs as stranger:
        if stranger.why is Why.OTHER_CURRENCY:
            raise CurrencyUnsupported from None
        raise CodeUnknown(reason=stranger.why, detail=str(_SENTENCES[stranger.why])) from None
    by_customer = found.by_customer if isinstance(found, Scanned) else len(found.digits) == CUSTOMER_DIGITS
    if by_customer and not of_customer:
        raise CodeUnknown(reason="customer_code", detail=str(_CUSTOMERS))
    if of_customer and not by_customer:
        raise CodeUnknown(reason="merchant_code", detail=str(_MERCHANTS))
    return token_hash(found.token) if isinstance(found, Scanned) else _hash_behind(found.digits)


def _hash_behind(digits: str) -> bytes:
    kept = CodeNumber.objects.filter(key=number_key(digits)).values_list("code__hash", flat=True).first()
    if kept is None:
        raise CodeUnknown(reason="nobodys", detail=str(_NOBODYS))
    return bytes(kept)
