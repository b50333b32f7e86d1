"""What an agreement says, and whether a new version of it asks for more than the one before."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

import msgspec

from kernel.clock import jst_midnight

LANGUAGES = ("ja", "ja-easy", "en", "zh-hans", "ko")
NEEDED = ("ja", "en")
MAJORITY = 18  # 民法4条


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a person reads: the matter in a few words, why it is asked, and what stops when the yes is taken back."""

    title: str
    why: str
    stops: str


class Terms(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is asked for: data classes, for how many days the recipient keeps them, how many a yes lasts (None: until withdrawn)."""

    classes: list[str]
    keeps_days: int
    lasts_days: int | None
    words: dict[str, Words]


class Difference(msgspec.Struct, frozen=True):
    """One thing that changed between two versions, and whether more is asked for by it."""

    field: str
    before: str
    after: str
    widens: bool


def differences(before: Terms, after: Terms, *, is_wording: bool) -> list[Difference]:
    """Return what changed, the widening first.

    More data, a longer keeping and a longer or endless yes widen. So does every change of the words that say why, unless whoever
    publishes them declares that only the wording changed (``is_wording``), which stands in the audit log with their name.
    """
    found = [*_classes(before, after), *_days(before, after), *_words(before, after, is_wording=is_wording)]
    return sorted(found, key=lambda each: not each.widens)


def faults(terms: Terms, known_classes: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield (field, code) for what cannot be published."""
    if not terms.classes or len(set(terms.classes)) != len(terms.classes):
        yield "classes", "invalid"
    if not set(terms.classes) <= set(known_classes):
        yield "classes", "unknown"
    if not 0 <= terms.keeps_days <= 3650:
        yield "keeps_days", "out_of_range"
    if terms.lasts_days is not None and not 1 <= terms.lasts_days <= 3650:
        yield "lasts_days", "out_of_range"
    for language in {*NEEDED, *terms.words}:
        words = terms.words.get(language)
        if language not in LANGUAGES:
            yield f"words.{language}", "unknown"
        elif words is None or not all(text.strip() for text in (words.title, words.why, words.stops)):
            yield f"words.{language}", "required"


def words_for(terms: Terms, language: str) -> Words:
    """Return the words in a language, else in English for those who do not read Japanese, else in Japanese."""
    fallback = "ja" if language.startswith("ja") else "en"
    return terms.words.get(language) or terms.words[fallback]


def comes_of_age(born_on: date) -> datetime:
    """Return the instant (UTC) at which a person turns 18: the midnight in Japan that begins the birthday.

    Who was born on 29 February turns 18 with the end of 28 February (年齢計算ニ関する法律; 民法143条2項), in a year without
    a 29th at the midnight that begins 1 March.
    """
    year = born_on.year + MAJORITY
    try:
        return jst_midnight(born_on.replace(year=year))
    except ValueError:
        return jst_midnight(date(year, 3, 1))


def _classes(before: Terms, after: Terms) -> Iterator[Difference]:
    for each in after.classes:
        if each not in before.classes:
            yield Difference("classes", "", each, widens=True)
    for each in before.classes:
        if each not in after.classes:
            yield Difference("classes", each, "", widens=False)


def _days(before: Terms, after: Terms) -> Iterator[Difference]:
    if before.keeps_days != after.keeps_days:
        longer = after.keeps_days > before.keeps_days
        yield Difference("keeps_days", str(before.keeps_days), str(after.keeps_days), widens=longer)
    if before.lasts_days != after.lasts_days:
        longer = after.lasts_days is None or (before.lasts_days is not None and after.lasts_days > before.lasts_days)
        yield Difference("lasts_days", _days_text(before.lasts_days), _days_text(after.lasts_days), widens=longer)


def _days_text(days: int | None) -> str:
    return "" if days is None else str(days)


def _words(before: Terms, after: Terms, *, is_wording: bool) -> Iterator[Difference]:
    for language in LANGUAGES:
        old, new = before.words.get(language), after.words.get(language)
        if old is None or new is None:
            continue
        for field in ("title", "why", "stops"):
            said, says = getattr(old, field), getattr(new, field)
            if said != says:
                yield Difference(f"words.{language}.{field}", said, says, widens=field == "why" and not is_wording)
