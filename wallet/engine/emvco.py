"""Merchant-presented codes as EMVCo and JPQR write them: built, and read strictly.

Source: EMV QR Code Specification for Payment Systems, Merchant-Presented Mode 1.1 (November 2020); JPQR is its profile for Japan.
A code is a row of data objects: two digits of id, two digits of length, then the value. A length counts *characters* (Unicode
code points of the composed form), the checksum covers *UTF-8 bytes*. Id 00 stands first and 63 last, the others in any order,
none twice.

The checksum is CRC-16/CCITT-FALSE: any change within 16 neighbouring bits is seen, so any wrong ASCII character is. Of the
three-byte characters, which stand in the language template alone, each has one twin that no such checksum can tell from it; nothing
of ours is decided by that template.
"""

import re
import unicodedata
from binascii import crc_hqx
from collections.abc import Mapping
from dataclasses import dataclass, field

MOST_CHARACTERS = 512  # what the specification recommends as the most that a phone must read
MOST_AMOUNT = 10**13 - 1  # id 54 holds thirteen characters
YEN = "392"  # ISO 4217
JAPAN = "JP"
NAMELESS = "xxx"  # what JPQR writes where there is no name in Latin letters

_FIRST, _LAST = "00", "63"
_MANDATORY = ("52", "53", "58", "59", "60")
_AMOUNT = r"(?=.{1,13}\Z)(?=.*[1-9])[0-9]+(\.[0-9]*)?"
_FORMATS = {
    "00": r"01",
    "01": r"1[12]",
    "52": r"[0-9]{4}",
    "53": r"[0-9]{3}",
    "54": _AMOUNT,
    "55": r"0[123]",
    "56": _AMOUNT,
    "57": r"(?=.{1,5}\Z)[0-9]+(\.[0-9]*)?",
    "58": r"[A-Z]{2}",
    "59": r"[ -~]{1,25}",
    "60": r"[ -~]{1,15}",
    "61": r"[ -~]{1,10}",
    "63": r"[0-9A-F]{4}",  # upper case, as the specification writes its nibbles; a lower-case checksum is a damaged one
}
_PRIMITIVE_ACCOUNT = r"[ -~]{1,99}"


class NotEmvco(ValueError):
    """The text is no merchant-presented code, or a damaged one; the message says where it breaks, for a log and a test."""


@dataclass(frozen=True, slots=True)
class Payload:
    """A code that holds together: its data objects by id, and those that are templates opened."""

    values: Mapping[str, str]
    templates: Mapping[str, Mapping[str, str]]

    @property
    def currency(self) -> str:
        """Return the currency's number (ISO 4217)."""
        return self.values["53"]

    def account(self, domain: str) -> Mapping[str, str] | None:
        """Return the account template that carries this globally unique identifier; None where none or several do."""
        ours = [inside for inside in self._accounts() if inside["00"] == domain]
        return ours[0] if len(ours) == 1 else None

    def domains(self) -> frozenset[str]:
        """Return whose account templates the code carries."""
        return frozenset(inside["00"] for inside in self._accounts())

    def _accounts(self) -> list[Mapping[str, str]]:
        return [inside for identifier, inside in self.templates.items() if "26" <= identifier <= "51"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MerchantCode:
    """What we write into a code. ``amount`` (whole yen) makes it a dynamic one, drawn for a single payment.

    ``domain`` is the reversed domain name that marks our own template, ``token`` the only part our server believes. ``names`` holds
    a name in Latin letters and one in Japanese, ``cities`` likewise; they are shown by other wallets and never read back by us.
    """

    domain: str
    token: str
    category: str
    names: tuple[str, str]
    cities: tuple[str, str]
    amount: int | None = None
    account_id: str = field(default="26")


def checksum(text: str) -> str:
    """Return the four signs of CRC-16/CCITT-FALSE over the UTF-8 bytes of ``text``, which ends in ``6304``."""
    return f"{crc_hqx(text.encode(), 0xFFFF):04X}"


def build(code: MerchantCode) -> str:
    """Write a code. This function will give nothing that :func:`parse` would refuse.

    :raises NotEmvco: where category, domain, token or amount do not fit their fields; names are cut to fit.
    """
    objects = [
        ("00", "01"),
        ("01", "11" if code.amount is None else "12"),
        (code.account_id, _row([("00", code.domain), ("01", code.token)])),
        ("52", code.category),
        ("53", YEN),
        ("54", "" if code.amount is None else str(code.amount)),
        ("58", JAPAN),
        ("59", latin(code.names[0], 25)),
        ("60", latin(code.cities[0], 15)),
        ("64", _language(composed(code.names[1], 25), composed(code.cities[1], 15))),
    ]
    text = _row([each for each in objects if each[1]]) + "6304"
    text += checksum(text)
    parse(text)
    return text


def parse(text: str) -> Payload:
    """Read a code. This function will try the composed form of Unicode where a scanner or clipboard has decomposed it.

    :raises NotEmvco: for anything that the specification does not allow.
    """
    try:
        return _parse(text)
    except NotEmvco:
        normal = unicodedata.normalize("NFC", text)
        if normal == text:
            raise
        return _parse(normal)


def latin(text: str, most: int) -> str:
    """Return ``text`` in printable ASCII, accents dropped, at most ``most`` characters; ``xxx`` where nothing is left of it."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", text) if " " <= sign <= "~")
    return " ".join(plain.split())[:most].strip() or NAMELESS


def composed(text: str, most: int) -> str:
    """Return ``text`` composed (NFC), half-width kana made full, without control characters, at most ``most`` characters."""
    wide = re.sub("[\uff61-\uff9f]+", lambda kana: unicodedata.normalize("NFKC", kana[0]), text)
    normal = unicodedata.normalize("NFC", wide)
    return "".join(sign for sign in normal if unicodedata.category(sign) not in ("Cc", "Cs"))[:most].strip()


def _row(objects: list[tuple[str, str]]) -> str:
    if any(not 1 <= len(value) <= 99 for _, value in objects):
        raise NotEmvco("a value must hold 1 to 99 characters")
    return "".join(f"{identifier}{len(value):02}{value}" for identifier, value in objects)


def _language(name: str, city: str) -> str:
    if not name:
        return ""
    return _row([("00", "JA"), ("01", name)] + ([("02", city)] if city else []))


def _parse(text: str) -> Payload:
    if len(text) > MOST_CHARACTERS:
        raise NotEmvco("longer than any code")
    if any("\ud800" <= sign <= "\udfff" for sign in text):
        raise NotEmvco("half a character")
    values = _objects(text)
    order = list(values)
    if not order or order[0] != _FIRST or order[-1] != _LAST:
        raise NotEmvco("id 00 must stand first and 63 last")
    _check_values(values)
    if values[_LAST] != checksum(text[:-4]):
        raise NotEmvco("the checksum does not fit")
    return Payload(values, {each: _template(each, text) for each, text in values.items() if _is_template(each)})


def _objects(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    position = 0
    while position < len(text):
        head, begins = text[position : position + 4], position + 4
        if len(head) < 4 or not head.isascii() or not head.isdigit():
            raise NotEmvco(f"no id and length at {position}")
        identifier, position = head[:2], begins + int(head[2:])
        if position == begins or position > len(text):
            raise NotEmvco(f"the length of {identifier} does not fit")
        if identifier in found:
            raise NotEmvco(f"{identifier} stands twice")
        found[identifier] = text[begins:position]
    return found


def _check_values(values: Mapping[str, str]) -> None:
    if missing := [identifier for identifier in _MANDATORY if identifier not in values]:
        raise NotEmvco(f"{missing[0]} is missing")
    if not any("02" <= identifier <= "51" for identifier in values):
        raise NotEmvco("no merchant account")
    for identifier, value in values.items():
        form = _PRIMITIVE_ACCOUNT if "02" <= identifier <= "25" else _FORMATS.get(identifier)
        if form and not re.fullmatch(form, value):
            raise NotEmvco(f"{identifier} has another form")
    fee = values.get("55")
    if (fee == "02") != ("56" in values) or (fee == "03") != ("57" in values):
        raise NotEmvco("the convenience fee does not say how much")


def _is_template(identifier: str) -> bool:
    return "26" <= identifier <= "51" or identifier in ("62", "64") or identifier >= "80"


def _template(identifier: str, text: str) -> dict[str, str]:
    inside = _objects(text)
    if identifier == "64":
        fits = re.fullmatch("[A-Za-z]{2}", inside.get("00", "")) and 1 <= len(inside.get("01", "")) <= 25
        if not fits or len(inside.get("02", "")) > 15:
            raise NotEmvco("the language template has another form")
    elif identifier != "62" and not re.fullmatch("[ -~]{1,32}", inside.get("00", "")):
        raise NotEmvco(f"{identifier} does not say whose it is")
    return inside
