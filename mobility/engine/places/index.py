"""An index of places: found by what was typed of their names in any language, ordered by what is most likely meant."""

import math
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

import numpy as np

from mobility.engine.gtfs.directory import READING
from mobility.engine.places.kana import sound_of
from mobility.engine.places.matching import NOT, fits, letters_of
from mobility.engine.places.places import Kind, Place
from mobility.engine.places.spelling import Spelling, folded, spelled
from mobility.engine.streets.earth import metres_between
from mobility.engine.streets.words import Point
from mobility.engine.timetable.arrays import I32, Array

WITHIN_KANJI, WITHIN_KANA, WITHIN_LATIN = 1, 2, 3
"""From so many letters on, what is typed is looked for inside of names: kanji tell much, Latin letters little."""
ALMOST = 4
"""From so many letters on, one of them may be wrong."""
NEAR_M = 500
"""What lies so far away counts as if half as much was going on there, as of what is right here."""
LONGEST = 80


class Found(NamedTuple):
    """A place that was found: how well it fits (the fewer, the better), how much speaks for it, and how far it is, if asked."""

    place: Place
    kind: int
    weight: float
    metres: int | None

    @property
    def rank(self) -> tuple[int, float, int, str]:
        """Return by what places are ordered."""
        return self.kind, -self.weight, len(self.place.names.get("", "")), self.place.id


class _Names:
    """Names laid out flat: letters, where each begins, which letters begin a word, and whose name it is."""

    def __init__(self, rows: Iterable[tuple[int, Spelling]]) -> None:
        kept = [(owner, each) for owner, each in rows if each.text]
        self.owner = np.array([owner for owner, _each in kept], dtype=I32)
        self.start = np.concatenate(([0], np.cumsum([len(each.text) for _owner, each in kept]))).astype(I32)
        self.letters = letters_of("".join(each.text for _owner, each in kept))
        self.begins = np.zeros(len(self.letters), dtype=np.bool_)
        for first, (_owner, each) in zip(self.start.tolist(), kept, strict=False):
            self.begins[[first + at for at in each.starts]] = True

    def fit(self, typed: str, within: int, places: int) -> Array:
        """Return for each place how well its best name fits."""
        best = np.full(places, NOT, dtype=np.int8)
        if typed:
            kinds = fits(self.letters, self.start, self.begins, letters_of(typed), within, ALMOST)
            np.minimum.at(best, self.owner, kinds)
        return best


class PlaceIndex:
    """Places that are searched together; they are numbered as given and never change."""

    def __init__(self, places: Sequence[Place]) -> None:
        """Spell every name."""
        self.places = tuple(places)
        self._lat = np.array([each.lat for each in self.places], dtype=np.float64)
        self._lon = np.array([each.lon for each in self.places], dtype=np.float64)
        names = [
            (n, language, spelled(name)) for n, each in enumerate(self.places) for language, name in each.names.items()
        ]
        self._spelled = _Names((n, each) for n, _language, each in names)
        self._sounds = _Names(
            (n, Spelling(sound_of(each.text), frozenset({0})))
            for n, language, each in names
            if language in {"", "en"} or language.startswith("ja") or language == READING
        )
        self._importance = np.log2(1 + np.array([each.importance for each in self.places], dtype=np.float64))

    def search(
        self, typed: str, *, near: Point | None = None, kinds: Collection[Kind] = (), most: int = 10
    ) -> list[Found]:
        """Return the places whose names fit what was typed, at most ``most``; of one ``kinds`` alone, if any are named.

        First how well the name fits, then how much goes on there, less the further it lies from ``near``.
        """
        text = folded(typed[:LONGEST])
        within = WITHIN_LATIN if text.isascii() else WITHIN_KANA if sound_of(text) else WITHIN_KANJI
        fit = self._spelled.fit(text, within, len(self.places))
        np.minimum(fit, self._sounds.fit(sound_of(text), WITHIN_LATIN, len(self.places)), out=fit)
        found = np.flatnonzero(fit < NOT)
        if kinds:
            found = found[[self.places[n].kind in kinds for n in found.tolist()]] if len(found) else found
        metres = metres_between(*near, self._lat[found], self._lon[found]) if near else None
        weight = self._importance[found] - (np.log2(1 + metres / NEAR_M) * 2 if metres is not None else 0)
        order = np.lexsort((-weight, fit[found]))[: most * 4]
        rows = [
            Found(
                self.places[int(found[n])], int(fit[found[n]]), float(weight[n]),
                round(float(metres[n])) if metres is not None else None,
            )
            for n in order.tolist()
        ]  # fmt: skip
        return sorted(rows, key=lambda each: each.rank)[:most]

    def nearest(self, here: Point, *, within_m: float = math.inf, kinds: Collection[Kind] = ()) -> Found | None:
        """Return the place that is nearest, None where none is near enough."""
        if not self.places:
            return None
        metres = metres_between(*here, self._lat, self._lon)
        if kinds:
            metres = np.where([each.kind in kinds for each in self.places], metres, np.inf)
        n = int(np.argmin(metres))
        return Found(self.places[n], 0, 0.0, round(float(metres[n]))) if metres[n] <= within_m else None
