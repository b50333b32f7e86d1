"""Coupons as arithmetic: rounding, edges of the day, combinations, and the drawers that find candidates."""

import random
from datetime import UTC, datetime, timedelta
from uuid import UUID

import msgspec
import pytest

from tests.wallet.coupons.brute import best
from wallet.engine.coupons import (
    Basket,
    Circle,
    Coupon,
    CouponHours,
    Fixed,
    Index,
    Line,
    Offer,
    Percent,
    Place,
    Rule,
    Standing,
    Why,
    choose,
    discount,
    quote,
    read_rule,
    written,
)
from wallet.engine.coupons.quoting import distance_m

NOON = datetime(2026, 11, 3, 3, 0, tzinfo=UTC)  # a Tuesday
SHOP, OTHER = UUID(int=1), UUID(int=2)
BAKERY = Place(SHOP, "5462", "九日町", 32_210_000, 130_760_000)


def rule(**said) -> Rule:
    usual = {"benefit": Percent(percent=10), "starts_at": NOON - timedelta(days=1), "ends_at": NOON + timedelta(days=9)}
    return Rule(**usual | said)


def coupon(number: int = 1, **said) -> Coupon:
    return Coupon(UUID(int=100 + number), rule(**said))


def why(one: Coupon, price: int = 1000, at: datetime = NOON, place: Place = BAKERY, **standing) -> Why | None:
    quoted = quote([one], Basket(price), place, at, {one.id: Standing(**standing)})
    return quoted.refused.get(one.id)


@pytest.mark.parametrize(
    ("rounding", "of_1", "of_333", "of_335"), [("floor", 0, 33, 33), ("ceil", 1, 34, 34), ("half_up", 0, 33, 34)]
)
def test_ten_percent_is_rounded_as_the_rule_says(rounding, of_1, of_333, of_335):
    benefit = Percent(percent=10, rounding=rounding)
    assert [discount(benefit, base) for base in (1, 333, 335)] == [of_1, of_333, of_335]


def test_the_cap_holds_from_the_yen_where_it_is_reached():
    benefit = Percent(percent=20, cap=500)
    assert [discount(benefit, base) for base in (2499, 2500, 2505, 10_000)] == [499, 500, 500, 500]


def test_an_amount_takes_off_no_more_than_there_is_and_one_yen_stays():
    one = coupon(benefit=Fixed(yen=500))
    assert [quote([one], Basket(price), BAKERY, NOON, {}).pays for price in (2, 500, 501, 502, 1000)] == [
        1,
        1,
        1,
        2,
        500,
    ]


def test_a_bill_of_one_yen_gets_nothing():
    one = coupon(benefit=Fixed(yen=500))
    quoted = quote([one], Basket(1), BAKERY, NOON, {})
    assert (quoted.pays, quoted.parts, quoted.refused) == (1, [], {one.id: Why.ROUNDS_TO_NOTHING})


def test_the_period_is_half_open():
    one = coupon(starts_at=NOON, ends_at=NOON + timedelta(hours=1))
    before, last = NOON - timedelta(microseconds=1), NOON + timedelta(hours=1, microseconds=-1)
    assert [why(one, at=at) for at in (before, NOON, last, NOON + timedelta(hours=1))] == [
        Why.NOT_BEGUN,
        None,
        None,
        Why.ENDED,
    ]


def test_hours_are_those_of_japan_and_half_open():
    one = coupon(hours=(CouponHours(begins=14 * 60, ends=17 * 60),))
    local = datetime(2026, 11, 3, 14, 0, tzinfo=UTC) - timedelta(hours=9)
    assert why(one, at=local - timedelta(seconds=1)) is Why.OTHER_HOUR
    assert why(one, at=local) is None
    assert why(one, at=local + timedelta(hours=3, seconds=-1)) is None
    assert why(one, at=local + timedelta(hours=3)) is Why.OTHER_HOUR


def test_a_weekday_begins_at_midnight_in_japan():
    one = coupon(weekdays=(3,))  # Wednesdays
    midnight = datetime(2026, 11, 3, 15, 0, tzinfo=UTC)
    assert why(one, at=midnight - timedelta(microseconds=1)) is Why.OTHER_DAY
    assert why(one, at=midnight) is None
    assert why(one, at=midnight + timedelta(days=1)) is Why.OTHER_DAY


def test_hours_over_midnight_are_two():
    one = coupon(hours=(CouponHours(begins=22 * 60, ends=1440), CouponHours(begins=0, ends=120)))
    midnight = datetime(2026, 11, 3, 15, 0, tzinfo=UTC)
    offsets = (-121, -120, 0, 119, 120)
    assert [why(one, at=midnight + timedelta(minutes=minutes)) for minutes in offsets] == [
        Why.OTHER_HOUR,
        None,
        None,
        None,
        Why.OTHER_HOUR,
    ]


@pytest.mark.parametrize(
    ("said", "standing", "expected"),
    [
        ({"minimum": 1001}, {}, Why.BELOW_MINIMUM),
        ({"minimum": 1000}, {}, None),
        ({"trades": ("5812",)}, {}, Why.OTHER_TRADE),
        ({"shops": (OTHER,)}, {}, Why.ELSEWHERE),
        ({"shops": (OTHER,), "districts": ("九日町",)}, {}, None),
        ({"products": ("bread",)}, {}, Why.NO_PRODUCT),
        ({"needs_claim": True}, {}, Why.NOT_CLAIMED),
        ({"needs_claim": True}, {"is_claimed": True}, None),
        ({"per_person": 2}, {"used": 2}, Why.USED),
        ({"per_day": 1}, {"used": 1, "used_today": 1}, Why.USED_TODAY),
        ({"stock": 5}, {"left": 0}, Why.SOLD_OUT),
        ({}, {"budget": 99}, Why.BUDGET_SPENT),
        ({}, {"budget": 100}, None),
        ({}, {"is_paused": True}, Why.PAUSED),
    ],
)
def test_each_refusal_has_its_code(said, standing, expected):
    assert why(coupon(**said), **standing) is expected


def test_a_circle_holds_shops_with_coordinates_alone():
    near = coupon(circle=Circle(latitude_e6=32_210_900, longitude_e6=130_760_000, radius_m=101))
    far = coupon(circle=Circle(latitude_e6=32_210_900, longitude_e6=130_760_000, radius_m=99))
    assert why(near) is None
    assert why(far) is Why.ELSEWHERE
    assert why(near, place=Place(SHOP, "5462", "九日町")) is Why.ELSEWHERE


def test_a_degree_of_longitude_is_shorter_than_one_of_latitude():
    here = (32_000_000, 130_000_000)
    assert distance_m(here, (32_010_000, 130_000_000)) == 1112
    assert distance_m(here, (32_000_000, 130_010_000)) == 943


def test_goods_are_counted_as_far_as_the_till_names_them():
    one = coupon(products=("bread",), benefit=Percent(percent=50))
    basket = Basket(1000, (Line("bread", 300), Line("jam", 500), Line("bread", 33)))
    assert quote([one], basket, BAKERY, NOON, {}).discount == 166


def test_two_that_may_be_combined_are_each_counted_on_the_bill_as_it_was():
    tenth, fixed = coupon(1, stackable=True), coupon(2, stackable=True, benefit=Fixed(yen=50))
    quoted = quote([tenth, fixed], Basket(1000), BAKERY, NOON, {})
    assert (quoted.pays, [part.discount for part in quoted.parts]) == (850, [100, 50])


def test_one_alone_wins_where_it_takes_more_off_and_says_so():
    alone = coupon(1, benefit=Fixed(yen=160))
    tenth, fixed = coupon(2, stackable=True), coupon(3, stackable=True, benefit=Fixed(yen=50))
    quoted = quote([fixed, alone, tenth], Basket(1000), BAKERY, NOON, {})
    assert [part.coupon for part in quoted.parts] == [alone.id]
    assert quoted.refused == {tenth.id: Why.ANOTHER_IS_BETTER, fixed.id: Why.ANOTHER_IS_BETTER}


def test_of_equal_ones_priority_then_end_then_id_decides():
    first = coupon(1, ends_at=NOON + timedelta(days=2))
    second = coupon(2, ends_at=NOON + timedelta(days=1))
    preferred = coupon(3, priority=1)
    assert quote([first, second], Basket(1000), BAKERY, NOON, {}).parts[0].coupon == second.id
    assert quote([first, second, preferred], Basket(1000), BAKERY, NOON, {}).parts[0].coupon == preferred.id


def test_two_of_one_campaign_do_not_draw_more_than_it_holds():
    purse = UUID(int=77)
    pair = [Coupon(UUID(int=number), rule(stackable=True, benefit=Fixed(yen=100)), purse) for number in (1, 2)]
    rest = {one.id: Standing(budget=150) for one in pair}
    assert quote(pair, Basket(1000), BAKERY, NOON, rest).discount == 100
    assert quote(pair, Basket(1000), BAKERY, NOON, {one.id: Standing(budget=200) for one in pair}).discount == 200


@pytest.mark.parametrize("seed", range(8))
def test_one_pass_finds_what_trying_all_finds(seed):
    dice = random.Random(seed)
    for _ in range(300):
        offers = [
            Offer(
                -dice.choice((1, 5, 50, 50, 120, 400)),
                dice.choice((0, 0, -3)),
                NOON + timedelta(days=dice.randrange(3)),
                UUID(int=number),
                dice.random() < 0.7,
                dice.random() < 0.3,
            )
            for number in range(dice.randrange(8))
        ]
        dice.shuffle(offers)
        price = dice.choice((1, 2, 60, 130, 500, 5000))
        assert choose(offers, price) == best(offers, price)


def test_drawers_find_every_coupon_that_could_apply():
    dice = random.Random(4)
    places = [Place(UUID(int=n), dice.choice(("5462", "5812")), dice.choice(("九日町", "紺屋町"))) for n in range(1, 7)]
    for _ in range(50):
        coupons = [
            coupon(
                number,
                shops=tuple(UUID(int=n) for n in dice.sample(range(1, 7), dice.randrange(3))),
                districts=dice.choice(((), (), ("九日町",))),
                trades=dice.choice(((), (), ("5812",))),
                starts_at=NOON + timedelta(hours=dice.randrange(-5, 3)),
                ends_at=NOON + timedelta(hours=dice.randrange(3, 5)),
                stackable=dice.random() < 0.5,
                benefit=Fixed(yen=dice.randrange(1, 400)),
            )
            for number in range(20)
        ]
        filed, place, at = Index(coupons), dice.choice(places), NOON + timedelta(hours=dice.randrange(-2, 5))
        few, all_of_them = (quote(some, Basket(1000), place, at, {}) for some in (filed.candidates(place, at), coupons))
        assert few.parts == all_of_them.parts


def test_a_rule_is_read_as_it_was_written():
    one = rule(
        shops=(SHOP,), hours=(CouponHours(begins=0, ends=60),), circle=Circle(latitude_e6=1, longitude_e6=2, radius_m=3)
    )
    assert read_rule(msgspec.json.decode(msgspec.json.encode(written(one)))) == one


@pytest.mark.parametrize(
    "wrong",
    [
        {"ends_at": "2026-11-01T00:00:00Z"},
        {"starts_at": "2026-11-02T00:00:00"},
        {"benefit": {"kind": "percent", "percent": 0}},
        {"benefit": {"kind": "percent", "percent": 101}},
        {"benefit": {"kind": "amount", "yen": 0}},
        {"benefit": {"kind": "gift"}},
        {"version": 2},
        {"funded_by": "shop"},
        {"per_person": 1, "per_day": 2},
        {"hours": [{"begins": 60, "ends": 60}]},
        {"weekdays": [0]},
        {"trades": ["bread"]},
        {"colour": "red"},
    ],
)
def test_what_could_never_apply_is_no_rule(wrong):
    with pytest.raises(msgspec.ValidationError):
        read_rule(msgspec.to_builtins(rule()) | wrong)


@pytest.mark.parametrize("begins", ["0206-01-06T20:08:01+23:13", "0001-01-01T00:00:00+23:59", "2300-01-01T00:00:00Z"])
def test_a_coupon_of_another_age_is_none(begins):
    said = {"benefit": {"kind": "amount", "yen": 100}, "starts_at": begins, "ends_at": "9999-12-31T23:59:59-23:59"}
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(said, Rule)


def test_an_instant_is_kept_in_utc_wherever_it_was_said():
    said = {
        "benefit": {"kind": "amount", "yen": 100}, "starts_at": "2027-01-01T00:00:00+23:13",
        "ends_at": "2027-02-01T00:00:00+09:00",
    }  # fmt: skip
    rule = msgspec.convert(said, Rule)
    assert (rule.starts_at.isoformat(), rule.ends_at.utcoffset()) == ("2026-12-31T00:47:00+00:00", timedelta(0))
