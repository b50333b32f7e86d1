"""What settlement's services and selectors return; each is, field by field, the JSON that the API sends. Whole yen."""

from datetime import date, datetime
from uuid import UUID

import msgspec


class BatchDrawn(msgspec.Struct, frozen=True):
    """A batch in its present state, by its sums."""

    id: UUID
    cut_off_on: date
    pay_on: date
    state: str
    credits: int
    transfers: int
    gross: int
    refunds: int
    fee: int
    cash: int
    net: int
    carried_out: int


class FileWritten(msgspec.Struct, frozen=True):
    """The file for the bank, by what it holds."""

    batch_id: UUID
    transfers: int
    total: int
    sha256: str


class CameBack(msgspec.Struct, frozen=True):
    """A transfer that came back."""

    transfer_id: UUID
    amount: int


class ReturnsRead(msgspec.Struct, frozen=True):
    """A file of returns: how many were recorded, how many were known already."""

    recorded: int
    known: int
    amount: int


class PayoutNamed(msgspec.Struct, frozen=True):
    """An account for payouts as it may be shown: masked."""

    id: UUID
    organisation_id: UUID
    bank_code: str
    bank_name: str
    branch_code: str
    branch_name: str
    account_type: str
    number: str
    state: str
    registered_at: datetime


class PayoutsNamed(msgspec.Struct, frozen=True):
    """The newest accounts for payouts of those organisations that one manages."""

    results: list[PayoutNamed]


class PayoutDetails(msgspec.Struct, frozen=True):
    """What is sealed of an account for payouts."""

    number: str
    holder: str


class BanksImported(msgspec.Struct, frozen=True):
    """How many banks and branches there are after an import, and how many came to their end with it."""

    banks: int
    branches: int
    ended_banks: int
    ended_branches: int


class BankEntry(msgspec.Struct, frozen=True):
    """A bank or a branch as an import brings it; ``bank`` is empty for a bank itself."""

    code: str
    name: str
    kana: str
    bank: str = ""


class SettlementOfMine(msgspec.Struct, frozen=True):
    """One period as a shop's manager sees it."""

    id: UUID
    cut_off_on: date
    since: datetime
    until: datetime
    pay_on: date
    gross: int
    refunds: int
    carried_in: int
    returned_in: int
    fee: int
    cash: int
    net: int
    carried_out: int
    state: str
    reason: str
    organisation_id: UUID


class CounterOpened(msgspec.Struct, frozen=True):
    """A counter that takes cash."""

    id: UUID
    name: str


class TillNow(msgspec.Struct, frozen=True):
    """A till as it stands: ``taken`` is the cash that came less what went, ``expected`` float and that; the rest once closed."""

    id: UUID
    counter: str
    day: date
    float_yen: int
    top_ups: int
    taken: int
    expected: int
    counted: int | None
    difference: int | None
    state: str


class HandoverNow(msgspec.Struct, frozen=True):
    """Cash of an organisation's shops that was recorded as handed over; ``is_accepted`` is None while it waits."""

    id: UUID
    organisation_id: UUID
    amount: int
    is_accepted: bool | None


class CashReceived(msgspec.Struct, frozen=True):
    """Cash that the city has received of an organisation's shops, as its manager sees it."""

    id: UUID
    amount: int
    way: str
    received_on: date


class CashOfMine(msgspec.Struct, frozen=True):
    """How much of the city's cash an organisation's shops hold now, and what was received of it lately, newest first."""

    organisation_id: UUID
    owed: int
    received: list[CashReceived]


class CashOfShops(msgspec.Struct, frozen=True):
    """The same of each organisation that one manages."""

    results: list[CashOfMine]
