"""What the officers' desk shows of settlement: days to come, a batch's transfers, its states as bars, what the books say."""

from datetime import date, datetime
from uuid import UUID

import msgspec
from django.db.models import Sum
from django.utils.translation import gettext as _

from accounts.selectors import reader_names
from wallet.engine.settlement import next_cut_offs, pay_day
from wallet.models import SOURCES, AccountKind, Posting, SettlementBatch, SettlementTransfer, TransferState
from wallet.selectors.settlement import newest_batch, transfers_of
from wallet.selectors.settlement_terms import terms_in_force
from wallet.selectors.shop_cash import cash_owed


class CalendarDay(msgspec.Struct, frozen=True):
    """One period's last day and the day on which it is paid."""

    cut_off_on: date
    pay_on: date
    is_over: bool
    is_drawn: bool


class Bar(msgspec.Struct, frozen=True):
    """How many of a batch's transfers stand in one state, and their part in a hundred."""

    name: str
    state: str
    count: int
    amount: int
    percent: int


class TransferRow(msgspec.Struct, frozen=True):
    """One transfer with its organisation's name."""

    row: SettlementTransfer
    name: str
    account: str


def calendar_from(today: date) -> list[CalendarDay]:
    """Return the newest period that is over and the four that follow, with their pay days."""
    agreed, newest = terms_in_force(), newest_batch()
    past = [day for day in next_cut_offs(date.fromordinal(today.toordinal() - 40), 4) if day < today][-1:]
    days = past + next_cut_offs(date.fromordinal(today.toordinal() - 1), 4)
    return [
        CalendarDay(
            day, pay_day(day, after=agreed.pay_after, roll=agreed.roll), day < today,
            newest is not None and newest.cut_off_on >= day,
        )
        for day in days
    ]  # fmt: skip


def state_bars(batch: SettlementBatch) -> list[Bar]:
    """Return a bar for each state that occurs."""
    rows = list(batch.transfers.values_list("state", "net", "carried_out"))
    found = []
    for state in TransferState:
        some = [(net, carried) for each, net, carried in rows if each == state]
        if some:
            amount = sum(net if state != TransferState.CARRIED else carried for net, carried in some)
            found.append(Bar(str(state.label), state, len(some), amount, 100 * len(some) // len(rows)))
    return found


def transfer_rows(batch: SettlementBatch) -> list[TransferRow]:
    """Return a batch's transfers in the order of the file."""
    rows = list(transfers_of(batch))
    names = reader_names(row.organisation_id for row in rows)
    return [TransferRow(row, names.get(row.organisation_id, str(row.organisation_id)), _account(row)) for row in rows]


def cash_rows(*, at: datetime) -> list[tuple[UUID, str, int]]:
    """Return whose shops hold how much of the city's cash, by id and name, the most first."""
    owed = cash_owed(before=at)
    names = reader_names(owed)
    rows = [(key, names.get(key, str(key)), amount) for key, amount in owed.items()]
    return sorted(rows, key=lambda row: (-row[2], row[1]))


def _account(row: SettlementTransfer) -> str:
    if row.payout is None:
        return ""
    return _("%(bank)s-%(branch)s 末尾%(end)s") % {
        "bank": row.payout.bank_code, "branch": row.payout.branch_code, "end": row.payout.number_end,
    }  # fmt: skip


def difference_of(batch: SettlementBatch) -> int:
    """Return by how much the books and the batch's booked transfers differ: nothing, unless something is wrong."""
    booked = SettlementTransfer.objects.filter(batch=batch, journal__isnull=False)
    said = booked.aggregate(net=Sum("net", default=0))["net"]
    posted = Posting.objects.filter(
        journal_id__in=booked.values("journal_id"), credit_id=SOURCES[AccountKind.BANK]
    ).aggregate(net=Sum("amount", default=0))["net"]
    return int(posted - said)
