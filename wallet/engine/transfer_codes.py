"""Transfer codes (振込依頼人番号): the digits that a person types before their name at an ATM, and how they are found again in what
the bank wrote.
"""

import re
import unicodedata
from itertools import pairwise
from typing import Literal

from wallet.engine.numbers import holds, whole

LENGTH = 8
CODES = 10 ** (LENGTH - 1)
DAMAGED_FROM = 4
"""From so many digits on, what is no code was meant to be one; fewer are part of a name."""

_RUN = re.compile(r"[0-9]+")
_BETWEEN = {" ", "-"}

Found = tuple[str, Literal["", "no_code", "damaged_code"]]


def code_of(value: int) -> str:
    """Return the code for a number below :data:`CODES`: its last digit is a check digit."""
    return whole(value, LENGTH)


def code_in(name: str) -> Found:
    """Return the one code that a sender's name holds, or why there is none.

    Digits may stand anywhere, also in two groups with a space or a hyphen between; two different codes are no code.
    """
    text = unicodedata.normalize("NFKC", name)
    runs = [(found.start(), found.end(), found.group()) for found in _RUN.finditer(text)]
    tried = [run for _begin, _end, run in runs]
    for (_begin, end, first), (begin, _end, second) in pairwise(runs):
        if text[end:begin] in _BETWEEN:
            tried.append(first + second)
    codes = {digits for digits in tried if len(digits) == LENGTH and holds(digits)}
    if len(codes) == 1:
        return codes.pop(), ""
    return "", "damaged_code" if any(len(digits) >= DAMAGED_FROM for digits in tried) else "no_code"
