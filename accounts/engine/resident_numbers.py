"""A resident's number as people see it: the last twelve signs of the key, in fours, as on the phone's My page."""

from uuid import UUID


def shown(key: UUID) -> str:
    """Return the number that stands for a key."""
    signs = key.hex[-12:].upper()
    return " ".join((signs[:4], signs[4:8], signs[8:]))
