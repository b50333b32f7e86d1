"""Numbers that stand in for a code where there is no camera: said aloud, typed on a till, printed under the picture.

Source of the check digit: H. M. Damm, Total anti-symmetrische Quasigruppen (2004): it sees every wrong digit and every swap of two
neighbours, so that a slip of the finger is told from a number that nobody holds.
"""

import unicodedata

_QUASIGROUP = (
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
)


def check_digit(digits: str) -> str:
    """Return the digit that makes ``digits`` a whole number of ours."""
    interim = "0"
    for digit in digits:
        interim = _QUASIGROUP[int(interim)][int(digit)]
    return interim


def whole(value: int, length: int) -> str:
    """Return ``value`` as a number of ``length`` digits, the last of them the check digit."""
    digits = f"{value:0{length - 1}}"
    return digits + check_digit(digits)


def holds(number: str) -> bool:
    """Tell whether the check digit fits."""
    return check_digit(number) == "0"


def typed(text: str) -> str | None:
    """Return the digits that a person typed, in full width, with gaps or hyphens too; None where it is anything else."""
    digits = "".join(sign for sign in unicodedata.normalize("NFKC", text) if sign not in " -‐‑‒–—―−ー")
    return digits if digits.isascii() and digits.isdigit() else None


def grouped(number: str) -> str:
    """Return the number as it is printed: from the left, in fours."""
    return " ".join(number[begin : begin + 4] for begin in range(0, len(number), 4))
