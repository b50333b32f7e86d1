"""The file for the bank: written once of what was booked, sealed at rest, its SHA-256 kept."""

from hashlib import sha256
from uuid import UUID

from kernel.keys import seal_for_city, unseal_for_city
from kernel.problems import NotAllowed, NotFound
from kernel.use_case import Act, Key, use_case
from wallet.engine.settled import FileWritten
from wallet.engine.zengin import Place, Transfer, TransferFile, write
from wallet.errors import NothingToPay, SettlementDecided
from wallet.models import (
    PayoutAccount,
    SettlementBatch,
    SettlementFile,
    SettlementState,
    SettlementTransfer,
    TransferState,
)
from wallet.selectors.banks import NAME_SIGNS, branch_names
from wallet.selectors.settlement import file_of, transfers_of
from wallet.services.settlement.deciding import lock_batch
from wallet.services.settlement.drawing import RIGHT
from wallet.services.settlement.payer import payer
from wallet.services.settlement.payouts import details_of

WRITES = (SettlementState.APPROVED, SettlementState.WRITTEN, SettlementState.PAID)


@use_case("wallet.write_settlement_file", key=Key.REQUIRED, status=201)
def write_settlement_file(act: Act, *, batch_id: UUID) -> FileWritten:
    """Write the bank's file of an approved batch; where it is written, this is the same file.

    :raises NotAllowed: :raises NotFound: :raises SettlementDecided: before approval; :raises NothingToPay: where no transfer was
    booked;
        :raises PayerUnknown: :raises KanaUnwritable: with field and place, and then nothing is written.
    """
    batch = lock_batch(act, batch_id, *WRITES)
    row = file_of(batch) or _write(act, batch)
    act.audit(what={"batch_id": str(batch.pk), "sha256": bytes(row.sha256).hex(), "total": row.total})
    return FileWritten(batch.pk, row.transfers, row.total, bytes(row.sha256).hex())


@use_case("wallet.take_settlement_file")
def take_settlement_file(act: Act, *, batch_id: UUID) -> bytes:
    """Return the file's bytes, to be carried to the bank; who took it is in the audit log.

    :raises NotAllowed: :raises NotFound: :raises SettlementDecided: where the file is not what it was when it was written.
    """
    if not act.principal.may(RIGHT):
        raise NotAllowed
    row = SettlementFile.objects.filter(pk=batch_id).first()
    if row is None:
        raise NotFound
    content = unseal_for_city(row.key_version, bytes(row.sealed), _context(row.pk))
    if sha256(content).digest() != bytes(row.sha256):
        raise SettlementDecided(state="damaged")
    act.audit(what={"batch_id": str(row.pk), "sha256": bytes(row.sha256).hex()})
    return content


def reference_of(batch: SettlementBatch, order: int) -> str:
    """Return what stands beside a transfer in the file, and comes back with it."""
    return f"{batch.cut_off_on:%y%m%d}-{order}"


def _write(act: Act, batch: SettlementBatch) -> SettlementFile:
    transfers = [_transfer(batch, row) for row in transfers_of(batch).filter(state=TransferState.BOOKED)]
    if not transfers:
        raise NothingToPay
    code, name, source = payer()
    file = TransferFile(
        client_code=code, client_name=name, source=source, pay_month=batch.pay_on.month, pay_day=batch.pay_on.day,
        transfers=tuple(transfers),
    )  # fmt: skip
    content = write(file)
    version, sealed = seal_for_city(content, _context(batch.pk))
    row = SettlementFile.objects.create(
        batch=batch, transfers=len(transfers), total=file.total, sha256=sha256(content).digest(),
        key_version=version, sealed=sealed, written_by=act.principal.actor, written_at=act.at,
    )  # fmt: skip
    batch.state = SettlementState.WRITTEN
    batch.save(update_fields=["state"])
    return row


def _transfer(batch: SettlementBatch, row: SettlementTransfer) -> Transfer:
    assert row.payout is not None  # noqa: S101 - the shape of a transfer that is booked, checked by the database
    details = details_of(row.payout)
    return Transfer(
        to=_place(row.payout, details.number), holder=details.holder, amount=row.net,
        reference=reference_of(batch, row.order),
    )  # fmt: skip


def _place(payout: PayoutAccount, number: str) -> Place:
    """Return where it goes; a branch that ended since the batch was drawn up keeps its codes, which the bank decides on."""
    names = branch_names(payout.bank_code, payout.branch_code)
    return Place(
        bank_code=payout.bank_code, bank_name=names.bank[:NAME_SIGNS] if names else "", branch_code=payout.branch_code,
        branch_name=names.branch[:NAME_SIGNS] if names else "", account_type=payout.account_type, account_number=number,
    )  # fmt: skip


def _context(batch_id: UUID) -> str:
    return f"wallet.settlement_file.{batch_id}"
