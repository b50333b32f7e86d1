"""What operators agreed on beyond their tables of fares, from a file of the city (``MACHI_FARE_RULES``, TOML)."""

import tomllib
from functools import lru_cache
from pathlib import Path

import msgspec
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from mobility.engine.fares import TownRules
from mobility.engine.fares.town_rules import NO_RULES


def town_rules() -> TownRules:
    """Return the rules that hold in this city; :raises ImproperlyConfigured: where its file cannot be understood."""
    return read_rules(Path(settings.FARE_RULES)) if settings.FARE_RULES else NO_RULES


@lru_cache(maxsize=4)
def read_rules(path: Path) -> TownRules:
    """Return the rules of a file; :raises ImproperlyConfigured: with the place in the file where they are wrong."""
    try:
        return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), TownRules)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as fault:
        raise ImproperlyConfigured(f"MACHI_FARE_RULES {path}: {fault}") from None


def why_no_fare_rules() -> str | None:
    """Return why the city's file of agreements cannot be used; None where it can, or where there is none."""
    try:
        town_rules()
    except ImproperlyConfigured as fault:
        return str(fault)
    return None
