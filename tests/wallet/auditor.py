"""The auditor's own books: lots, purses and deals as plain Python knows them, without a line of the engine's code."""

from dataclasses import dataclass, field
from datetime import date, datetime

from tests.wallet.town import Person, Till


@dataclass
class AuditedLot:
    """A lot as the auditor knows it; ``number`` is the order of issue."""

    number: int
    kind: str
    expires_on: date
    remaining: int

    @property
    def order(self):
        return (self.expires_on, self.kind, self.number)


@dataclass
class Purse:
    """One resident as the auditor knows them."""

    person: Person
    lots: list[AuditedLot] = field(default_factory=list)
    held: int = 0
    spent_on: date = date.min
    spent: int = 0
    frozen: str = ""
    freeze: object = None
    sent: list[tuple[date, int]] = field(default_factory=list)
    link: tuple[str, date] = ("", date.min)

    def live(self, day: date, kinds: tuple[str, ...] = ("bonus", "paid")) -> int:
        return sum(lot.remaining for lot in self.lots if lot.expires_on >= day and lot.kind in kinds)

    @property
    def amount(self) -> int:
        return sum(lot.remaining for lot in self.lots)

    def spent_today(self, day: date) -> int:
        return self.spent if self.spent_on >= day else 0

    def take(self, amount: int, day: date, kinds: tuple[str, ...] = ("bonus", "paid")) -> list[tuple[AuditedLot, int]]:
        self.spent, self.spent_on = self.spent_today(day) + amount, max(self.spent_on, day)
        taken = []
        for lot in sorted(self.lots, key=lambda lot: lot.order):
            part = min(lot.remaining, amount) if lot.expires_on >= day and lot.kind in kinds else 0
            if part:
                lot.remaining -= part
                amount -= part
                taken.append((lot, part))
        return taken


@dataclass
class Deal:
    """A payment or a hold as the auditor knows it: what it took from which lot and is still outstanding."""

    id: object
    purse: Purse
    till: Till
    amount: int
    counted_on: date
    taken: list[tuple[AuditedLot, int]]
    at: datetime
    back: int = 0
    status: str = "paid"
    off: int = 0
    off_back: int = 0

    def give_back(self, amount: int) -> None:
        self.back += amount
        if self.purse.spent_on == self.counted_on:
            self.purse.spent -= amount
        while amount:
            lot, outstanding = self.taken.pop()
            part = min(outstanding, amount)
            lot.remaining += part
            amount -= part
            if part < outstanding:
                self.taken.append((lot, outstanding - part))
