"""What may be said of circulation: figures over whole weeks, and weeks beside the weeks before."""

from wallet.selectors.circulation.effect import Effect, effect_of
from wallet.selectors.circulation.figures import (
    Circulation,
    Line,
    Table,
    Weeks,
    circulation,
    districts_and_trades,
    kind_in_words,
    weeks_asked,
    weeks_said,
)

__all__ = [
    "Circulation",
    "Effect",
    "Line",
    "Table",
    "Weeks",
    "circulation",
    "districts_and_trades",
    "effect_of",
    "kind_in_words",
    "weeks_asked",
    "weeks_said",
]
