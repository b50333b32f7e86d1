"""One file of a feed as columns of text, by name; every row knows its line."""

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from mobility.engine.gtfs.faults import Faults

MOST_COLUMNS = 200
Heard = Callable[[float], None]
"""Hears how much of something is read, from 0 to 1, in steps of a hundredth at the least."""
LEAST_TOLD = 50_000


def unheard(_share: float) -> None:
    """Say nothing."""


@dataclass(frozen=True)
class Table:
    """A file's columns, all of one length, and the line on which each row begins."""

    file: str
    columns: Mapping[str, Sequence[str]]
    lines: Sequence[int]

    def __len__(self) -> int:
        """Count the rows."""
        return len(self.lines)

    def column(self, name: str, default: str = "") -> Sequence[str]:
        """Return a column, or as many times ``default`` where the file has none."""
        return self.columns.get(name) or [default] * len(self)


def read_table(file: str, data: bytes, required: Sequence[str], faults: Faults, heard: Heard = unheard) -> Table:
    """Return a file's columns; what is wrong is noted, and what could not be read is left out.

    Encoding is UTF-8 with or without a mark. Names and values lose the spaces around them; a row that is too short lacks its last
    values, one with more values than names is at fault.
    """
    empty = Table(file, {name: [] for name in required}, [])
    text = _decoded(file, data, faults)
    if text is None:
        return empty
    rows: list[list[str]] = []
    lines: list[int] = []
    names: list[str] = []
    reader = csv.reader(_lines(text, heard), strict=True)
    try:
        names = [name.strip() for name in next(reader, [])]
        if not _are_names(file, names, required, faults):
            return empty
        begin = reader.line_num + 1
        for row in reader:
            if row and _fits(file, row, names, begin, faults):
                rows.append(row)
                lines.append(begin)
            begin = reader.line_num + 1
    except csv.Error as error:
        faults.add("unreadable", file, reader.line_num, value=error)
    if not names:
        return empty
    columns = zip(*rows, strict=True) if rows else ([] for _name in names)
    return Table(
        file, {name: [value.strip() for value in column] for name, column in zip(names, columns, strict=True)}, lines
    )


def _decoded(file: str, data: bytes, faults: Faults) -> str | None:
    nul = data.find(0)
    if nul >= 0:
        faults.add("nul", file, data.count(b"\n", 0, nul) + 1)
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        faults.add("not_utf8", file, line)
        return None


def _lines(text: str, heard: Heard) -> Iterator[str]:
    """Give out the lines with their ends; only a line feed ends one, as the standard has it."""
    begin, step = 0, max(LEAST_TOLD, len(text) // 100)
    told = step
    while begin < len(text):
        if begin >= told:
            heard(begin / len(text))
            told += step
        end = text.find("\n", begin) + 1 or len(text)
        yield text[begin:end]
        begin = end


def _are_names(file: str, names: list[str], required: Sequence[str], faults: Faults) -> bool:
    before = len(faults.found)
    if len(names) > MOST_COLUMNS:
        faults.add("too_many_columns", file, 1, value=len(names))
        return False
    for name in {name for name in names if names.count(name) > 1}:
        faults.add("column_twice", file, 1, field=name)
    for name in required:
        if name not in names:
            faults.add("column_missing", file, 1, field=name)
    return len(faults.found) == before


def _fits(file: str, row: list[str], names: list[str], line: int, faults: Faults) -> bool:
    """Fill a row up to the number of names; say where it has more."""
    if len(row) == 1 and not row[0].strip():
        return False
    if len(row) > len(names):
        if any(value.strip() for value in row[len(names) :]):
            faults.add("too_many_values", file, line, value=len(row))
            return False
        del row[len(names) :]
    row.extend([""] * (len(names) - len(row)))
    return True
