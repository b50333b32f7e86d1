"""What the services and selectors of bank transfers return; each is, field by field, the JSON that a door sends. Whole yen."""

from datetime import date
from typing import Literal
from uuid import UUID

import msgspec

from wallet.engine.bank_statement import Trouble


class TransferAccount(msgspec.Struct, frozen=True):
    """The city's account that residents transfer to, as people read it and as an ATM asks for it."""

    bank_code: str
    bank_name: str
    branch_code: str
    branch_name: str
    account_type: Literal["1", "2", "4", "9"]
    number: str
    holder: str


class BankTransferWay(msgspec.Struct, frozen=True):
    """How one tops up by transfer: where to, and the digits before one's name; no ``code`` before one was asked for."""

    account: TransferAccount
    code: str | None
    most: int


class StatementPreview(msgspec.Struct, frozen=True):
    """What a file holds and would bring; ``id`` is missing where it has troubles and cannot be taken.

    Of the ``fresh`` lines that came in, ``matched`` carry the code of an account that can take them, ``unmatched`` do not.
    """

    id: UUID | None
    layout: str
    account: str
    since: date | None
    until: date | None
    lines: int
    fresh: int
    known: int
    matched: int
    unmatched: int
    total_in: int
    total_out: int
    troubles: list[Trouble]


class StatementImported(msgspec.Struct, frozen=True):
    """What an import brought."""

    id: UUID
    lines: int
    fresh: int
    known: int


class LineBooked(msgspec.Struct, frozen=True):
    """What became of one movement."""

    id: UUID
    state: str
    reason: str


class LineName(msgspec.Struct, frozen=True):
    """What is sealed of a movement."""

    name: str


class ProposalMade(msgspec.Struct, frozen=True):
    """A proposal for an open movement; ``is_accepted`` is missing while another officer's decision is waited for."""

    id: UUID
    line_id: UUID
    deed: str
    is_accepted: bool | None
