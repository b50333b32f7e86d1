"""Seal, verify, prove: each row of a sealed log gets a number and a hash over itself and the hash before it.

The row is written unchained, in its own transaction: a chain inside that transaction would make every act in the city wait for the
one before it. One sealer follows. A change to a row, a missing row, a missing seal and a cut tail are found and named.
"""

import hashlib
from uuid import UUID

import msgspec
from django.db import connection

SEALED = ("kernel_audit", "kernel_access_log")
BATCH = 10_000


class Verdict(msgspec.Struct, frozen=True):
    """What a full check found; ``damage`` is None where all is whole, else what happened at ``seq`` to ``entry``."""

    log: str
    sealed: int
    unsealed: int
    head: str
    seq: int | None = None
    entry: UUID | None = None
    damage: str | None = None


class Proof(msgspec.Struct, frozen=True):
    """That a row stands at ``seq`` of the chain: SHA-256 over ``previous`` and the row's canonical text gives ``hash``."""

    seq: int
    previous: bytes
    canonical: str
    hash: bytes

    @property
    def holds(self) -> bool:
        """Whether the hash fits."""
        return hashlib.sha256(self.previous + self.canonical.encode()).digest() == self.hash


def seal(log: str, *, fully: bool = False) -> int:
    """Seal what is not sealed yet, at most ten thousand rows, and return how many.

    ``fully`` looks through the whole log instead of what is newer than the last look.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT kernel_seal(%s, %s, %s)", [log, BATCH, fully])
        return int(cursor.fetchone()[0])


def seal_all() -> bool:
    """Seal a batch of every log; tell whether more may wait."""
    return BATCH in [seal(log) for log in SEALED]


def verify(log: str) -> Verdict:
    """Walk the whole chain and name the first damage."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sealed, unsealed, encode(head_hash, 'hex'), damaged_seq, damaged_entry, damage FROM kernel_verify(%s)",
            [log],
        )
        return Verdict(log, *cursor.fetchone())


def prove(log: str, entry: UUID) -> Proof | None:
    """Return the proof for one row, None where it is not sealed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT seq, previous, canonical, hash FROM kernel_prove(%s, %s)", [log, entry])
        row = cursor.fetchone()
    return None if row is None else Proof(row[0], bytes(row[1]), row[2], bytes(row[3]))
