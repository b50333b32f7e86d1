"""Bank transfers as officers see them: files, movements by what became of them, and what waits for a decision."""

from uuid import UUID

import msgspec
from django.db.models import Count, QuerySet, Sum

from kernel.problems import NotFound
from wallet.models import BankLine, BankLineProposal, BankLineState, BankStatement

_LOOKS = {"booked": "booked", "waiting": "planned", "open": "withheld", "returned": "returned", "aside": "carried"}


class StateSum(msgspec.Struct, frozen=True):
    """How many of the movements that came in stand in one state, and how many yen they are; ``look`` is how its bar is drawn."""

    state: str
    name: str
    count: int
    amount: int
    look: str


def bank_statements() -> QuerySet[BankStatement]:
    """Return the files, the newest first."""
    return BankStatement.objects.order_by("-read_at", "-id")


def bank_statement_named(statement_id: UUID) -> BankStatement:
    """Return one file; :raises NotFound:"""
    row = BankStatement.objects.filter(pk=statement_id).first()
    if row is None:
        raise NotFound
    return row


def state_sums(statement: BankStatement | None = None) -> list[StateSum]:
    """Return what became of what came in, of one file or of all; the sums add up to what came in."""
    rows = BankLine.objects.filter(is_in=True)
    if statement is not None:
        rows = rows.filter(entries__statement=statement)
    found = {
        row["state"]: (row["count"], row["amount"])
        for row in rows.order_by().values("state").annotate(count=Count("pk"), amount=Sum("amount"))
    }
    return [
        StateSum(state.value, str(state.label), *found[state.value], _LOOKS[state.value])
        for state in BankLineState
        if state.value in found
    ]


def lines_of(statement: BankStatement) -> QuerySet[BankLine]:
    """Return a file's movements in their order."""
    return BankLine.objects.filter(entries__statement=statement).order_by("entries__number")


def open_lines() -> QuerySet[BankLine]:
    """Return what is nobody's yet, the oldest first."""
    return BankLine.objects.filter(state=BankLineState.OPEN).order_by("booked_on", "id")


def bank_line_named(line_id: UUID) -> BankLine:
    """Return one movement; :raises NotFound:"""
    row = BankLine.objects.select_related("statement", "top_up").filter(pk=line_id).first()
    if row is None:
        raise NotFound
    return row


def proposals_of(line: BankLine) -> list[BankLineProposal]:
    """Return what was proposed for a movement, the newest first."""
    return list(line.proposals.order_by("-proposed_at", "-id"))


def waiting_proposals() -> QuerySet[BankLineProposal]:
    """Return what waits for a second officer, the oldest first."""
    rows = BankLineProposal.objects.select_related("line").filter(decided_at=None)
    return rows.order_by("proposed_at", "id")
