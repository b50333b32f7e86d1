"""What the services and selectors of payouts return; each is, field by field, the JSON that a door sends. Whole yen."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

import msgspec


class PayoutNow(msgspec.Struct, frozen=True):
    """A payout as its person and the desk see it; ``account_end`` are the last two digits of where it is transferred to."""

    id: UUID
    receipt_number: str
    state: Literal["asked", "opened", "approved", "written", "paid", "returned", "refused", "withdrawn"]
    way: Literal["cash", "bank"]
    amount: int | None
    account_end: str
    at: datetime
    pay_on: date | None
    answer: str


class PayoutFileWritten(msgspec.Struct, frozen=True):
    """The bank's file of payouts, by what it holds."""

    id: UUID
    transfers: int
    total: int
    pay_on: date
    sha256: str


class CoinEndNow(msgspec.Struct, frozen=True):
    """The end of the coin as it was made public."""

    id: UUID
    announced_on: date
    claims_until: date
    is_approved: bool


class BankAccount(msgspec.Struct, frozen=True, kw_only=True):
    """Where a payout is transferred to, as a person says it."""

    bank_code: str
    branch_code: str
    account_type: str
    number: str
    holder: str
