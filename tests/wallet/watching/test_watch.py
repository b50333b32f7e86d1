"""Patterns in what is sent: made-up rings among ten thousand innocents are found, and false alarms are counted."""

import random
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from wallet.engine.watch import GATHERED, MANY, PASSED_ON, RING, SPREAD, UNDER_LIMIT, Rules, Sent, watch

NOON = datetime(2026, 11, 3, 3, 0, tzinfo=UTC)
RULES = Rules()


def who(number: int) -> UUID:
    return UUID(int=number)


class Week:
    """A made-up week of sends."""

    def __init__(self) -> None:
        self.sent: list[Sent] = []

    def send(self, sender: int, recipient: int, amount: int, *, minutes: float = 0.0) -> Sent:
        at = NOON + timedelta(minutes=minutes)
        each = Sent(UUID(int=10**9 + len(self.sent)), who(sender), who(recipient), amount, at)
        self.sent.append(each)
        return each

    def found(self) -> set[tuple[str, UUID]]:
        return {(each.kind, each.account) for each in watch(self.sent, RULES)}


def test_a_ring_of_three_is_found_and_two_who_pay_back_are_none():
    week = Week()
    ring = [week.send(1, 2, 10_000), week.send(2, 3, 9_500, minutes=60), week.send(3, 1, 9_000, minutes=90)]
    week.send(8, 9, 10_000)
    week.send(9, 8, 10_000, minutes=5)
    (found,) = watch(week.sent, RULES)
    assert (found.kind, found.account, list(found.transfers)) == (RING, who(1), ring)


@pytest.mark.parametrize(
    ("last", "minutes"),
    [((3, 1, 7_900), 90), ((3, 1, 9_000), 60 * 73), ((3, 4, 9_000), 90)],
    ids=["too_little", "too_late", "elsewhere"],
)
def test_what_is_no_ring(last, minutes):
    week = Week()
    week.send(1, 2, 10_000)
    week.send(2, 3, 9_500, minutes=60)
    week.send(*last, minutes=minutes)
    assert week.found() == set()


def test_a_ring_goes_forward_in_time_only():
    week = Week()
    week.send(3, 1, 10_000)
    week.send(2, 3, 10_000, minutes=1)
    week.send(1, 2, 10_000, minutes=2)
    assert week.found() == set()


def test_a_ring_of_five_is_found_once():
    week = Week()
    for number in range(5):
        week.send(number, (number + 1) % 5, 2_000, minutes=number)
    assert week.found() == {(RING, who(0))}


def test_many_in_an_hour_and_just_under_the_limit():
    week = Week()
    for number in range(8):
        week.send(1, 10 + number % 3, 100, minutes=number * 8)
    for number in range(3):
        week.send(2, 20, 29_000, minutes=number * 60 * 24)
    for number in range(7):
        week.send(3, 30, 100, minutes=number * 8)
    assert week.found() == {(MANY, who(1)), (UNDER_LIMIT, who(2))}


def test_what_comes_in_and_goes_on_within_minutes():
    week = Week()
    for day in range(2):
        week.send(1 + day, 5, 20_000, minutes=day * 600)
        week.send(5, 6, 19_500, minutes=day * 600 + 10)
    week.send(1, 7, 20_000)
    week.send(7, 1, 20_000, minutes=3)  # given back
    assert week.found() == {(PASSED_ON, who(5))}


def test_many_to_one_and_one_to_many():
    week = Week()
    for number in range(8):
        week.send(100 + number, 1, 500, minutes=number * 200)
        week.send(2, 200 + number, 500, minutes=number * 200)
    assert week.found() == {(GATHERED, who(1)), (SPREAD, who(2))}


def test_the_order_does_not_matter_and_a_pattern_keeps_its_key():
    week = Week()
    for number in range(5):
        week.send(number, (number + 1) % 5, 2_000, minutes=number)
    keys = {each.key for each in watch(week.sent, RULES)}
    random.Random(1).shuffle(week.sent)
    assert {each.key for each in watch(week.sent, RULES)} == keys


@pytest.mark.slow  # some ten thousand sends
def test_rings_among_ten_thousand_innocents_are_all_found_and_false_alarms_are_few():
    dice, week = random.Random(2026), Week()
    friends = {number: [dice.randrange(10_000) for _ in range(4)] for number in range(10_000)}
    for number in range(10_000):
        for _ in range(dice.choice((0, 1, 1, 2))):
            amount = dice.choice((300, 500, 800, 1_000, 1_500, 2_000, 3_000, 5_000))
            other = dice.choice(friends[number])
            if other != number:
                week.send(number, other, amount, minutes=dice.uniform(0, 7 * 24 * 60))
    rings = []
    for number in range(20):
        size = dice.choice((3, 4, 5))
        members = [20_000 + 10 * number + member for member in range(size)]
        begins, amount = dice.uniform(0, 4 * 24 * 60), dice.choice((8_000, 15_000, 25_000))
        for place, member in enumerate(members):
            share, begins = dice.uniform(0.9, 1.0), begins + dice.uniform(5, 300)
            week.send(member, members[(place + 1) % size], int(amount * share), minutes=begins)
        rings.append(who(members[0]))
    found = watch(week.sent, RULES)
    assert {each.account for each in found if each.kind == RING} >= set(rings)
    false_alarms = [each for each in found if each.account.int < 20_000]
    assert len(week.sent) > 9_000
    assert len(false_alarms) <= 5
