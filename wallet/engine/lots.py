"""Which lots a payment takes from, and which lots get back what is returned. Pure arithmetic; source: docs/algorithms/ledger.md."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True)
class LotState:
    """A lot as it is: what remains in it, and until which day it may be spent."""

    id: UUID
    kind: str
    expires_on: date
    remaining: int

    @property
    def order(self) -> tuple[date, str, bytes]:
        """The order of spending: earliest last day first, ``bonus`` before ``paid`` on the same day, then by id."""
        return (self.expires_on, self.kind, self.id.bytes)


@dataclass(frozen=True, slots=True)
class Move:
    """What happens to one lot: below zero taken, above zero brought back."""

    lot: UUID
    delta: int


def spendable(lots: Iterable[LotState], day: date) -> int:
    """Return what may be spent on ``day``: a lot lives through its last day and no second longer."""
    return sum(lot.remaining for lot in lots if lot.expires_on >= day)


def spend(lots: Iterable[LotState], amount: int, day: date) -> list[Move] | None:
    """Take ``amount`` from the lots that live on ``day``, in their order; None where they do not hold enough."""
    moves, missing = [], amount
    for lot in sorted((lot for lot in lots if lot.expires_on >= day), key=lambda lot: lot.order):
        taken = min(lot.remaining, missing)
        if taken:
            moves.append(Move(lot.id, -taken))
            missing -= taken
        if not missing:
            return moves
    return None


def restore(taken: Iterable[tuple[LotState, int]], amount: int) -> list[Move]:
    """Give ``amount`` back to lots of which so much is still taken, the one spent last first.

    So what the payer keeps paid for is what expires first, and a second refund goes on where the first one stopped.

    :raises ValueError: where less than ``amount`` is taken.
    """
    moves, missing = [], amount
    for lot, outstanding in sorted(taken, key=lambda pair: pair[0].order, reverse=True):
        back = min(outstanding, missing)
        if back:
            moves.append(Move(lot.id, back))
            missing -= back
    if missing:
        raise ValueError(f"{missing} more than was taken")
    return moves
