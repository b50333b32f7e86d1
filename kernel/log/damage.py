"""What can be wrong with a log that has a tree, in words."""

from datetime import datetime
from uuid import UUID

import msgspec

WORDS = {
    "row_changed": "the row was changed",
    "row_missing": "the row is missing",
    "row_misdated": "the row bears a time that does not fit: it came into the log after a head that was signed later than that",
    "row_differs": "row and tree differ, and no head tells which of them was changed",
    "seal_missing": "the seal is missing",
    "seal_changed": "the seal was changed",
    "leaf_changed": "the leaf of the tree was changed",
    "leaf_missing": "the leaf of the tree is missing",
    "node_changed": "a node of the tree was changed",
    "node_missing": "a node of the tree is missing",
    "tail_cut": "the tail was cut",
    "history_rewritten": "rows, seals and tree were rewritten together",
    "taken_early": "rows are gone before their time, though retention is said to have taken them",
    "head_forged": "a head is not signed by the city",
    "head_changed": "a head does not say what was signed",
    "head_missing": "a head is missing",
    "key_planted": "a signing key is not one that the city made",
}


class Damage(msgspec.Struct, frozen=True):
    """One finding: of what kind, from which number to which, and what else tells where."""

    kind: str
    first: int = 0
    last: int = 0
    entry: UUID | None = None
    recorded_at: datetime | None = None
    detail: str = ""

    @property
    def sentence(self) -> str:
        """The finding in words: numbers count rows from 1 in the order of their seals."""
        where = [self._numbers(), self.detail]
        if self.recorded_at is not None:
            where.insert(1, f"of {self.recorded_at:%Y-%m-%d %H:%M:%S} UTC, entry {self.entry}")
        return f"{WORDS[self.kind]}: {', '.join(part for part in where if part)}"

    def _numbers(self) -> str:
        if not self.first:
            return ""
        return f"number {self.first}" if self.last == self.first else f"numbers {self.first} to {self.last}"
