"""What a town's operators agreed on and no feed says, as data: reductions for riders, and something off for changing."""

from collections.abc import Mapping
from typing import Annotated

import msgspec

from mobility.engine.fares.riders import Classes


class ChangeDiscount(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who alights from one feed and boards another within so many seconds pays so much less there (乗継割引).

    ``off`` is for the full fare, in the smallest unit; who pays a part of the fare has the same part taken off. Routes narrow
    it where some are named. ``is_both_ways`` lets it hold from the second feed to the first as well.
    """

    id: str
    name: str
    from_feed: str
    to_feed: str
    within_s: Annotated[int, msgspec.Meta(ge=0)]
    off: Annotated[int, msgspec.Meta(gt=0)]
    from_routes: frozenset[str] = frozenset()
    to_routes: frozenset[str] = frozenset()
    is_both_ways: bool = False


class TownRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All of them; feeds that are not named follow the house rule of their currency."""

    classes: Mapping[str, Classes] = {}
    discounts: tuple[ChangeDiscount, ...] = ()


NO_RULES = TownRules()
