r"""Names as banks write them: half-width kana, a mark of voicing as a sign of its own (JIS X 0201, one byte a sign).

The signs that 全国銀行協会 lets stand in a name: digits, capital letters, kana without ヲ and the small ones, the two marks, space
and ``( ) - . , / ｢ ｣ \``. Hence small kana are written large, ヲ as オ, the long vowel as a hyphen.
"""

import unicodedata

from wallet.errors import KanaUnwritable

SIGNS = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ ()-.,/｢｣\\")
KANA = frozenset("ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜﾝﾞﾟ")
WRITABLE = SIGNS | KANA
_FULL = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン"
_HALF = "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜﾝ"
_ONE_TO_ONE = dict(zip(_FULL, _HALF, strict=True)) | dict(
    zip("ァィゥェォッャュョヮヵヶヲ", "ｱｲｳｴｵﾂﾔﾕﾖﾜｶｹｵ", strict=True)
)
_ONE_TO_ONE |= {"\u3099": "ﾞ", "\u309a": "ﾟ"}
_MARKS = {ord("゛"): "\u3099", ord("゜"): "\u309a"}  # else a space would come before them
_ONE_TO_ONE |= dict.fromkeys("ー‐‑–—−―", "-") | {"「": "｢", "」": "｣", "、": ",", "。": ".", "・": ".", "¥": "\\"}


def half_width(text: str, *, field: str) -> str:
    """Return ``text`` as a bank writes it; what is no kana, letter, digit or allowed sign is refused, never dropped.

    :raises KanaUnwritable: with the field and the first sign that cannot be written.
    """
    written = "".join(_signs_of(sign) for sign in unicodedata.normalize("NFKC", text.strip().translate(_MARKS)))
    for sign in written:
        if sign not in WRITABLE:
            raise KanaUnwritable(field=field, sign=sign)
    return written


def _signs_of(sign: str) -> str:
    kana = chr(ord(sign) + 0x60) if "ぁ" <= sign <= "ゖ" else sign
    parts = unicodedata.normalize("NFD", kana)
    return "".join(_ONE_TO_ONE.get(part, part) for part in parts).upper()
