"""When shops are paid and what: the calendar at its edges, the fee at its roundings, the sums that always add up."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wallet.engine.settlement import (
    Position,
    Terms,
    fee_of,
    is_bank_day,
    last_cut_off,
    next_cut_offs,
    pay_day,
    period_to,
    rolled,
    shares_of,
)


def test_periods_meet_at_midnight_in_japan():
    first, second = period_to(date(2027, 2, 15)), period_to(date(2027, 2, 28))
    assert first.since == datetime(2027, 1, 31, 15, tzinfo=UTC)
    assert first.until == second.since == datetime(2027, 2, 15, 15, tzinfo=UTC)
    assert second.until == datetime(2027, 2, 28, 15, tzinfo=UTC)
    with pytest.raises(ValueError, match="no period"):
        period_to(date(2028, 2, 28))  # a leap year's ends on the 29th
    assert last_cut_off(first.until) == date(2027, 2, 15)
    assert last_cut_off(first.until - timedelta(microseconds=1)) == date(2027, 1, 31)
    assert next_cut_offs(date(2028, 2, 15), 3) == [date(2028, 2, 29), date(2028, 3, 15), date(2028, 3, 31)]


@given(st.dates(date(2022, 1, 1), date(2098, 12, 31)))
def test_every_instant_lies_in_one_period(day):
    cut_off = next_cut_offs(day - timedelta(days=1), 1)[0]
    period, before = period_to(cut_off), period_to(last_cut_off(period_to(cut_off).since))
    assert before.until == period.since < period.until
    assert is_bank_day(pay_day(cut_off, after=5, roll="next"))


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 12, 29), True),  # offices are closed, banks are not
        (date(2026, 12, 30), True),
        (date(2026, 12, 31), False),
        (date(2027, 1, 3), False),
        (date(2027, 1, 4), True),
        (date(2026, 11, 3), False),  # 文化の日
        (date(2026, 11, 14), False),  # a Saturday
        (date(2026, 5, 6), False),  # a substitute holiday
        (date(2026, 9, 22), False),  # between two holidays
    ],
)
def test_banks_have_holidays_of_their_own(day, works):
    assert is_bank_day(day) is works


@pytest.mark.parametrize(
    ("cut_off", "after", "roll", "day"),
    [
        (date(2026, 12, 31), 0, "next", date(2027, 1, 4)),
        (date(2026, 12, 31), 0, "previous", date(2026, 12, 30)),
        (date(2026, 12, 15), 5, "next", date(2026, 12, 22)),
        (date(2026, 11, 15), 0, "next", date(2026, 11, 16)),
        (date(2026, 11, 15), 0, "previous", date(2026, 11, 13)),
        (date(2026, 11, 15), 5, "previous", date(2026, 11, 20)),
        (date(2026, 4, 30), 1, "next", date(2026, 5, 1)),
        (date(2026, 4, 30), 2, "next", date(2026, 5, 7)),  # over the golden week
    ],
)
def test_pay_days_roll(cut_off, after, roll, day):
    assert pay_day(cut_off, after=after, roll=roll) == day
    assert is_bank_day(rolled(cut_off, roll))


@pytest.mark.parametrize(
    ("charged", "rounding", "fee"),
    [(333, "down", 4), (333, "half_up", 5), (333, "up", 5), (1, "down", 0), (1, "up", 1), (300, "half_up", 5),
     (0, "up", 0), (-500, "up", 0)],
)  # fmt: skip
def test_the_fee_is_rounded_as_it_is_called(charged, rounding, fee):
    assert fee_of(charged, Terms(fee_basis_points=150, rounding=rounding)) == fee


def test_the_fee_has_a_fixed_part_and_a_least():
    terms = Terms(fee_basis_points=100, fee_fixed=110, fee_least=200)
    assert [fee_of(charged, terms) for charged in (0, 9_000, 9_100, 100_000)] == [200, 200, 201, 1_110]
    with pytest.raises(ValueError, match="no terms"):
        Terms(fee_fixed=-1)


def of(number: int, **sums: int) -> Position:
    return Position(account=UUID(int=number), **sums)


def test_the_least_transfer_is_what_arrives():
    terms = Terms(fee_basis_points=100, least_transfer=990)
    assert [share.net for share in shares_of([of(1, gross=1_000)], terms, may_pay=True)] == [990]
    (waits,) = shares_of([of(1, gross=998)], terms, may_pay=True)
    assert (waits.fee, waits.net, waits.carried_out) == (0, 0, 998)


def test_a_shop_below_zero_is_carried_alone():
    below, above = shares_of(
        [of(2, gross=2_000), of(1, gross=100, refunds=400)], Terms(fee_basis_points=100), may_pay=True
    )
    assert (below.net, below.carried_out) == (0, -300)
    assert (above.fee, above.net, above.carried_out) == (20, 1_980, 0)


def test_what_a_bank_sent_back_is_charged_no_second_time():
    (share,) = shares_of([of(1, gross=1_000, returned_in=5_000)], Terms(fee_basis_points=100), may_pay=True)
    assert (share.fee, share.net) == (10, 5_990)


def test_cash_taken_for_coins_is_kept_once_the_fee_is_taken_and_is_owed_on_where_too_little_would_be_left():
    agreed = Terms(fee_basis_points=100, least_transfer=1_000)
    two = [of(1, gross=3_000), of(2, gross=2_000)]
    first, second = shares_of(two, agreed, may_pay=True, owed=3_500)
    assert (first.fee, first.cash, first.net) == (50, 2_950, 0)
    assert (second.fee, second.cash, second.net) == (0, 550, 1_450)
    waiting = shares_of(two, agreed, may_pay=True, owed=3_951)
    assert [(share.cash, share.net, share.carried_out) for share in waiting] == [(0, 0, 3_000), (0, 0, 2_000)]


amounts = st.integers(0, 10**9)
positions = st.lists(
    st.builds(
        Position, account=st.uuids(), gross=amounts, refunds=amounts, carried_in=st.integers(-(10**9), 10**9),
        returned_in=amounts,
    ),
    max_size=6, unique_by=lambda each: each.account,
)  # fmt: skip
terms = st.builds(
    Terms, fee_basis_points=st.integers(0, 10_000), fee_fixed=st.integers(0, 2_000), fee_least=st.integers(0, 2_000),
    rounding=st.sampled_from(["down", "half_up", "up"]), least_transfer=st.integers(1, 5_000),
)  # fmt: skip


@given(positions, terms, st.booleans(), st.one_of(st.just(0), amounts))
def test_nothing_is_lost_between_due_fee_cash_net_and_carried(some, agreed, may_pay, owed):
    shares = shares_of(some, agreed, may_pay=may_pay, owed=owed)
    assert sorted(share.position.account for share in shares) == sorted(each.account for each in some)
    for share in shares:
        assert share.position.due == share.fee + share.cash + share.net + share.carried_out
        assert min(share.fee, share.cash, share.net) >= 0
        assert share.carried_out <= 0 or (share.fee, share.cash, share.net) == (0, 0, 0)
    net = sum(share.net for share in shares)
    assert net == 0 or (may_pay and net >= agreed.least_transfer)
    assert sum(share.cash for share in shares) == (owed if net else 0)
