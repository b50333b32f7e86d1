"""Trades as residents look for them: merchant category codes (ISO 18245) gathered into six groups."""

from typing import Literal

Group = Literal["eat", "food", "shopping", "health", "leisure", "other"]

_GROUPS: tuple[tuple[int, int, Group], ...] = (
    (5811, 5814, "eat"),
    (5411, 5499, "food"),
    (5921, 5921, "food"),
    (5912, 5912, "health"),
    (8011, 8099, "health"),
    (5200, 5999, "shopping"),
    (7011, 7033, "leisure"),
    (7230, 7298, "leisure"),
    (7829, 7999, "leisure"),
)


def group_of(trade: str) -> Group:
    """Return the group of a code; the first range that holds it counts."""
    code = int(trade)
    return next((group for first, last, group in _GROUPS if first <= code <= last), "other")
