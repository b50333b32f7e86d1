"""The ledger's invariants, each a query that returns the rows which break it. An empty answer is the proof.

They read committed rows in one snapshot and take no lock, so they may run beside payments. Where an invariant comes from and
why it is enough is told in ``docs/algorithms/ledger.md``.
"""

from collections.abc import Iterator
from pathlib import Path

import msgspec
from django.db import connection, transaction

SHOWN = 20
_FILES = sorted(Path(__file__).with_name("invariants").glob("*.sql"))


class Invariant(msgspec.Struct, frozen=True):
    """One rule: its name in plain words, and a query for ``(row)`` texts that break it."""

    name: str
    query: str


class Finding(msgspec.Struct, frozen=True):
    """One rule checked: how many rows break it, and the first of them."""

    name: str
    broken: int
    rows: list[str]


def invariants() -> list[Invariant]:
    """Return the rules, by subject; each stands in its subject's file under its name (``-- = name``)."""
    parts = [part for file in _FILES for part in file.read_text(encoding="utf-8").split("-- = ")[1:]]
    return [
        Invariant(name.strip(), query.strip().rstrip(";"))
        for name, _end, query in (part.partition("\n") for part in parts)
    ]


def check_ledger() -> Iterator[Finding]:
    """Check every rule in one snapshot."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        for rule in invariants():
            cursor.execute(f"SELECT count(*) OVER (), broken.row FROM ({rule.query}) AS broken LIMIT {SHOWN}")  # noqa: S608
            rows = cursor.fetchall()
            yield Finding(rule.name, rows[0][0] if rows else 0, [row for _count, row in rows])


def counts() -> dict[str, int]:
    """Return how much was looked at."""
    names = (
        "account",
        "journal",
        "posting",
        "lot",
        "lotmove",
        "payment",
        "refund",
        "hold",
        "topup",
        "expiry",
        "creditinbox",
        "campaign",
        "campaignfunding",
        "coupon",
        "couponclaim",
        "couponuse",
        "order",
        "orderpayment",
        "orderrefund",
        "stampcard",
        "stamp",
        "reward",
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(f"(SELECT count(*) FROM wallet_{name})" for name in names))  # noqa: S608
        return dict(zip(names, cursor.fetchone(), strict=True))
