"""How the desks write yen: with a comma at each thousand, in every language."""

from typing import Any

from django import template

register = template.Library()


@register.filter
def yen(amount: Any) -> str:
    """Return a whole amount with its commas; what is none stays as it is."""
    return f"{amount:,}" if isinstance(amount, int) else str(amount)


@register.filter
def less(amount: int) -> str:
    """Return an amount that is taken off, with its minus sign; nothing is plainly 0."""
    return f"−{amount:,}" if amount else "0"
