"""How a word sounds, as one row of Latin letters: kana and either way of writing them in Latin letters come to the same.

The letters are those of the Kunrei spelling (ISO 3602) without marks: long vowels are short, and so is a doubled n, for nobody
types them alike. A word that is only half typed sounds like the beginning of the whole.
"""

import re
import unicodedata

_ROWS = {
    "": "あいうえお", "k": "かきくけこ", "s": "さしすせそ", "t": "たちつてと", "n": "なにぬねの", "h": "はひふへほ",
    "m": "まみむめも", "r": "らりるれろ", "g": "がぎぐげご", "z": "ざじずぜぞ", "b": "ばびぶべぼ", "p": "ぱぴぷぺぽ",
}  # fmt: skip
_KANA = {kana: row + vowel for row, kanas in _ROWS.items() for kana, vowel in zip(kanas, "aiueo", strict=True)} | {
    "や": "ya", "ゆ": "yu", "よ": "yo", "わ": "wa", "ゐ": "i", "ゑ": "e", "を": "o", "ん": "n", "ゔ": "bu",
    "だ": "da", "ぢ": "zi", "づ": "zu", "で": "de", "ど": "do", "ー": "",
}  # fmt: skip
_SMALL_Y, _SMALL_VOWELS = {"ゃ": "ya", "ゅ": "yu", "ょ": "yo"}, {"ぁ": "a", "ぃ": "i", "ぅ": "u", "ぇ": "e", "ぉ": "o"}
_LIKE_Y = {"し", "ち", "じ", "ぢ"}
_SMALL_TU, _ELSE = "っ", {"ゎ": "wa", "ヵ": "ka", "ヶ": "ke", "ゕ": "ka", "ゖ": "ke"}

_HEPBURN = (
    ("tch", "tty"), ("cch", "tty"), ("ssh", "ssy"), ("tts", "tt"),
    ("sh", "sy"), ("ch", "ty"), ("ts", "t"), ("dz", "z"), ("jy", "zy"), ("j", "zy"), ("cy", "ty"), ("f", "h"), ("v", "b"),
    ("dy", "zy"), ("l", "r"),
)  # fmt: skip
_AFTER = (
    (r"yi", "i"), (r"wo", "o"), (r"w([uie])", r"\1"), (r"di", "zi"), (r"du", "zu"), (r"m(?=[bp])", "n"), (r"oh(?![aiueoy])", "o"),
    (r"([stz])y$", r"\1"),
)  # fmt: skip
_LONG = (("ou", "o"), ("oo", "o"), ("uu", "u"), ("aa", "a"), ("ii", "i"), ("ei", "e"), ("ee", "e"))
_LATIN = re.compile(r"[a-z']*")
KANA = re.compile(r"[ぁ-ゖー]")


def sound_of(folded: str) -> str:
    """Return how a folded text (:func:`mobility.engine.places.spelling.folded`) sounds; blank where it has signs without sound.

    ``ひとよし``, ``hitoyosi`` and ``hitoyoshi`` sound ``hitoyosi``; ``こうえん``, ``kouen``, ``kooen`` and ``kōen`` sound ``koen``.
    """
    letters = _latin_of(folded)
    if not _LATIN.fullmatch(letters):
        return ""
    for spelling, same in _HEPBURN:
        letters = letters.replace(spelling, same)
    for spelling, same in _AFTER:
        letters = re.sub(spelling, same, letters)
    return _short(letters.replace("'", ""))


def without_marks(text: str) -> str:
    """Return Latin letters without macron or circumflex."""
    return "".join(each for each in unicodedata.normalize("NFD", text) if each not in "\u0304\u0302")


def _latin_of(folded: str) -> str:
    """Return kana in Latin letters, everything else as it stands."""
    found: list[str] = []
    is_doubled = False
    for sign in folded:
        letters = _KANA.get(sign) or _ELSE.get(sign)
        if sign == _SMALL_TU:
            is_doubled = True
            continue
        if sign in _SMALL_Y and found and found[-1].endswith("i"):
            found[-1] = found[-1][:-1] + _SMALL_Y[sign]
        elif sign in _SMALL_VOWELS and found and found[-1]:
            found[-1] = _with_small_vowel(found[-1], _SMALL_VOWELS[sign])
        else:
            letters = (
                letters
                if letters is not None
                else _SMALL_VOWELS.get(sign, _SMALL_Y.get(sign, "" if sign == "ー" else sign))
            )
            found.append(letters[:1] + letters if is_doubled and letters and letters[0] not in "aiueon" else letters)
        is_doubled = False
    return "".join(found)


def _with_small_vowel(before: str, vowel: str) -> str:
    """Return a sound with a small vowel behind it: ふぁ is ha, てぃ is ti, しぇ is sye, うぇ is e."""
    row = before[:-1]
    if before.endswith("i") and row in {"s", "t", "z", "ss", "tt", "zz"} and vowel in "eou":
        return f"{row}y{vowel}"
    return row + vowel


def _short(letters: str) -> str:
    """Return letters with every long vowel short, and one n for two."""
    while True:
        shorter = letters
        for long, short in _LONG:
            shorter = shorter.replace(long, short)
        shorter = shorter.replace("nn", "n")
        if shorter == letters:
            return letters
        letters = shorter
