"""What a bank says of the city's account, whatever file it came in: lines, what is wrong with the file, and which lines are known.

A line is known again by the bank's own number of it (照会番号) on its day, where both sides have one; else by day, direction,
amount and name, counted among equal lines of that day. Hence a file that names no numbers must begin with its first day's first
line: the second of two equal lines alone would look like the first.
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

import msgspec

from wallet.engine.kana import half_width
from wallet.errors import KanaUnwritable

MOST_LINES = 20_000
MOST_YEN = 10**12 - 1  # twelve digits


class BankLineRead(msgspec.Struct, frozen=True, kw_only=True):
    """One movement; ``number`` is its line in the file, ``name`` as the bank wrote it, ``serial`` the bank's number or nothing.

    ``is_final`` is False where the bank may still take it back: a cheque that is not cleared, a correction.
    """

    number: int
    booked_on: date
    is_in: bool
    amount: int
    name: str
    serial: str = ""
    is_final: bool = True


class Trouble(msgspec.Struct, frozen=True):
    """What is wrong in one line of the file, by a code; ``field`` says where in the line."""

    number: int
    code: str
    field: str = ""


class StatementRead(msgspec.Struct, frozen=True, kw_only=True):
    """A file as it was read. With any trouble nothing of it may be taken. ``account`` is bank-branch-type-number, or nothing where
    the file does not say; ``closing`` is the balance after the last line, where it is said.
    """

    layout: str
    account: str
    lines: tuple[BankLineRead, ...]
    troubles: tuple[Trouble, ...] = ()
    closing: int | None = None

    @property
    def total_in(self) -> int:
        """Return what came in."""
        return sum(line.amount for line in self.lines if line.is_in)

    @property
    def total_out(self) -> int:
        """Return what went out."""
        return sum(line.amount for line in self.lines if not line.is_in)


class KnownLine(msgspec.Struct, frozen=True, kw_only=True):
    """A line that is in the books; ``content`` stands for its name."""

    id: UUID
    booked_on: date
    is_in: bool
    amount: int
    content: str
    ordinal: int
    serial: str

    @property
    def alike(self) -> tuple[date, bool, int, str]:
        """What equal lines have in common."""
        return (self.booked_on, self.is_in, self.amount, self.content)


class Placed(msgspec.Struct, frozen=True):
    """A line of a file beside the books: the line that it is, or None where it is new and the ``ordinal`` is its own."""

    line: BankLineRead
    content: str
    known: UUID | None
    ordinal: int


def same_name(name: str) -> str:
    """Return a name as both formats have it: half-width kana without spaces; other signs stay, so that different names differ."""
    folded = "".join(unicodedata.normalize("NFKC", name).split())
    try:
        return half_width(folded, field="name")
    except KanaUnwritable:
        return folded.upper()


def place(
    lines: Sequence[BankLineRead], contents: Mapping[int, str], known: Iterable[KnownLine]
) -> tuple[list[Placed], list[Trouble]]:
    """Say of each line which known one it is; ``contents`` gives each line's sign for its name, by its number in the file.

    A number of the bank's that stands for another movement already, in the file or in the books, is trouble.
    """
    books = _Books(known)
    found: dict[int, Placed] = {}
    troubles: list[Trouble] = []
    for line in lines:  # those whose numbers are known first, so that no other line takes their place
        content = contents[line.number]
        match = books.by_serial.get((line.booked_on, line.serial)) if line.serial else None
        if match is None:
            continue
        if (match.is_in, match.amount) != (line.is_in, line.amount) or match.id in books.taken:
            troubles.append(Trouble(line.number, "serial_differs", "serial"))
        books.taken.add(match.id)
        found[line.number] = Placed(line, content, match.id, match.ordinal)
    for line in lines:
        if line.number not in found:
            found[line.number] = books.take(line, contents[line.number])
    return [found[line.number] for line in lines], troubles


class _Books:
    """The known lines while a file is laid beside them."""

    def __init__(self, known: Iterable[KnownLine]) -> None:
        self.by_serial: dict[tuple[date, str], KnownLine] = {}
        self.taken: set[UUID] = set()
        self._alike: dict[tuple[date, bool, int, str], list[KnownLine]] = {}
        self._last: dict[tuple[date, bool, int, str], int] = {}
        for row in sorted(known, key=lambda row: row.ordinal):
            self._alike.setdefault(row.alike, []).append(row)
            self._last[row.alike] = row.ordinal
            if row.serial:
                self.by_serial[row.booked_on, row.serial] = row

    def take(self, line: BankLineRead, content: str) -> Placed:
        """Take the first equal line that no other line of the file is; a number fits only where none was said before."""
        alike = (line.booked_on, line.is_in, line.amount, content)
        for row in self._alike.get(alike, ()):
            if row.id not in self.taken and not (line.serial and row.serial):
                self.taken.add(row.id)
                return Placed(line, content, row.id, row.ordinal)
        self._last[alike] = self._last.get(alike, 0) + 1
        return Placed(line, content, None, self._last[alike])


def twice_numbered(lines: Iterable[BankLineRead]) -> list[Trouble]:
    """Name the lines whose number of the bank's another line of the same file and day has already."""
    seen: set[tuple[date, str]] = set()
    troubles = []
    for line in lines:
        if line.serial and (line.booked_on, line.serial) in seen:
            troubles.append(Trouble(line.number, "serial_twice", "serial"))
        seen.add((line.booked_on, line.serial))
    return troubles
