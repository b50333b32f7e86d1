"""The short code that a waiting device shows: read aloud, typed on another screen, never a word (RFC 8628, 6.1)."""

import re
import unicodedata

ALPHABET = "BCDFGHJKLMNPQRSTVWXZ"  # 20 signs without vowels: 20^8 codes, 34 bits, for a quarter of an hour
LENGTH = 8


def shown(signs: str) -> str:
    """Return the code as people read it: ``BCDF-GHJK``."""
    return f"{signs[:4]}-{signs[4:]}"


def normalised(typed: str) -> str | None:
    """Return the signs of a code as typed, however spaced, in full width or small; None for what is no code."""
    signs = re.sub(r"[\s\-\u2010-\u2015\u2212\u30fc]", "", unicodedata.normalize("NFKC", typed)).upper()
    return signs if len(signs) == LENGTH and set(signs) <= set(ALPHABET) else None
