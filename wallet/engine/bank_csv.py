"""The account's movements as a table: every bank has columns of its own, so which column means what is data (:class:`Columns`).

A head of names, one movement a row, whole yen. Where a column says the balance, it must go from row to row.
"""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime
from itertools import pairwise

import msgspec

from wallet.engine.bank_statement import MOST_LINES, MOST_YEN, BankLineRead, StatementRead, Trouble, twice_numbered

_YEN = re.compile(r"[0-9]{1,3}(,[0-9]{3})+|[0-9]+")
_SERIAL = re.compile(r"[0-9]{0,8}")


class Columns(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The names of the columns in the file's head; an empty name is a column that the bank does not have.

    ``skip`` lines stand above the head. ``serial`` may only be named where it is the very number that the bank's fixed-width file
    has (照会番号). ``account`` is a column that says the account's number in every row.
    """

    day: str = "日付"
    day_format: str = "%Y/%m/%d"
    came_in: str = "入金金額"
    went_out: str = "出金金額"
    balance: str = "残高"
    name: str = "摘要"
    serial: str = ""
    account: str = ""
    newest_first: bool = False
    skip: int = 0


Row = dict[str, str]


def read_table(table: Sequence[tuple[int, list[str]]], columns: Columns) -> StatementRead:
    """Read a table, given as its rows' cells with the line in the file where each ends; what is wrong stands in the answer."""
    rows, troubles = _rows(table, columns)
    movements = [_movement(number, row, columns) for number, row in rows]
    lines = [each for each in movements if isinstance(each, BankLineRead)]
    troubles += [each for each in movements if isinstance(each, Trouble)]
    balances: list[int] = []
    if not troubles:
        balances = [_signed(row[columns.balance]) for _number, row in rows] if columns.balance else []
        if columns.newest_first:
            lines, balances = lines[::-1], balances[::-1]
        troubles += [*twice_numbered(lines), *_balances(lines, balances)]
    account = _account(rows, columns)
    if account is None:
        troubles.append(Trouble(rows[0][0], "accounts", columns.account))
    return StatementRead(
        layout="csv", account=account or "", lines=tuple(lines), troubles=tuple(troubles),
        closing=balances[-1] if balances else None,
    )  # fmt: skip


def _rows(table: Sequence[tuple[int, list[str]]], columns: Columns) -> tuple[list[tuple[int, Row]], list[Trouble]]:
    """Return the rows that have the head's width, and what is wrong with head and width."""
    if len(table) > MOST_LINES + columns.skip + 1:
        return [], [Trouble(table[-1][0], "too_long")]
    head = [name.strip() for name in table[columns.skip][1]] if len(table) > columns.skip else []
    named = [columns.day, columns.came_in, columns.went_out, columns.name]
    named += [name for name in (columns.balance, columns.serial, columns.account) if name]
    missing = [Trouble(columns.skip + 1, "column", name) for name in named if head.count(name) != 1]
    if missing:
        return [], missing
    body = [(number, row) for number, row in table[columns.skip + 1 :] if any(cell.strip() for cell in row)]
    cut = [Trouble(number, "length") for number, row in body if len(row) != len(head)]
    whole = [(number, row) for number, row in body if len(row) == len(head)]
    return [(n, dict(zip(head, (cell.strip() for cell in row), strict=True))) for n, row in whole], cut


def _movement(number: int, row: Row, columns: Columns) -> BankLineRead | Trouble:
    day = _day(row[columns.day], columns.day_format)
    came, went = _yen(row[columns.came_in]), _yen(row[columns.went_out])
    serial = row[columns.serial] if columns.serial else ""
    if day is None:
        return Trouble(number, "day", columns.day)
    if came is None or went is None or (came > 0) is (went > 0) or came + went > MOST_YEN:
        return Trouble(number, "amount", columns.came_in if went in (None, 0) else columns.went_out)
    if not _SERIAL.fullmatch(serial):
        return Trouble(number, "signs", columns.serial)
    if columns.balance and _yen(row[columns.balance].removeprefix("-")) is None:
        return Trouble(number, "amount", columns.balance)
    return BankLineRead(
        number=number, booked_on=day, is_in=came > 0, amount=came or went, name=row[columns.name][:120],
        serial=serial.lstrip("0"),
    )  # fmt: skip


def _day(written: str, pattern: str) -> date | None:
    try:
        day = datetime.strptime(written, pattern).date()  # noqa: DTZ007 - a day, not an instant
    except ValueError:
        return None
    return day if 2000 <= day.year <= 2099 else None


def _yen(written: str) -> int | None:
    """Return whole yen, nothing as none of them; None for what is no number, or longer than twelve digits."""
    if written == "":
        return 0
    if not written.isascii() or not _YEN.fullmatch(written) or len(written) > len(f"{MOST_YEN:,}"):
        return None
    return int(written.replace(",", ""))


def _signed(written: str) -> int:
    return (_yen(written.removeprefix("-")) or 0) * (-1 if written.startswith("-") else 1)


def _balances(lines: list[BankLineRead], balances: list[int]) -> list[Trouble]:
    """Name the first row whose balance does not follow from the one before."""
    for (before, now), line in zip(pairwise(balances), lines[1:], strict=False):
        if now != before + (line.amount if line.is_in else -line.amount):
            return [Trouble(line.number, "balance")]
    return []


def _account(rows: list[tuple[int, Row]], columns: Columns) -> str | None:
    """Return the number that every row says, nothing where none is said, None where rows differ."""
    if not columns.account or not rows:
        return ""
    said = {"".join(filter(str.isdigit, unicodedata.normalize("NFKC", row[columns.account]))) for _n, row in rows}
    return said.pop().lstrip("0").zfill(7) if len(said) == 1 else None
