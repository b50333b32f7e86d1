"""The best combination found by trying all: what the engine's one pass is held against."""

from itertools import combinations

from wallet.engine.coupons import MOST_TOGETHER, Offer


def best(offers: list[Offer], price: int) -> list[tuple[Offer, int]]:
    """Try every allowed combination, in the order in which cuts are made, and return the best."""
    room = price - 1
    found: list[tuple] = []
    for size in range(1, MOST_TOGETHER + 1):
        for chosen in combinations(sorted(offers), size):
            if size > 1 and (
                not all(offer.stackable for offer in chosen) or sum(offer.of_products for offer in chosen) > 1
            ):
                continue
            left, parts = room, []
            for offer in chosen:
                part = min(offer.discount, left)
                left -= part
                parts.append((offer, part))
            if all(part for _offer, part in parts):
                found.append((-(room - left), size, [offer for offer, _part in parts], parts))
    return min(found)[-1] if found else []
