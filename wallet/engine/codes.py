"""What a scanned or typed text is, before anything is looked up: our token, a number typed by hand, or somebody else's code."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from wallet.engine import emvco, numbers

SHOP_DIGITS, CHARGE_DIGITS, CUSTOMER_DIGITS = 8, 10, 12
MOST_TYPED = 40  # digits with gaps; anything longer was scanned

_TOKEN = r"[A-Za-z0-9_-]{16,43}"  # noqa: S105 - the form of one
_CUSTOMER = re.compile(rf"machi:([0-9]{{1,8}}):({_TOKEN})")
_FAMILY = "jp.machi."


class Why(StrEnum):
    """Why a text is no code that this city can use."""

    NOT_A_CODE = "not_a_code"
    DAMAGED = "damaged"
    MISTYPED = "mistyped"
    OTHER_WALLET = "other_wallet"
    OTHER_CITY = "other_city"
    OTHER_CURRENCY = "other_currency"


class NotOurs(ValueError):
    """The text is no code of this city; ``why`` says what it is."""

    def __init__(self, why: Why) -> None:
        """Keep the reason."""
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class City:
    """How this city marks its codes: its municipal code and its reversed domain name."""

    code: str
    domain: str


@dataclass(frozen=True, slots=True)
class Scanned:
    """A token from a picture; ``by_customer`` tells the customer's own code from a merchant's."""

    token: str
    by_customer: bool


@dataclass(frozen=True, slots=True)
class Typed:
    """A number typed by hand; how long it is tells whose it is."""

    digits: str


def write_customer_code(token: str, city: City) -> str:
    """Return the text that the customer's phone draws as a picture."""
    return f"machi:{city.code}:{token}"


def is_typed(text: str) -> bool:
    """Tell whether the text is digits typed by hand, right or wrong."""
    return len(text) <= MOST_TYPED and numbers.typed(text) is not None


def understand(text: str, city: City) -> Scanned | Typed:
    """Tell what a text is. This function will believe nothing in a merchant's code but the token in our own template.

    :raises NotOurs: for everything that cannot be looked up here.
    """
    text = text.strip()
    if len(text) <= MOST_TYPED and (digits := numbers.typed(text)) is not None:
        return _number(digits)
    if text.startswith("machi:"):
        return _customer_code(text, city)
    return _merchant_code(text, city)


def _number(digits: str) -> Typed:
    if len(digits) not in (SHOP_DIGITS, CHARGE_DIGITS, CUSTOMER_DIGITS):
        raise NotOurs(Why.NOT_A_CODE)
    if not numbers.holds(digits):
        raise NotOurs(Why.MISTYPED)
    return Typed(digits)


def _customer_code(text: str, city: City) -> Scanned:
    found = _CUSTOMER.fullmatch(text)
    if found is None:
        raise NotOurs(Why.DAMAGED)
    if found[1] != city.code:
        raise NotOurs(Why.OTHER_CITY)
    return Scanned(found[2], by_customer=True)


@lru_cache(maxsize=1024)  # a counter's code is read all day, and is no secret
def _merchant_code(text: str, city: City) -> Scanned:
    try:
        payload = emvco.parse(text)
    except emvco.NotEmvco:
        raise NotOurs(Why.DAMAGED if text.startswith("0002") else Why.NOT_A_CODE) from None
    ours = payload.account(city.domain)
    if ours is None:
        neighbours = any(domain.startswith(_FAMILY) and domain != city.domain for domain in payload.domains())
        raise NotOurs(Why.OTHER_CITY if neighbours else Why.OTHER_WALLET)
    if not re.fullmatch(_TOKEN, ours.get("01", "")):
        raise NotOurs(Why.DAMAGED)
    if payload.currency != emvco.YEN:
        raise NotOurs(Why.OTHER_CURRENCY)
    return Scanned(ours["01"], by_customer=False)
