"""When shops are paid, what for, and what it costs: the calendar, the fee and the sums of one transfer, as pure reckoning.

Two periods a month, to the 15th and to the month's end, each from midnight to midnight in Japan and half-open. Banks are closed on
Saturdays, Sundays, national holidays and from 31 December to 3 January (銀行法 article 15(1), 銀行法施行令 article 5(1);
国民の祝日に関する法律). All amounts are whole yen.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Literal
from uuid import UUID

import msgspec

from kernel.clock import jst_date, jst_midnight
from kernel.holidays import national_holidays

MIDDLE = 15
ONE = 10_000
"""Basis points of a whole."""

Roll = Literal["next", "previous"]
Rounding = Literal["down", "half_up", "up"]


class Terms(msgspec.Struct, frozen=True, kw_only=True):
    """What the city agreed with its shops; a batch keeps the terms it was drawn up under.

    ``rounding`` is of the part in basis points: ``down`` 切捨て, ``half_up`` 四捨五入, ``up`` 切上げ. ``least_transfer`` is the
    smallest sum worth a transfer: what is below waits for the next period, free of charge.
    """

    fee_basis_points: int = 0
    fee_fixed: int = 0
    fee_least: int = 0
    rounding: Rounding = "down"
    least_transfer: int = 1
    pay_after: int = 5
    roll: Roll = "next"

    def __post_init__(self) -> None:
        """Refuse terms that nobody can mean."""
        least = min(self.fee_basis_points, self.fee_fixed, self.fee_least, self.pay_after)
        if least < 0 or self.fee_basis_points > ONE or self.least_transfer < 1:
            raise ValueError(f"no terms of a settlement: {self}")


class Period(msgspec.Struct, frozen=True):
    """From ``since`` (included) until ``until`` (not); ``cut_off_on`` is its last day in Japan."""

    cut_off_on: date
    since: datetime
    until: datetime


def is_bank_day(day: date) -> bool:
    """Tell whether banks in Japan work on ``day``."""
    year_end = (day.month, day.day) == (12, 31) or (day.month == 1 and day.day <= 3)
    return day.weekday() < 5 and not year_end and day not in national_holidays(day.year)


def rolled(day: date, roll: Roll) -> date:
    """Return ``day`` itself where banks work, else the next or the previous day on which they do."""
    step = timedelta(days=1 if roll == "next" else -1)
    while not is_bank_day(day):
        day += step
    return day


def pay_day(cut_off_on: date, *, after: int, roll: Roll) -> date:
    """Return the bank day on which a period is paid: its last day, rolled to a bank day, and ``after`` bank days on."""
    day = rolled(cut_off_on, roll)
    for _ in range(after):
        day = rolled(day + timedelta(days=1), "next")
    return day


def is_cut_off(day: date) -> bool:
    """Tell whether a period ends with ``day``."""
    return day.day == MIDDLE or (day + timedelta(days=1)).day == 1


def period_to(cut_off_on: date) -> Period:
    """Return the period that ends with this day; :raises ValueError: where none does."""
    if not is_cut_off(cut_off_on):
        raise ValueError(f"no period ends on {cut_off_on}")
    first = cut_off_on.replace(day=1 if cut_off_on.day == MIDDLE else MIDDLE + 1)
    return Period(cut_off_on, jst_midnight(first), jst_midnight(cut_off_on + timedelta(days=1)))


def last_cut_off(at: datetime) -> date:
    """Return the last day of the newest period that is over at this instant."""
    day = jst_date(at) - timedelta(days=1)
    while not is_cut_off(day):
        day -= timedelta(days=1)
    return day


def next_cut_offs(after: date, count: int) -> list[date]:
    """Return the last days of the ``count`` periods that end after ``after``."""
    found: list[date] = []
    while len(found) < count:
        after += timedelta(days=1)
        if is_cut_off(after):
            found.append(after)
    return found


class Position(msgspec.Struct, frozen=True, kw_only=True):
    """One shop's account in a period.

    ``gross`` came in, ``refunds`` went back, ``carried_in`` was left from earlier periods (below zero where more went back than
    came in), ``returned_in`` is what a bank sent back of an earlier transfer, for which the fee was taken then.
    """

    account: UUID
    gross: int = 0
    refunds: int = 0
    carried_in: int = 0
    returned_in: int = 0

    @property
    def charged(self) -> int:
        """Return the sum of which a fee is taken."""
        return self.gross - self.refunds + self.carried_in

    @property
    def due(self) -> int:
        """Return what is to be paid before the fee."""
        return self.charged + self.returned_in


class Share(msgspec.Struct, frozen=True):
    """What a position becomes: ``due == fee + cash + net + carried_out``; ``cash`` is kept for what the shop took in for coins."""

    position: Position
    fee: int
    cash: int
    net: int
    carried_out: int


def fee_of(charged: int, terms: Terms) -> int:
    """Return the fee of one transfer for what came in under ``terms``."""
    parts = max(charged, 0) * terms.fee_basis_points
    if terms.rounding == "down":
        part = parts // ONE
    elif terms.rounding == "half_up":
        part = (parts + ONE // 2) // ONE
    else:
        part = -(-parts // ONE)
    return max(part + terms.fee_fixed, terms.fee_least)


def shares_of(positions: Iterable[Position], terms: Terms, *, may_pay: bool, owed: int = 0) -> list[Share]:
    """Reckon one organisation's transfer out of its shops' positions, in the order of their accounts.

    A shop below zero is paid nothing and carries that on. The others are paid together, less one fee and the cash that is ``owed``
    for coins sold at their tills, or all carried on where ``may_pay`` is False or less than ``least_transfer`` would arrive; then
    the cash stays owed. Fee and cash are taken from the largest first.
    """
    ordered = sorted(positions, key=lambda each: each.account)
    paid = [each for each in ordered if each.due > 0]
    due, fee = sum(each.due for each in paid), fee_of(sum(each.charged for each in paid), terms)
    if not may_pay or not paid or due - fee - owed < max(terms.least_transfer, 1):
        return [Share(each, 0, 0, 0, each.due) for each in ordered]
    left = {each.account: each.due for each in paid}
    fees, cash = _spread(fee, left), _spread(owed, left)
    return [
        Share(each, fees[each.account], cash[each.account], left[each.account], 0) if each.account in left
        else Share(each, 0, 0, 0, each.due)
        for each in ordered
    ]  # fmt: skip


def _spread(amount: int, left: dict[UUID, int]) -> dict[UUID, int]:
    """Take an amount from what is left, from the largest first; return what was taken from which."""
    taken: dict[UUID, int] = {}
    for account in sorted(left, key=lambda account: (-left[account], account)):
        taken[account] = min(amount, left[account])
        left[account] -= taken[account]
        amount -= taken[account]
    return taken
