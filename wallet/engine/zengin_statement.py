"""The account's movements as banks send them: 入出金取引明細 of 全国銀行協会, read.

One header, a record a movement, a trailer with counts, sums and the balance, an end; 200 bytes each, JIS X 0201. Days are written
as YYMMDD of the Japanese era, or, with some banks, of the western year. Nothing of the file is believed: every record's length,
place, digits and day are looked at, the trailer must say what the records add up to, and all that is wrong is named at once.
"""

from collections.abc import Iterable
from datetime import date
from typing import Literal

from wallet.engine.bank_statement import MOST_LINES, BankLineRead, StatementRead, Trouble, twice_numbered
from wallet.engine.fixed_width import Layout, number, pieces, read_record, text, write_record
from wallet.errors import FileUnreadable

SIZE = 200
REIWA = 2018  # the first year of Reiwa is 2019
Years = Literal["japanese", "western"]
HEADER = (
    number("record", 1, "1"), number("kind", 2, "03"), number("coding", 1, "0"), number("made_on", 6),
    number("since", 6), number("until", 6), number("bank_code", 4), text("bank_name", 15), number("branch_code", 3),
    text("branch_name", 15), text("unused", 3), number("account_type", 1), number("account_number", 10),
    text("holder", 40), number("is_overdrawn", 1, "1"), number("book", 1), number("opening", 14), text("filler", 71),
)  # fmt: skip
DATA = (
    number("record", 1, "2"), number("serial", 8), number("booked_on", 6), number("value_on", 6), number("way", 1),
    number("deal", 2), number("amount", 12), number("cheques", 12), number("presented_on", 6), number("bounced_on", 6),
    number("cheque_kind", 1), number("cheque_number", 7), number("branch", 3), number("sender_code", 10),
    text("name", 48), text("from_bank", 15), text("from_branch", 15), text("remark", 20), text("edi", 20), text("filler", 1),
)  # fmt: skip
TRAILER = (
    number("record", 1, "8"), number("count_in", 6), number("total_in", 13), number("count_out", 6),
    number("total_out", 13), number("is_overdrawn", 1, "1"), number("closing", 14), number("records", 7),
    text("filler", 139),
)  # fmt: skip
END = (number("record", 1, "9"), number("records", 10), number("accounts", 5), text("filler", 184))
_LAYOUTS: dict[bytes, Layout] = {b"1": HEADER, b"2": DATA, b"8": TRAILER, b"9": END}
IN, OUT = "1", "2"
OVERDRAWN = "2"
NOT_FINAL = frozenset({"12", "13", "19"})  # cheques of other banks, the clearing house, corrections

Record = dict[str, str]


def read_statement(content: bytes, years: Years) -> StatementRead:
    """Read a file whole; what is wrong stands in the answer."""
    rows, troubles = _records(content)
    kinds = "".join(record["record"] for _line, record in rows)
    if troubles or kinds != "1" + "2" * (len(rows) - 3) + "89":
        misplaced = [] if troubles else [_misplaced(kinds)]
        return StatementRead(layout="zengin", account="", lines=(), troubles=(*troubles, *misplaced))
    head, trailer, end = rows[0][1], rows[-2][1], rows[-1][1]
    if (head["kind"], head["coding"]) != ("03", "0"):
        return StatementRead(layout="zengin", account="", lines=(), troubles=(Trouble(1, "not_this", "kind"),))
    movements = [_movement(line, record, head, years) for line, record in rows[1:-2]]
    lines = [each for each in movements if isinstance(each, BankLineRead)]
    troubles += [each for each in movements if isinstance(each, Trouble)]
    if not troubles:
        troubles += [*twice_numbered(lines), *_sums(lines, head, trailer, end, len(rows))]
    return StatementRead(
        layout="zengin", account=_account(head), lines=tuple(lines), troubles=tuple(troubles),
        closing=_signed(trailer, "closing"),
    )  # fmt: skip


def write_statement(head: dict[str, str | int], movements: Iterable[dict[str, str | int]]) -> bytes:
    """Write such a file, as a bank would; for the demo city and for tests.

    :raises KanaUnwritable: for a field that does not fit.
    """
    rows = list(movements)
    came, went = ([int(row["amount"]) for row in rows if row["way"] == way] for way in (IN, OUT))
    closing = int(head.get("opening", 0)) + sum(came) - sum(went)
    trailer: dict[str, str | int] = {
        "count_in": len(came), "total_in": sum(came), "count_out": len(went), "total_out": sum(went),
        "is_overdrawn": "1" if closing >= 0 else OVERDRAWN, "closing": abs(closing), "records": len(rows),
    }  # fmt: skip
    end = {"records": len(rows) + 3, "accounts": 1}
    records = [write_record(HEADER, head), *(write_record(DATA, row) for row in rows)]
    return b"".join(record + b"\r\n" for record in [*records, write_record(TRAILER, trailer), write_record(END, end)])


def day_written(day: date, years: Years = "japanese") -> str:
    """Return a day as the file writes it."""
    return f"{(day.year - (REIWA if years == 'japanese' else 2000)) % 100:02}{day:%m%d}"


def _records(content: bytes) -> tuple[list[tuple[int, Record]], list[Trouble]]:
    rows: list[tuple[int, Record]] = []
    troubles: list[Trouble] = []
    for line, piece in pieces(content, SIZE):
        if line > MOST_LINES + 3:
            return rows, [Trouble(line, "too_long")]
        layout = _LAYOUTS.get(piece[:1])
        if len(piece) != SIZE or layout is None:
            troubles.append(Trouble(line, "length" if len(piece) != SIZE else "not_this", "record"))
            continue
        try:
            rows.append((line, read_record(layout, piece, line)))
        except FileUnreadable as refusal:
            troubles.append(Trouble(line, "signs", str(refusal.members["field"])))
    return rows, troubles


def _misplaced(kinds: str) -> Trouble:
    """Name the first record that stands where another belongs; the end of the file where one is missing."""
    wanted = "1" + "2" * max(len(kinds) - 3, 0) + "89"
    at = next((place for place, pair in enumerate(zip(kinds, wanted, strict=False)) if pair[0] != pair[1]), len(kinds))
    return Trouble(at + 1, "misplaced", "record")


def _movement(line: int, record: Record, head: Record, years: Years) -> BankLineRead | Trouble:
    day = _day(record["booked_on"], years)
    since, until = _day(head["since"], years), _day(head["until"], years)
    amount, cheques = int(record["amount"] or 0), int(record["cheques"] or 0)
    if day is None:
        return Trouble(line, "day", "booked_on")
    if since is None or until is None or not since <= day <= until:
        return Trouble(line, "day_outside", "booked_on")
    if record["way"] not in (IN, OUT):
        return Trouble(line, "way", "way")
    if amount == 0 or cheques > amount:
        return Trouble(line, "amount", "amount")
    return BankLineRead(
        number=line, booked_on=day, is_in=record["way"] == IN, amount=amount, name=record["name"] or record["remark"],
        serial=record["serial"].lstrip("0"), is_final=record["deal"] not in NOT_FINAL and cheques == 0,
    )  # fmt: skip


def _day(written: str, years: Years) -> date | None:
    """Return the day that YYMMDD stands for, None for none."""
    written = written.zfill(6)
    try:
        year = int(written[:2]) + (REIWA if years == "japanese" else 2000)
        return date(year, int(written[2:4]), int(written[4:]))
    except ValueError:
        return None


def _sums(lines: list[BankLineRead], head: Record, trailer: Record, end: Record, records: int) -> list[Trouble]:
    """Hold the trailer and the end against what the records add up to."""
    came, went = ([line.amount for line in lines if line.is_in is way] for way in (True, False))
    closing = _signed(head, "opening") + sum(came) - sum(went)
    said = {
        "count_in": len(came), "total_in": sum(came), "count_out": len(went), "total_out": sum(went),
        "records": len(lines),
    }  # fmt: skip
    troubles = [Trouble(records - 1, "sums", name) for name, ours in said.items() if int(trailer[name] or 0) != ours]
    if _signed(trailer, "closing") != closing:
        troubles.append(Trouble(records - 1, "balance", "closing"))
    if int(end["records"] or 0) != records or int(end["accounts"] or 0) != 1:
        troubles.append(Trouble(records, "sums", "records"))
    return troubles


def _signed(record: Record, name: str) -> int:
    amount = int(record[name] or 0)
    return -amount if record["is_overdrawn"] == OVERDRAWN else amount


def _account(head: Record) -> str:
    """Return bank, branch, type and number; banks write the number of seven digits into ten."""
    account = head["account_number"].lstrip("0").zfill(7)
    return f"{head['bank_code'].zfill(4)}-{head['branch_code'].zfill(3)}-{head['account_type'] or '1'}-{account}"
