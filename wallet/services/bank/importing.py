"""Taking a bank's statement into the books: first it is read and shown, then it is taken whole, each movement once.

Locks: the statements of the account as a whole (an advisory lock), so that two officers with one file come one after the other;
unique constraints are the last guard.
"""

from hashlib import sha256
from uuid import UUID

from django.db import connection

from kernel.ids import new_id
from kernel.keys import seal_for_city
from kernel.problems import NotAllowed, NotFound
from kernel.use_case import Act, Key, use_case
from wallet.engine.bank_results import StatementImported, StatementPreview
from wallet.engine.bank_statement import Placed, StatementRead
from wallet.errors import StatementBroken
from wallet.models import BankLine, BankLineState, BankStatement, BankStatementLine
from wallet.selectors.bank import RIGHT, account_key
from wallet.selectors.bank_files import context, kept_file, laid_beside_books, preview, read_file

AT_ONCE = 1000


@use_case("wallet.read_bank_statement", key=Key.REQUIRED)
def read_bank_statement(act: Act, *, content: bytes) -> StatementPreview:
    """Read a file and say what it would bring. Nothing is taken yet; a file without trouble is kept, sealed, to be taken as shown.

    :raises NotAllowed: :raises TransfersNotOffered: :raises StatementOfAnotherAccount:
    """
    _check(act)
    laid = laid_beside_books(read_file(content))
    row = _kept(act, content, laid.read) if not laid.troubles else None
    act.audit(what={"statement_id": str(row.pk) if row else None, "troubles": len(laid.troubles)})
    return preview(laid, row)


@use_case("wallet.import_bank_statement", key=Key.REQUIRED, status=201)
def import_bank_statement(act: Act, *, statement_id: UUID) -> StatementImported:
    """Take a file that was read into the books: all of it or nothing, each movement once, whatever other files said before.

    What came in waits then to be booked (:func:`wallet.services.bank.booking.book_bank_lines`). A file that was taken stays so.

    :raises NotAllowed: :raises NotFound: :raises StatementBroken: where it does not go together with what was taken meanwhile.
    """
    _check(act)
    _lock_statements()
    row = BankStatement.objects.select_for_update().filter(pk=statement_id).first()
    if row is None:
        raise NotFound
    if row.imported_at is None:
        _take(act, row)
    act.audit(what={"statement_id": str(row.pk), "lines": row.lines, "fresh": row.fresh})
    return StatementImported(row.pk, row.lines, row.fresh or 0, row.lines - (row.fresh or 0))


def _check(act: Act) -> None:
    if not act.principal.may(RIGHT):
        raise NotAllowed


def _lock_statements() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('wallet.bank_statements'))")


def _kept(act: Act, content: bytes, read: StatementRead) -> BankStatement:
    """Keep the file; one that was read before is known by its bytes."""
    digest, key = sha256(content).digest(), new_id(act.at)
    version, sealed = seal_for_city(content, context("statement", key))
    days = [line.booked_on for line in read.lines]
    row = BankStatement(
        id=key, bank_account=account_key(), layout=read.layout, sha256=digest, key_version=version, sealed=sealed,
        lines=len(read.lines), since=min(days), until=max(days), total_in=read.total_in, total_out=read.total_out,
        closing=read.closing, read_by=act.principal.actor, read_at=act.at,
    )  # fmt: skip
    BankStatement.objects.bulk_create([row], ignore_conflicts=True)
    return BankStatement.objects.get(sha256=digest)


def _take(act: Act, row: BankStatement) -> None:
    laid = laid_beside_books(kept_file(row))
    placed = laid.placed
    if laid.troubles:
        raise StatementBroken(troubles=len(laid.troubles))
    lines = {each.line.number: _line(act, row, each) for each in placed if each.known is None}
    BankLine.objects.bulk_create(lines.values(), batch_size=AT_ONCE)
    _learn_serials(placed)
    entries = [
        BankStatementLine(statement=row, number=each.line.number, line_id=each.known or lines[each.line.number].pk)
        for each in placed
    ]
    BankStatementLine.objects.bulk_create(entries, batch_size=AT_ONCE)
    row.imported_by, row.imported_at, row.fresh = act.principal.actor, act.at, len(lines)
    row.save(update_fields=["imported_by", "imported_at", "fresh"])


def _line(act: Act, row: BankStatement, placed: Placed) -> BankLine:
    line, key = placed.line, new_id(act.at)
    version, sealed = seal_for_city(line.name.encode(), context("line", key))
    return BankLine(
        id=key, statement=row, bank_account=row.bank_account, booked_on=line.booked_on, is_in=line.is_in,
        amount=line.amount, content=placed.content, ordinal=placed.ordinal, serial=line.serial, is_final=line.is_final,
        key_version=version, sealed=sealed, state=BankLineState.WAITING if line.is_in else BankLineState.OUT,
    )  # fmt: skip


def _learn_serials(placed: list[Placed]) -> None:
    """Note the bank's numbers of movements that came by a file without them."""
    serials = {each.known: each.line.serial for each in placed if each.known is not None and each.line.serial}
    for line in BankLine.objects.filter(pk__in=serials, serial=""):
        BankLine.objects.filter(pk=line.pk).update(serial=serials[line.pk])
