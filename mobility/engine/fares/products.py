"""What is sold (``fare_products.txt``): for whom, on what, for how much."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from mobility.engine.fares.leg_tables import Category, Medium, Product
from mobility.engine.fares.riders import ADULT, Payer, Rider
from mobility.engine.fares.rides import Fare, Why

NO_MEDIUM = 0
WORDS: Mapping[str, frozenset[str]] = {
    "adult": frozenset(["adult", "adults", "regular", "大人", "おとな", "一般", "普通"]),
    "child": frozenset(["child", "children", "kid", "kids", "小児", "小人", "子ども", "子供", "こども"]),
    "disability": frozenset(["disability", "disabled", "障害者", "障がい者", "障がいのある方"]),
}
"""The ids and names by which a feed's rider categories are known, where the town does not name them."""


class _Sought(NamedTuple):
    """The categories whose products a rider buys, and the rider whose reduction is then still to be reckoned."""

    categories: frozenset[str]
    rest: Rider
    why: Why


def cheapest(
    rows: Sequence[Product], categories: Mapping[str, Category], media: Mapping[str, Medium], payer: Payer
) -> Fare | None:
    """Return the cheapest row of one product that this rider can buy: with what they hold, or else in cash if it is sold so."""
    sought, holds = _sought(payer, categories), payer.rider.media
    offers = []
    for row in rows:
        is_cash = not row.medium or media[row.medium].kind == NO_MEDIUM
        is_held = is_cash or row.medium in holds or not holds
        if is_held and (not row.category or row.category in sought.categories):
            offers.append((not (is_cash or holds), row.amount, row.medium, row))
    if not offers:
        return None
    row = min(offers)[3]
    amount = Payer(sought.rest, payer.classes).pays(row.amount, row.currency)
    return Fare(row.id, row.name, amount, row.currency, sought.why, medium=row.medium)


def _sought(payer: Payer, categories: Mapping[str, Category]) -> _Sought:
    rider = payer.rider
    if rider.category in categories:
        return _Sought(frozenset({rider.category}), ADULT, "category")
    child, disability = (_called(kind, payer, categories) for kind in ("child", "disability"))
    if rider.age == "adult" and rider.has_disability and disability:
        return _Sought(disability, ADULT, "disability")
    if rider.age != "adult" and child:
        return _Sought(child, Rider(has_disability=rider.has_disability), payer.why)
    shown = frozenset(name for name, each in categories.items() if each.is_default)
    return _Sought(shown or _called("adult", payer, categories), rider, payer.why)


def _called(kind: str, payer: Payer, categories: Mapping[str, Category]) -> frozenset[str]:
    """Return the categories that stand for a kind of rider: the one that the town names, or those whose id or name says it."""
    named = payer.classes.categories.get(kind) if payer.classes else None
    if named:
        return frozenset({named} & categories.keys())
    return frozenset(name for name, each in categories.items() if {name.casefold(), each.name.casefold()} & WORDS[kind])
