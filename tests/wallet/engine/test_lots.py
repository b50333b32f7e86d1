"""The arithmetic of lots: what is taken, what comes back, and in which order."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wallet.engine.lots import LotState, Move, restore, spend, spendable

DAY = date(2026, 11, 3)


def lot(number: int, kind: str, days: int, remaining: int) -> LotState:
    return LotState(UUID(int=number), kind, DAY + timedelta(days=days), remaining)


def test_the_earliest_last_day_first_and_a_bonus_before_paid_coins_of_the_same_day():
    lots = [lot(1, "paid", 30, 500), lot(2, "paid", 5, 100), lot(3, "bonus", 5, 40), lot(4, "bonus", 0, 7)]
    moves = spend(lots, 200, DAY)
    assert moves == [Move(UUID(int=4), -7), Move(UUID(int=3), -40), Move(UUID(int=2), -100), Move(UUID(int=1), -53)]


def test_a_lot_lives_through_its_last_day_and_no_longer():
    lots = [lot(1, "paid", 0, 500)]
    assert spend(lots, 500, DAY) == [Move(UUID(int=1), -500)]
    assert spend(lots, 1, DAY + timedelta(days=1)) is None
    assert spendable(lots, DAY + timedelta(days=1)) == 0


def test_what_was_spent_last_comes_back_first():
    early, late = lot(1, "bonus", 1, 0), lot(2, "paid", 9, 0)
    taken = [(early, 300), (late, 200)]
    assert restore(taken, 250) == [Move(late.id, 200), Move(early.id, 50)]
    assert restore([(early, 250)], 250) == [Move(early.id, 250)]


def test_no_more_comes_back_than_was_taken():
    with pytest.raises(ValueError, match="1 more"):
        restore([(lot(1, "paid", 1, 0), 10)], 11)


LOTS = st.lists(
    st.builds(lot, st.integers(1, 10**6), st.sampled_from(["paid", "bonus"]), st.integers(-3, 3), st.integers(1, 50)),
    unique_by=lambda each: each.id,
    max_size=8,
)


@given(LOTS, st.integers(1, 200), st.lists(st.integers(1, 60), max_size=6))
def test_whatever_is_taken_can_come_back_in_any_parts(lots, amount, parts):
    moves = spend(lots, amount, DAY)
    if moves is None:
        assert spendable(lots, DAY) < amount
        return
    by_id = {each.id: each for each in lots}
    assert -sum(move.delta for move in moves) == amount
    assert all(-move.delta <= by_id[move.lot].remaining and by_id[move.lot].expires_on >= DAY for move in moves)
    outstanding = {move.lot: -move.delta for move in moves}
    for part in parts:
        back = min(part, sum(outstanding.values()))
        if back:
            for move in restore([(by_id[key], taken) for key, taken in outstanding.items()], back):
                assert 0 < move.delta <= outstanding[move.lot]
                outstanding[move.lot] -= move.delta
    assert sum(outstanding.values()) == max(0, amount - sum(parts))
