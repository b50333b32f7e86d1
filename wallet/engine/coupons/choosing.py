"""Which coupons of those that apply: the best combination that is allowed, and always the same one.

Allowed is one coupon alone, or up to three that may be combined, of these at most one for single products. Each one's discount is
counted on the bill as it was, so their order changes nothing. At least one yen stays to be paid: what goes beyond is cut from the
last. Of two combinations the one that takes more off is better; then the one with fewer coupons; then the one whose coupons come
first by (discount, priority, end, id).

One pass is enough: among combinable coupons "three at most, one of them for products" is a matroid, on which taking the largest
first is best (J. Edmonds, Matroids and the greedy algorithm, 1971), and stopping once the rest is reached takes the fewest.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

MOST_TOGETHER = 3


class Offer(NamedTuple):
    """A coupon that applies, and what it would take off alone; a tuple, so that offers sort by what is better."""

    minus_discount: int
    minus_priority: int
    ends_at: datetime
    id: UUID
    stackable: bool
    of_products: bool
    purse: UUID | None = None
    purse_holds: int | None = None

    @property
    def discount(self) -> int:
        """What it would take off alone."""
        return -self.minus_discount


def choose(offers: Sequence[Offer], price: int) -> list[tuple[Offer, int]]:
    """Return the best combination as (offer, what comes off by it); empty where nothing does."""
    room = price - 1
    if room < 1 or not offers:
        return []
    alone = min((offer for offer in offers if not offer.stackable), default=None)
    together = _together(sorted(offer for offer in offers if offer.stackable), room)
    if alone is None:
        return together
    taken = min(alone.discount, room)
    if not together:
        return [(alone, taken)]
    total = sum(part for _offer, part in together)
    # A single one against several, or against one: the first comparison that differs decides.
    if (-taken, 1, alone) < (-total, len(together), together[0][0]):
        return [(alone, taken)]
    return together


def _together(offers: list[Offer], room: int) -> list[tuple[Offer, int]]:
    """Take the largest first until three are taken or nothing more can come off."""
    chosen: list[tuple[Offer, int]] = []
    has_product = False
    drawn: dict[UUID, int] = {}
    for offer in offers:
        if offer.of_products and has_product:
            continue
        part = min(offer.discount, room)
        if offer.purse is not None and offer.purse_holds is not None:
            if drawn.get(offer.purse, 0) + part > offer.purse_holds:
                continue  # two of one campaign whose rest reaches for one only
            drawn[offer.purse] = drawn.get(offer.purse, 0) + part
        chosen.append((offer, part))
        has_product = has_product or offer.of_products
        room -= part
        if room == 0 or len(chosen) == MOST_TOGETHER:
            break
    return chosen
