"""Candidates: of all coupons that are out, the few that a shop could have, found without looking at the others.

Each coupon is filed under every place that it names (its shops, its districts), else under its trades, else under "everywhere";
each drawer is in order of beginning, so that what has not begun is cut off by one search.
"""

from bisect import bisect_right
from collections.abc import Hashable, Iterable
from datetime import datetime
from itertools import chain

from wallet.engine.coupons.quoting import Coupon, Place

EVERYWHERE = "everywhere"


class Index:
    """Coupons in drawers; built once for a set of rules, asked for every bill."""

    def __init__(self, coupons: Iterable[Coupon]) -> None:
        """File them."""
        self._drawers: dict[Hashable, list[Coupon]] = {}
        self._starts: dict[Hashable, list[datetime]] = {}
        self.by_id = {coupon.id: coupon for coupon in coupons}
        for coupon in sorted(self.by_id.values(), key=lambda coupon: (coupon.rule.starts_at, coupon.id)):
            for drawer in _drawers_of(coupon):
                self._drawers.setdefault(drawer, []).append(coupon)
                self._starts.setdefault(drawer, []).append(coupon.rule.starts_at)

    def candidates(self, place: Place, at: datetime) -> list[Coupon]:
        """Return the coupons that the shop might have at that instant, each once; begun and not over."""
        drawers = (("shop", place.shop), ("district", place.district), ("trade", place.trade), EVERYWHERE)
        begun = [self._begun(drawer, at) for drawer in drawers if drawer in self._drawers]
        found = {coupon.id: coupon for coupon in chain.from_iterable(begun) if at < coupon.rule.ends_at}
        return list(found.values())

    def _begun(self, drawer: Hashable, at: datetime) -> list[Coupon]:
        return self._drawers[drawer][: bisect_right(self._starts[drawer], at)]


def _drawers_of(coupon: Coupon) -> list[Hashable]:
    rule = coupon.rule
    if rule.circle is not None:
        return [EVERYWHERE]
    places: list[Hashable] = [("shop", shop) for shop in rule.shops]
    places += [("district", district) for district in rule.districts]
    return places or [("trade", trade) for trade in rule.trades] or [EVERYWHERE]
