"""The file that a bank takes transfers from: 総合振込 of 全国銀行協会, written and read.

One header, a record a transfer, a trailer with count and sum, an end; 120 bytes each, a CRLF after each, JIS X 0201. What cannot be
written as it is, is refused with the field's name: nothing is cut short or left out.
"""

from datetime import date

import msgspec

from wallet.engine.fixed_width import number, read_record, records, text, write_record
from wallet.errors import FileUnreadable, KanaUnwritable

SIZE = 120
CRLF = b"\r\n"
MOST = 10**10 - 1  # ten digits of yen
HEADER = (
    number("record", 1, "1"), number("kind", 2, "21"), number("coding", 1, "0"), number("client_code", 10),
    text("client_name", 40), number("pay_on", 4), number("bank_code", 4), text("bank_name", 15),
    number("branch_code", 3), text("branch_name", 15), number("account_type", 1), number("account_number", 7),
    text("filler", 17),
)  # fmt: skip
DATA = (
    number("record", 1, "2"), number("bank_code", 4), text("bank_name", 15), number("branch_code", 3),
    text("branch_name", 15), number("clearing_house", 4, "0"), number("account_type", 1), number("account_number", 7),
    text("holder", 30), number("amount", 10), number("is_new", 1, "0"), text("reference", 20), number("by", 1, "7"),
    text("mark", 1), text("filler", 7),
)  # fmt: skip
TRAILER = (number("record", 1, "8"), number("count", 6), number("total", 12), text("filler", 101))
END = (number("record", 1, "9"), text("filler", 119))


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """An account at a bank: codes of four and three digits, names in half-width kana, type 1 普通, 2 当座, 4 貯蓄, 9 その他."""

    bank_code: str
    bank_name: str
    branch_code: str
    branch_name: str
    account_type: str
    account_number: str


class Transfer(msgspec.Struct, frozen=True, kw_only=True):
    """One transfer; ``reference`` is ours (顧客コード), and comes back with it."""

    to: Place
    holder: str
    amount: int
    reference: str = ""


class TransferFile(msgspec.Struct, frozen=True, kw_only=True):
    """A whole file: who pays, on which day of the year (the year is not written), and the transfers in their order."""

    client_code: str
    client_name: str
    source: Place
    pay_month: int
    pay_day: int
    transfers: tuple[Transfer, ...]

    @property
    def total(self) -> int:
        """Return the sum of the transfers."""
        return sum(each.amount for each in self.transfers)


def write(file: TransferFile) -> bytes:
    """Write the file; :raises KanaUnwritable: for a field that does not fit, with the transfer's place in the file."""
    head = _codes(file.source) | {"client_code": _digits("client_code", file.client_code, 10)}
    head |= {"client_name": _kept("client_name", file.client_name), "pay_on": _month_and_day(file)}
    lines = [write_record(HEADER, head)]
    lines += [_data(transfer, order) for order, transfer in enumerate(file.transfers, start=1)]
    lines.append(write_record(TRAILER, {"count": len(file.transfers), "total": file.total}))
    lines.append(write_record(END, {}))
    return b"".join(line + CRLF for line in lines)


def check_transfer(transfer: Transfer) -> None:
    """Refuse a transfer that could not be written; :raises KanaUnwritable: with field and reason."""
    _data(transfer, None)


def _data(transfer: Transfer, order: int | None) -> bytes:
    try:
        return _record_of(transfer)
    except KanaUnwritable as refusal:
        if order is None:
            raise
        raise KanaUnwritable(**dict(refusal.members), transfer=order) from None


def _record_of(transfer: Transfer) -> bytes:
    if not 1 <= transfer.amount <= MOST:
        raise KanaUnwritable(field="amount", most=10)
    if not transfer.holder:
        raise KanaUnwritable(field="holder")
    words = {"holder": _kept("holder", transfer.holder), "reference": _kept("reference", transfer.reference)}
    return write_record(DATA, _codes(transfer.to) | words | {"amount": transfer.amount})


def _codes(place: Place) -> dict[str, str | int]:
    sizes = {"bank_code": 4, "branch_code": 3, "account_type": 1, "account_number": 7}
    found: dict[str, str | int] = {name: _digits(name, getattr(place, name), size) for name, size in sizes.items()}
    return found | {name: _kept(name, getattr(place, name)) for name in ("bank_name", "branch_name")}


def _digits(field: str, value: str, size: int) -> str:
    """Return a code of exactly so many digits: a shorter one would get zeros that nobody wrote."""
    if len(value) != size or not (value.isascii() and value.isdigit()):
        raise KanaUnwritable(field=field, digits=size)
    return value


def _kept(field: str, value: str) -> str:
    """Return a text that will be read as it was written: spaces at its end would not."""
    if value != value.rstrip(" "):
        raise KanaUnwritable(field=field, sign=" ")
    return value


def _month_and_day(file: TransferFile) -> str:
    try:
        date(2028, file.pay_month, file.pay_day)  # a leap year
    except ValueError:
        raise KanaUnwritable(field="pay_on") from None
    return f"{file.pay_month:02}{file.pay_day:02}"


def parse(content: bytes) -> TransferFile:
    """Read a file; :raises FileUnreadable: where a record is missing or of another kind, or count or sum differ."""
    lines = list(records(content, SIZE))
    kinds = b"".join(record[:1] for _line, record in lines)
    if len(lines) < 3 or kinds != b"1" + b"2" * (len(lines) - 3) + b"89":
        raise FileUnreadable(line=len(lines), field="record")
    head = read_record(HEADER, lines[0][1], 1)
    if (head["kind"], head["coding"]) != ("21", "0"):
        raise FileUnreadable(line=1, field="kind")
    pay_on = head["pay_on"].zfill(4)
    file = TransferFile(
        client_code=head["client_code"], client_name=head["client_name"], source=_place(head),
        pay_month=int(pay_on[:2]), pay_day=int(pay_on[2:]),
        transfers=tuple(_transfer(record, line) for line, record in lines[1:-2]),
    )  # fmt: skip
    line, record = lines[-2]
    trailer = read_record(TRAILER, record, line)
    for field, ours in (("count", len(file.transfers)), ("total", file.total)):
        if int(trailer[field] or 0) != ours:
            raise FileUnreadable(line=line, field=field)
    return file


def _transfer(record: bytes, line: int) -> Transfer:
    read = read_record(DATA, record, line)
    if read["amount"] == "":
        raise FileUnreadable(line=line, field="amount")
    return Transfer(to=_place(read), holder=read["holder"], amount=int(read["amount"]), reference=read["reference"])


def _place(read: dict[str, str]) -> Place:
    return Place(**{name: read[name] for name in Place.__struct_fields__})
