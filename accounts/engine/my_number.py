"""Finding a 12-digit My Number in a text, so that none is ever kept.

The last digit checks the other eleven: ministerial order 85 of 2014 (通知カード及び個人番号カード並びに情報提供ネットワークシステム
による特定個人情報の提供等に関する省令), article 5.
"""

import re
import unicodedata

_TWELVE = re.compile(r"(?<!\d)\d(?:[\s.\u2010-\u2015\u2212\u30fb\u30fc-]?\d){11}(?!\d)")


def carries_my_number(text: str) -> bool:
    """Tell whether the text holds twelve digits that are a My Number, in whatever width and grouping they were typed."""
    found = _TWELVE.findall(unicodedata.normalize("NFKC", text))
    return any(_is_my_number([int(sign) for sign in each if sign.isdigit()]) for each in found)


def _is_my_number(digits: list[int]) -> bool:
    """Tell whether the check digit fits: weights 2 to 7 from the right, then 2 to 6; a rest of 0 or 1 gives 0."""
    *body, check = digits
    total = sum(digit * (n + 1 if n <= 6 else n - 5) for n, digit in enumerate(reversed(body), start=1))
    rest = total % 11
    return check == (0 if rest <= 1 else 11 - rest)
