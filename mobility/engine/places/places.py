"""What a place is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, get_args

from mobility.engine.gtfs.directory import READING, asked_for

Kind = Literal["stop", "shop", "facility", "shelter"]
KINDS: Sequence[Kind] = get_args(Kind)


@dataclass(frozen=True)
class Place:
    """Something in town that people go to.

    ``names`` holds its name by language, the original under ``""`` and how it is read under ``ja-Hrkt``; ``details`` what it is,
    in the same way. ``importance`` is what counts for it: a stop's departures on a usual day, and what is likened to them
    elsewhere.
    """

    kind: Kind
    id: str
    names: Mapping[str, str]
    lat: float
    lon: float
    importance: int = 0
    details: Mapping[str, str] = field(default_factory=dict)

    @property
    def reading(self) -> str:
        """Return how the name is read, in kana; blank where nobody tells."""
        return self.names.get(READING, "")

    def name(self, language: str) -> str:
        """Return the name in a language, or the original."""
        return told_in(self.names, language)

    def detail(self, language: str) -> str:
        """Return what it is in a language, or in the original; blank where nobody tells."""
        return told_in(self.details, language)


def told_in(texts: Mapping[str, str], language: str) -> str:
    """Return a text in a language, or the original; blank where there is none at all."""
    return next((texts[each] for each in asked_for(language) if texts.get(each)), texts.get("", ""))
