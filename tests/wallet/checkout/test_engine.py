"""Splitting an order over its tenders: nothing is lost, nothing is given twice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wallet.engine.checkout import FOLLOWS, LineAmount, LineLeft, Tenders, is_over, of_lines, part_of, share_of_use

yen = st.integers(0, 5_000_000)
tenders = st.builds(Tenders, yen, yen, yen).filter(lambda each: each.total > 0)


@given(tenders, st.data())
def test_a_part_is_exact_and_within_each_tender(left, data):
    amount = data.draw(st.integers(0, left.total))
    part = part_of(left, amount)
    assert part.total == amount
    assert all(0 <= mine <= whole for mine, whole in zip(part, left, strict=True))
    for mine, whole in zip(part, left, strict=True):
        assert abs(mine * left.total - whole * amount) < left.total  # less than a yen from its measure


@given(tenders, st.lists(st.integers(1, 3_000_000), max_size=12))
def test_parts_one_after_the_other_add_up_to_exactly_everything(whole, wishes):
    left, back = whole, Tenders()
    for wish in [*wishes, whole.total]:
        part = part_of(left, min(wish, left.total))
        left = left.less(part)
        back = Tenders(*(one + other for one, other in zip(back, part, strict=True)))
    assert (back, left) == (whole, Tenders())


@pytest.mark.parametrize(
    ("left", "amount", "part"),
    [
        (Tenders(100, 450, 450), 500, Tenders(50, 225, 225)),
        (Tenders(1, 1, 1), 1, Tenders(1, 0, 0)),  # of equal fractions the earlier tender gets the odd yen
        (Tenders(0, 333, 667), 100, Tenders(0, 33, 67)),
        (Tenders(0, 0, 980), 980, Tenders(0, 0, 980)),
    ],
)
def test_known_splits(left, amount, part):
    assert part_of(left, amount) == part


@pytest.mark.parametrize("amount", [-1, 11])
def test_more_than_everything_is_no_part(amount):
    with pytest.raises(ValueError, match="no part"):
        part_of(Tenders(1, 4, 5), amount)


@given(st.integers(1, 10_000), st.integers(0, 10_000), st.lists(st.integers(0, 4000), max_size=10))
def test_a_campaign_gets_its_discount_back_to_the_yen(discount, others, steps):
    of, gone, returned = discount + others, 0, 0
    for step in [*steps, of]:
        gone = min(of, gone + step)
        part = share_of_use(discount, of, gone, returned)
        assert part >= 0
        returned += part
        assert returned <= discount
    assert returned == discount


def test_lines_are_named_once_and_hold_what_is_asked_of_them():
    left = [LineLeft(1, 300), LineLeft(2, 0), LineLeft(3, 50)]
    assert of_lines(left, None) == {1: 300, 3: 50}
    assert of_lines(left, [LineAmount(1, 100), LineAmount(3, 50)]) == {1: 100, 3: 50}
    for wrong in (
        [],
        [LineAmount(2, 1)],
        [LineAmount(4, 1)],
        [LineAmount(1, 301)],
        [LineAmount(1, 0)],
        [LineAmount(3, 1)] * 2,
    ):
        assert of_lines(left, wrong) is None


def test_an_end_is_an_end():
    assert {status for status in FOLLOWS if is_over(status)} == {"paid", "cancelled", "expired"}
    assert all(after in FOLLOWS for follows in FOLLOWS.values() for after in follows)
