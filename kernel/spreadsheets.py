"""Tables for spreadsheet programs, which run what looks like a formula."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

_FORMULA = (
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "\n",
    "＝",
    "＋",
    "－",
    "＠",
)  # the full-width ones as Excel in Japan reads them
_BYTE_ORDER_MARK = "\ufeff"  # without it, Excel takes UTF-8 for Shift_JIS


def csv_of(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """Return a CSV file (RFC 4180, UTF-8); a text that a spreadsheet would run as a formula gets an apostrophe in front.

    Numbers stay numbers, negative ones too.
    """
    return b"".join(csv_pieces(header, [rows]))


def csv_pieces(header: Sequence[str], pages: Iterable[Iterable[Sequence[Any]]]) -> Iterator[bytes]:
    """Yield the same file from pages of rows, a page a piece."""
    yield (_BYTE_ORDER_MARK + _lines([header])).encode()
    for page in pages:
        yield _lines([_harmless(cell) for cell in row] for row in page).encode()


def _lines(rows: Iterable[Sequence[Any]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue()


def _harmless(cell: Any) -> Any:
    if cell is None or isinstance(cell, int):
        return cell
    text = str(cell)
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text


class TableUnreadable(ValueError):
    """No table: another encoding, or a quote that nobody closed; ``line`` says where."""

    def __init__(self, line: int) -> None:
        """Keep the line, counted from 1."""
        super().__init__(line)
        self.line = line


def rows_of(content: bytes) -> list[tuple[int, list[str]]]:
    """Return a table's rows as their cells, each with the line of the file where it ends; UTF-8, else the Shift_JIS of offices.

    :raises TableUnreadable:
    """
    table = csv.reader(io.StringIO(_text(content), newline=""), strict=True)
    try:
        return [(table.line_num, row) for row in table]
    except csv.Error:
        raise TableUnreadable(table.line_num) from None


def _text(content: bytes) -> str:
    for encoding in ("utf-8-sig", "cp932"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise TableUnreadable(1)
