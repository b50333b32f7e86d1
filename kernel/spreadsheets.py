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
