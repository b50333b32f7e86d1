"""Names that a message carries, so that each reader reads them in their own language."""

from datetime import date
from typing import Any, Protocol

from django.conf import settings
from django.utils import translation

from accounts.engine.wording import Named, with_year


class HasNames(Protocol):
    """What the registers name in Japanese and in English: organisations, services, shops."""

    name: str
    name_en: str


def names_of(thing: HasNames) -> Named:
    """Return both names of an entry in a register."""
    return {"ja": thing.name, "en": thing.name_en}


def dated(day: date) -> Named:
    """Return a day with its year, for what is kept and read years later, as each language writes it."""
    return {language: with_year(day, language) for language, _name in settings.LANGUAGES}


def in_every_language(words: Any) -> Named:
    """Return a lazy text in all the languages that the city speaks."""
    said = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            said[language] = str(words)
    return said
