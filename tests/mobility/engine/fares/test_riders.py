"""Who pays what part of a fare, what passes cover, what is taken off for changing."""

from datetime import date

import pytest

from mobility.engine.fares import ChangeDiscount, Classes, Fares, Pass, Payer, Rider, Share, TownRules, price
from mobility.engine.fares.amounts import amount_of
from tests.mobility.engine.fares.feeds import DAY, fares, ride

ATTRIBUTES = "fare_id,price,currency_type,payment_method,transfers,transfer_duration"
CHILD, INFANT = Rider(age="child"), Rider(age="infant")


def flat(amount, currency="JPY", transfers="0"):
    return fares(fare_attributes=f"{ATTRIBUTES};flat,{amount},{currency},0,{transfers},").feeds["f"]


def town(**feeds):
    return Fares(feeds)


@pytest.mark.parametrize(
    ("rider", "full", "paid", "why"),
    [
        (Rider(), 250, 250, "fare"),
        (CHILD, 200, 100, "child"),
        (CHILD, 210, 110, "child"),
        (CHILD, 230, 120, "child"),
        (Rider(has_disability=True), 250, 130, "disability"),
        (Rider(age="child", has_disability=True), 250, 70, "child_disability"),  # 250 → 130 → 70
        (INFANT, 250, 0, "infant"),
        (Rider(age="infant", is_accompanied=False), 250, 130, "child"),
    ],
)
def test_half_is_rounded_up_to_ten_yen(rider, full, paid, why):
    told = price(town(f=flat(full)), [ride("r A B")], rider)
    assert (told.total, told.lines[0].why) == (paid, why)


def test_an_operator_has_rules_of_its_own():
    rules = TownRules(
        classes={
            "f": Classes(child=Share(50, 10, is_rounded_up=False), disability=Share(70, 1), are_infants_free=False)
        }
    )
    both = [ride("r A B"), ride("r A B", "9:00", feed="g")]
    trains = town(f=flat(230), g=flat(230))
    assert [line.amount for line in price(trains, both, CHILD, rules=rules).lines] == [110, 120]
    assert [line.amount for line in price(trains, both, Rider(has_disability=True), rules=rules).lines] == [161, 120]
    assert [line.amount for line in price(trains, both, INFANT, rules=rules).lines] == [110, 0]


def test_abroad_no_reduction_is_promised():
    told = price(town(f=flat("4.70", "BRL")), [ride("r A B")], INFANT)
    assert (told.total, told.currency, told.lines[0].why) == (470, "BRL", "child")


def test_a_reduced_ride_is_still_unknown_when_it_is_unknown():
    assert price(town(), [ride("r A B")], CHILD)[:2] == (None, 0)
    assert price(town(), [ride("r A B")], INFANT)[:2] == (0, 0)


@pytest.mark.parametrize(
    ("text", "currency", "amount"),
    [
        ("200", "JPY", 200), ("200.00", "JPY", 200), ("200.5", "JPY", None), ("4.7", "BRL", 470), ("4.705", "BRL", None),
        ("1.5", "KWD", 1500), ("-100", "JPY", -100), ("1e3", "JPY", None), ("٢", "JPY", None), ("", "JPY", None),
        ("2", "jpy", None), ("NaN", "JPY", None),
    ],
)  # fmt: skip
def test_amounts_are_whole(text, currency, amount):
    assert amount_of(text, currency) == amount


DAY_PASS = {"id": "p", "name": "一日券", "first_day": DAY, "last_day": DAY}


@pytest.mark.parametrize(
    ("held", "total"),
    [
        (Pass(**DAY_PASS), 0),
        (Pass(**DAY_PASS, feeds=frozenset({"f"})), 300),
        (Pass(**DAY_PASS, feeds=frozenset({"g"})), 200),
        (Pass(**DAY_PASS, routes=frozenset({"s"})), 400),
        (Pass(**DAY_PASS, feeds=frozenset({"f"}), zones=frozenset({"1", "2"})), 400),
        (Pass(**DAY_PASS, feeds=frozenset({"f"}), zones=frozenset({"1", "2", "3"})), 300),
        (Pass("p", "昨日の券", date(2026, 6, 1), date(2026, 6, 9)), 500),
        (Pass("p", "月の券", date(2026, 6, 1), date(2026, 6, 30)), 0),
    ],
)
def test_a_pass_pays_for_what_it_is_good_for(held, total):
    lines = town(f=flat(100), g=flat(300))
    rides = [ride("r A B"), ride("s B C", "8:30"), ride("r A B", "9:00", feed="g")]
    told = price(lines, rides, passes=[held])
    assert told.total == total
    covered = [line for line in told.lines if line.why == "pass"]
    assert all((line.id, line.amount) == ("p", 0) for line in covered)
    assert len(covered) == sum(held.covers(each, lines.feeds[each.feed].zones_of) for each in rides)


def test_a_pass_within_zones_is_not_good_for_a_way_around():
    held = Pass(**DAY_PASS, zones=frozenset({"1", "2"}))
    lines = town(f=flat(100))
    assert price(lines, [ride("r A B", through="AB")], passes=[held]).total == 0
    assert price(lines, [ride("r A B", through="ACB")], passes=[held]).total == 100


def test_a_pass_makes_a_ride_known_that_was_not():
    assert price(town(), [ride("r A B")], passes=[Pass(**DAY_PASS)])[:3] == (0, 0, "JPY")


def test_the_last_bus_belongs_to_the_day_before():
    lines = town(f=flat(100))
    assert price(lines, [ride("r A B", "24:40")], passes=[Pass(**DAY_PASS)]).total == 0
    assert price(lines, [ride("r A B", "0:40", day=date(2026, 6, 11))], passes=[Pass(**DAY_PASS)]).total == 100


OFF = ChangeDiscount("n", "乗継割引", "f", "g", 30 * 60, 50)


def test_something_is_taken_off_for_changing_in_time():
    lines, rules = town(f=flat(200), g=flat(300)), TownRules(discounts=(OFF,))

    def total(first, second, rider=Rider()):  # noqa: B008 - riders never change
        return price(lines, [first, second], rider, rules=rules).total

    assert total(ride("r A B"), ride("s B C", "8:40", feed="g")) == 450  # half an hour after 8:10
    assert total(ride("r A B"), ride("s B C", "8:41", feed="g")) == 500
    assert total(ride("r A B", feed="g"), ride("s B C", "8:20")) == 500  # the other way nobody agreed on
    assert total(ride("r A B"), ride("s B C", "8:20", feed="g"), CHILD) == 100 + 150 - 30
    told = price(lines, [ride("r A B"), ride("s B C", "8:20", feed="g")], rules=rules)
    assert told.lines[-1] == (1, "discount", "n", "乗継割引", -50, "JPY", "")


def test_the_largest_of_several_is_taken_once_and_no_more_than_the_fare():
    rules = TownRules(
        discounts=(OFF, ChangeDiscount("m", "大きい割引", "g", "f", 3600, 900, frozenset({"s"}), is_both_ways=True))
    )
    lines = town(f=flat(200), g=flat(300))
    told = price(lines, [ride("r A B"), ride("s B C", "8:20", feed="g"), ride("r C D", "8:40")], rules=rules)
    assert [(line.ride, line.id, line.amount) for line in told.lines if line.why == "discount"] == [
        (1, "m", -300),
        (2, "m", -200),
    ]
    assert told.total == 200


def test_where_nothing_was_paid_nothing_is_taken_off():
    lines, rules = town(f=flat(200), g=flat(300)), TownRules(discounts=(OFF,))
    rides = [ride("r A B"), ride("s B C", "8:20", feed="g")]
    for feeds, left in (("f", 300), ("g", 200)):
        held = Pass(**DAY_PASS, feeds=frozenset({feeds}))
        assert price(lines, rides, passes=[held], rules=rules).total == left
    assert price(town(g=flat(300)), rides, rules=rules)[:2] == (None, 300)


def test_a_payer_is_asked_once_for_one_ride():
    assert flat(230).of_ride(ride("r A B"), Payer(CHILD)).amount == 120
