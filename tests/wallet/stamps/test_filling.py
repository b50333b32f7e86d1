"""Cards are filled as the rule says, whatever the order in which stamps are told."""

from datetime import date, timedelta
from uuid import UUID

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.wallet.town import NOON
from wallet.engine.coupons import Line, Place
from wallet.engine.rewards import CoinReward
from wallet.engine.stamps import Bought, Stamp, StampRule, earns, fill, is_gone, read_stamp_rule

SHOPS = [UUID(int=number) for number in range(1, 5)]
STAMPS = st.lists(
    st.builds(
        lambda minute, shop, number: Stamp(
            NOON + timedelta(minutes=minute), UUID(int=number), SHOPS[shop], date(2026, 11, 3 + minute // 1440)
        ),
        st.integers(0, 5 * 1440),
        st.integers(0, 3),
        st.integers(1, 2**64),
    ),
    max_size=40,
    unique_by=lambda stamp: stamp.id,
)
RULES = st.builds(
    lambda size, per_day, distinct, per_person: rule(
        size=size, per_day=per_day, distinct=distinct, per_person=per_person
    ),
    st.integers(2, 4),
    st.integers(1, 3),
    st.booleans(),
    st.none() | st.integers(1, 3),
)


def rule(**said) -> StampRule:
    usual = {"reward": CoinReward(yen=1, days=1), "starts_at": NOON, "ends_at": NOON + timedelta(days=9), "size": 3}
    return StampRule(**usual | said)


@given(RULES, STAMPS, st.randoms())
def test_the_order_of_telling_changes_nothing_and_every_stamp_is_somewhere(ruled, stamps, chance):
    filled = fill(ruled, stamps)
    shuffled = list(stamps)
    chance.shuffle(shuffled)
    assert fill(ruled, shuffled) == filled
    assert filled.full * ruled.size + len(filled.under_way) + len(filled.beside) == len(stamps)
    assert len(filled.under_way) < ruled.size
    assert ruled.per_person is None or filled.full <= ruled.per_person


@given(RULES, STAMPS)
def test_no_day_and_no_shop_counts_more_than_it_may(ruled, stamps):
    filled = fill(ruled, stamps)
    counted = [stamp for stamp in stamps if stamp not in filled.beside]
    days = [stamp.day for stamp in counted]
    assert all(days.count(day) <= ruled.per_day for day in days)
    if ruled.distinct:
        shops = [stamp.shop for stamp in filled.under_way]
        assert len(set(shops)) == len(shops)
        assert all([stamp.shop for stamp in counted].count(shop) <= filled.full + 1 for shop in SHOPS)


@given(RULES, STAMPS)
def test_one_stamp_less_costs_at_most_one_card_and_never_brings_one_where_shops_may_repeat(ruled, stamps):
    if ruled.distinct:
        return  # a shop that is not on the first card any more may be on the second
    full = fill(ruled, stamps).full
    for stamp in stamps:
        assert fill(ruled, [each for each in stamps if each != stamp]).full in (full, full - 1)


def test_a_rule_that_could_never_be_full_is_refused():
    with pytest.raises(ValueError, match="different shops"):
        rule(distinct=True, shops=tuple(SHOPS[:2]))
    with pytest.raises(ValueError, match="begins before it ends"):
        rule(ends_at=NOON)


def test_a_rule_is_read_from_its_own_data():

    said = rule(shops=(SHOPS[0],), distinct=False, per_person=None)
    assert read_stamp_rule(msgspec.to_builtins(said)) == said


@pytest.mark.parametrize(
    ("paid", "trade", "after", "is_worth"),
    [(500, "5411", 0, True), (499, "5411", 0, False), (500, "5812", 0, False), (500, "5411", 9, False)],
)
def test_what_earns_a_stamp(paid, trade, after, is_worth):
    asked = rule(minimum=500, trades=("5411",))
    assert earns(asked, Place(SHOPS[0], trade), Bought(paid), NOON + timedelta(days=after)) is is_worth


def goods(paid: int, *said: tuple[str, int, int]) -> Bought:
    taken = tuple(Line(product, amount) for product, amount, _left in said)
    return Bought(paid, taken, tuple(Line(product, left) for product, _amount, left in said))


@pytest.mark.parametrize(
    ("bought", "is_worth"),
    [
        (Bought(5_000), False),  # a payment without lines
        (goods(5_000, ("milk", 5_000, 5_000)), False),
        (goods(5_000, ("bread", 500, 500), ("milk", 4_500, 4_500)), True),
        (goods(5_000, ("bread", 499, 499), ("milk", 4_501, 4_501)), False),
        (goods(5_000, ("bread", 300, 300), ("cake", 200, 200)), True),  # any of its tags, together
        (goods(499, ("bread", 900, 900)), False),  # the rest came off, or by card
        (goods(5_000, ("bread", 500, 1)), True),  # a part that went back takes nothing
        (goods(5_000, ("bread", 500, 0)), False),
    ],
)
def test_a_card_of_goods_counts_their_lines_alone(bought, is_worth):
    asked = rule(minimum=500, products=("bread", "cake"))
    assert earns(asked, Place(SHOPS[0], "5411"), bought, NOON) is is_worth


def test_goods_are_gone_when_all_that_a_card_counts_went_back():
    asked = rule(products=("bread", "cake"))
    assert is_gone(asked, goods(5_000, ("bread", 500, 0), ("milk", 500, 500)))
    assert not is_gone(asked, goods(5_000, ("bread", 500, 0), ("cake", 500, 1)))
    assert not is_gone(asked, goods(5_000, ("milk", 500, 0)))
    assert not is_gone(rule(), goods(5_000, ("bread", 500, 0)))
