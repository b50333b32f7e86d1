"""One spelling for what people write in many: width, case, kana of either kind, marks and spaces make no difference."""

import unicodedata
from typing import NamedTuple

from mobility.engine.places.kana import sound_of, without_marks

_KATAKANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−ｰ~〜～", "ー"))
_ALIKE = str.maketrans({"ヶ": "け", "ケ": "け", "ヵ": "か"})


class Spelling(NamedTuple):
    """A text in one spelling; ``starts`` are the places at which a word begins."""

    text: str
    starts: frozenset[int]


def spelled(text: str) -> Spelling:
    """Return a text in one spelling (NFKC, small letters, hiragana, no spaces and points) and where its words begin."""
    plain = without_marks(unicodedata.normalize("NFKC", text).casefold())
    plain = unicodedata.normalize("NFC", plain.translate(_ALIKE).translate(_DASHES).translate(_KATAKANA))
    kept: list[str] = []
    starts: set[int] = set()
    begins = True
    for n, sign in enumerate(plain):
        if sign == "ー" and not _is_kana(plain[n - 1 : n]):
            begins = True
        elif sign.isalnum() or sign == "ー":
            if begins:
                starts.add(len(kept))
            kept.append(sign)
            begins = False
        elif sign != "'":
            begins = True
    return Spelling("".join(kept), frozenset(starts))


def folded(text: str) -> str:
    """Return a text in one spelling."""
    return spelled(text).text


def sounds(text: str) -> str:
    """Return how a text sounds; blank where it holds signs that do not tell it, such as kanji."""
    return sound_of(folded(text))


def _is_kana(sign: str) -> bool:
    return "ぁ" <= sign <= "ゖ" or sign == "ー"
