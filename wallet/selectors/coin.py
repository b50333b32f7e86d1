"""The coin of this city: its name and its limits."""

import msgspec
from django.conf import settings

from wallet.models import CURRENCY


class Limits(msgspec.Struct, frozen=True):
    """The most that one payment, one day in Japan and one account may hold, in whole yen."""

    per_payment: int
    per_day: int
    balance: int


class Coin(msgspec.Struct, frozen=True):
    """The coin as it is shown before anybody signs in."""

    code: str
    name: str
    currency: str
    limits: Limits


def coin(language: str) -> Coin:
    """Return the coin, named in Japanese to readers of Japanese and in Latin letters to others."""
    named = settings.COIN["name_ja" if language.startswith("ja") else "name_en"]
    limits = Limits(**{name: settings.COIN[name] for name in ("per_payment", "per_day", "balance")})
    return Coin(code=settings.CITY["code_domain"], name=named, currency=CURRENCY, limits=limits)
