"""The demo town's words: tables of places and lines, each name in Japanese, in kana and in three other languages."""

import csv
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

TOWN = Path(__file__).parent / "town"
LANGUAGES: Mapping[str, str] = {"kana": "ja-Hrkt", "en": "en", "zh": "zh-Hans", "ko": "ko"}


class Name(msgspec.Struct, frozen=True):
    """A name in five forms; ``ja`` is the original."""

    ja: str
    kana: str
    en: str
    zh: str
    ko: str

    def others(self) -> Iterator[tuple[str, str]]:
        """Give out the language and the form of each but the original."""
        for field, language in LANGUAGES.items():
            yield language, getattr(self, field)


class Place(msgspec.Struct, frozen=True):
    """A place with its id, its name, degrees, and whatever else its table tells."""

    id: str
    name: Name
    lat: float
    lon: float
    more: Mapping[str, str]


def places(table: str) -> list[Place]:
    """Return the rows of a table of places."""
    with (TOWN / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return [
            Place(
                row.pop("id"), name_of({key: row.pop(key) for key in ("ja", *LANGUAGES)}), float(row.pop("lat")),
                float(row.pop("lon")), row,
            )
            for row in csv.DictReader(file)
        ]  # fmt: skip


def told(table: str) -> dict[str, Any]:
    """Return what a table of lines tells."""
    return tomllib.loads((TOWN / f"{table}.toml").read_text(encoding="utf-8"))


def name_of(told: Mapping[str, Any]) -> Name:
    """Return the name that stands in a row."""
    return Name(*(str(told[key]) for key in ("ja", *LANGUAGES)))
