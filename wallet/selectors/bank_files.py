"""A bank's file beside the books: what it says, which of its movements are known, and what it would bring."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

import msgspec
from django.conf import settings

from kernel.blind_index import blind_index
from kernel.keys import unseal_for_city
from kernel.spreadsheets import TableUnreadable, rows_of
from wallet.engine.bank_csv import read_table
from wallet.engine.bank_results import StatementPreview
from wallet.engine.bank_statement import (
    BankLineRead,
    KnownLine,
    Placed,
    StatementRead,
    Trouble,
    place,
    same_name,
)
from wallet.engine.transfer_codes import code_in
from wallet.engine.zengin_statement import SIZE, read_statement
from wallet.errors import StatementOfAnotherAccount
from wallet.models import BankLine, BankStatement, TransferCode
from wallet.selectors.bank import account_key, csv_columns


class Laid(msgspec.Struct, frozen=True):
    """A file laid beside the books; ``placed`` says of each line which movement it is."""

    read: StatementRead
    placed: list[Placed]
    troubles: list[Trouble]


def read_file(content: bytes) -> StatementRead:
    """Read a file in whichever format it is; :raises StatementOfAnotherAccount: where it says that it is of another account."""
    is_fixed = content[:1] == b"1" and b"," not in content[:SIZE]
    read = read_statement(content, settings.TRANSFERS["years"]) if is_fixed else read_csv(content)
    if read.account and not account_key().endswith(read.account):
        raise StatementOfAnotherAccount(account=read.account)
    return read


def read_csv(content: bytes) -> StatementRead:
    """Read a table, in UTF-8 or Shift_JIS, by the columns that the settings name."""
    try:
        return read_table(rows_of(content), csv_columns())
    except TableUnreadable as wrong:
        return StatementRead(layout="csv", account="", lines=(), troubles=(Trouble(wrong.line, "not_this"),))


def laid_beside_books(read: StatementRead) -> Laid:
    """Say of each line of a file which movement it is; nothing is placed where the file has troubles of its own."""
    if read.troubles or not read.lines:
        return Laid(read, [], list(read.troubles) or [Trouble(1, "empty")])
    contents = {line.number: _content_of(line) for line in read.lines}
    return Laid(read, *place(read.lines, contents, _known_lines({line.booked_on for line in read.lines})))


def preview(laid: Laid, row: BankStatement | None) -> StatementPreview:
    """Return what a file holds and would bring; ``row`` is the kept file, None where it cannot be taken."""
    read, days = laid.read, [line.booked_on for line in laid.read.lines]
    fresh = [each.line for each in laid.placed if each.known is None]
    came = [line for line in fresh if line.is_in]
    matched = _matched(came)
    return StatementPreview(
        id=row.pk if row else None, layout=read.layout, account=read.account, since=min(days, default=None),
        until=max(days, default=None), lines=len(read.lines), fresh=len(fresh), known=len(laid.placed) - len(fresh),
        matched=matched, unmatched=len(came) - matched, total_in=read.total_in, total_out=read.total_out,
        troubles=laid.troubles,
    )  # fmt: skip


def kept_preview(row: BankStatement) -> StatementPreview:
    """Return what a kept file would bring now."""
    return preview(laid_beside_books(kept_file(row)), row)


def kept_file(row: BankStatement) -> StatementRead:
    """Read a kept file again."""
    return read_file(unseal_for_city(row.key_version, bytes(row.sealed), context("statement", row.pk)))


def sender_name(row: BankLine) -> str:
    """Open the sender's name of a movement."""
    return unseal_for_city(row.key_version, bytes(row.sealed), context("line", row.pk)).decode()


def context(what: str, key: UUID) -> str:
    """Return the place for which a file or a name is sealed."""
    return f"wallet.bank_{what}.{key}"


def _content_of(line: BankLineRead) -> str:
    """Return the sign that stands for a sender's name."""
    return blind_index(same_name(line.name), "wallet.bank_line")


def _known_lines(days: Iterable[date]) -> list[KnownLine]:
    rows = BankLine.objects.filter(bank_account=account_key(), booked_on__in=days)
    fields = ("id", "booked_on", "is_in", "amount", "content", "ordinal", "serial")
    return [KnownLine(**row) for row in rows.values(*fields).order_by("ordinal", "id")]


def _matched(came: list[BankLineRead]) -> int:
    """Count the movements whose code is that of an open account."""
    codes = [code for code, _why in (code_in(line.name) for line in came if line.is_final) if code]
    ours = set(TransferCode.objects.filter(code__in=codes, account__closed_at=None).values_list("code", flat=True))
    return sum(1 for code in codes if code in ours)
