"""The arithmetic of a draw: one canonical list, one order, one prize each. ``docs/algorithms/draw.md`` says why this is enough.

A ticket is a line of visible ASCII signs. Where people wish for several units at once, their number stands in the ticket itself
(``K7QX…-3``): it is committed to with it, and an outsider needs nothing else to recompute.
"""

import hashlib
import hmac
import re
import secrets
from collections.abc import Iterable, Iterator, Sequence

import msgspec

TICKET = re.compile(r"[!-~]{8,64}")
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none that is misread or misheard
ORDER = "HMAC-SHA256(seed, ticket), ascending"


class Rule(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """What is to be won: ``prizes`` in the order in which they are given out, or ``units``.

    Of units everybody in turn gets as many as their ticket wishes, the last one what is left.
    """

    prizes: tuple[str, ...] = ()
    units: int = 0

    def __post_init__(self) -> None:
        """Refuse a rule that gives nothing, or both."""
        if bool(self.prizes) == (self.units > 0) or self.units < 0:
            raise ValueError("a rule gives either prizes or units")


class Place(msgspec.Struct, frozen=True):
    """Where a ticket came: its rank from 1, and what it won, None for nothing."""

    rank: int
    ticket: str
    won: str | None


def new_ticket(wish: int | None = None) -> str:
    """Draw a ticket by chance, 99 bits, with the number of units that its holder wishes."""
    signs = [secrets.choice(ALPHABET) for _ in range(20)]
    groups = ["".join(signs[start : start + 5]) for start in range(0, 20, 5)]
    return "-".join([*groups, *([] if wish is None else [str(wish)])])


def canonical(tickets: Iterable[str]) -> bytes:
    """Return the list as it is committed to: sorted by its ASCII signs, each ticket followed by a line feed."""
    return "".join(f"{ticket}\n" for ticket in sorted(tickets)).encode("ascii")


def digest(tickets: Iterable[str]) -> str:
    """Return the SHA-256 of the canonical list, in hexadecimal signs."""
    return hashlib.sha256(canonical(tickets)).hexdigest()


def wish_of(ticket: str) -> int:
    """Return how many units a ticket wishes: the number after its last hyphen."""
    return int(ticket.rpartition("-")[2])


def places(seed: bytes, tickets: Sequence[str], rule: Rule) -> Iterator[Place]:
    """Yield every ticket's place: by ascending HMAC-SHA256 (RFC 2104) of the ticket under the seed."""
    order = sorted(tickets, key=lambda ticket: (hmac.digest(seed, ticket.encode("ascii"), "sha256"), ticket))
    left = rule.units
    for index, ticket in enumerate(order):
        if rule.prizes:
            won = rule.prizes[index] if index < len(rule.prizes) else None
        else:
            got = min(left, wish_of(ticket))
            left, won = left - got, str(got) if got else None
        yield Place(index + 1, ticket, won)


def combined(values: Sequence[bytes]) -> bytes:
    """Return the seed that several parties made together: SHA-256 over their values, in the order of the parties."""
    return hashlib.sha256(b"".join(values)).digest()


def whole_of(halves: tuple[bytes, bytes]) -> bytes:
    """Return the value of which these are the two halves (exclusive or); each alone says nothing about it."""
    first, second = halves
    return bytes(a ^ b for a, b in zip(first, second, strict=True))
