"""Telephone numbers as people in Japan type them, turned into E.164, or refused with the reason.

Numbers of Japan: 電気通信番号計画 (総務省告示, 2019); those in 060, 070, 080 and 090 belong to mobile telephones, which alone
receive SMS from everywhere. Others: ITU-T E.164, at most 15 digits, no leading zero.
"""

import re
import unicodedata
from enum import Enum

_SEPARATORS = re.compile(r"[\s()\[\].·\u2010-\u2015\u2212\u30fc\uff70-]")
_MOBILE = re.compile(r"0[6789]0[0-9]{8}")
_LANDLINE = re.compile(r"0[1-9][1-9][0-9]{7}")
_ELSEWHERE = re.compile(r"\+[1-9][0-9]{7,14}")


class Fault(Enum):
    """Why a number cannot be used."""

    UNREADABLE = "invalid_phone"
    NO_SMS = "phone_without_sms"


class NumberRefused(ValueError):
    """The number cannot be used; ``fault`` says why."""

    def __init__(self, fault: Fault) -> None:
        """Keep the reason."""
        super().__init__(fault.value)
        self.fault = fault


def normalise(typed: str) -> str:
    """Turn a number as typed into E.164. This function will accept full-width digits, hyphens of every kind, 090… and +81 (0)90….

    :raises NumberRefused: for what is no number, and for numbers of Japan that receive no SMS.
    """
    signs = _SEPARATORS.sub("", unicodedata.normalize("NFKC", typed))
    if signs.startswith("+81"):
        signs = "0" + signs[3:].removeprefix("0")
    if signs.startswith("+"):
        if not _ELSEWHERE.fullmatch(signs):
            raise NumberRefused(Fault.UNREADABLE)
        return signs
    if _MOBILE.fullmatch(signs):
        return "+81" + signs[1:]
    is_other_line = _LANDLINE.fullmatch(signs) or re.fullmatch(r"0[25]0[0-9]{8}", signs)
    raise NumberRefused(Fault.NO_SMS if is_other_line else Fault.UNREADABLE)
