"""How well what was typed fits many names at once: whole, from the beginning, from a later word, within, or but for one letter."""

from typing import Any

import numpy as np
from numba import njit

from mobility.engine.timetable.arrays import I32, Array

WHOLE, BEGINNING, WORD, WITHIN, ALMOST, NOT = range(6)
"""Kinds of fitting, the best first."""


def letters_of(text: str) -> Array:
    """Return a text as the numbers of its signs."""
    return np.fromiter(map(ord, text), dtype=I32, count=len(text))


@njit(cache=True, nogil=True)
def fits(
    letters: Any, start: Any, begins: Any, typed: Any, within: int, almost: int
) -> Any:  # pragma: no cover - compiled
    """Return for each name how well ``typed`` fits.

    The letters of name ``n`` are ``[start[n], start[n + 1])``, ``begins`` marks those that begin a word. Inside of names is looked
    for no less than ``within`` letters, and for no less than ``almost`` where one letter may be wrong, missing, too many, or
    changed with its neighbour.
    """
    found = np.full(len(start) - 1, NOT, dtype=np.int8)
    length = len(typed)
    if length == 0:
        return found
    for n in range(len(found)):
        a, b = start[n], start[n + 1]
        if _same(letters, a, b, typed, 0) == length:
            found[n] = WHOLE if b - a == length else BEGINNING
            continue
        best = NOT
        for at in range(a + 1, b - length + 1):
            if (
                letters[at] == typed[0]
                and (begins[at] or length >= within)
                and _same(letters, at, b, typed, 0) == length
            ):
                best = min(best, WORD if begins[at] else WITHIN)
        if best == NOT and length >= almost and _is_almost(letters, a, b, typed):
            best = ALMOST
        found[n] = best
    return found


@njit(cache=True, nogil=True)
def _same(letters: Any, at: int, end: int, typed: Any, first: int) -> int:  # pragma: no cover - compiled
    """Return up to which letter ``typed``, from its letter ``first`` on, stands in a name from ``at`` on."""
    n = first
    while n < len(typed) and at < end and letters[at] == typed[n]:
        n += 1
        at += 1
    return n


@njit(cache=True, nogil=True)
def _is_almost(letters: Any, at: int, end: int, typed: Any) -> bool:  # pragma: no cover - compiled
    """Tell whether a name begins like ``typed`` but for one letter."""
    length = len(typed)
    n = _same(letters, at, end, typed, 0)
    here = at + n
    if _same(letters, here + 1, end, typed, n + 1) == length and here < end:  # another letter
        return True
    if _same(letters, here, end, typed, n + 1) == length:  # one too many
        return True
    if _same(letters, here + 1, end, typed, n) == length:  # one missing
        return True
    if n + 1 < length and here + 1 < end and letters[here] == typed[n + 1] and letters[here + 1] == typed[n]:
        return bool(_same(letters, here + 2, end, typed, n + 2) == length)
    return False
