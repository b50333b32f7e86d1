"""The arithmetic of a draw, by properties and by known answers."""

import hashlib
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.draw.beacons import GENESIS, Beat, Drand
from kernel.draw.errors import BeaconUntrue
from kernel.draw.reckoning import Rule, canonical, combined, digest, places, whole_of

ROUND = 657_413
RANDOMNESS = "fc1873a13f3545aeade8401532ef5519920652eee6b0d2b19ca12643b87b3587"
SIGNATURE = "b713718a38ae728dfd477991af2822e08d2f305e47718cef9f7848ce4050e7be41076862b98fad56e91a6b85b89cd97b"

codes = st.text("ABCDEFGHJKMNPQRSTUVWXYZ23456789", min_size=8, max_size=12)
wishes = st.lists(st.tuples(codes, st.integers(1, 9)), min_size=1, max_size=40, unique_by=lambda each: each[0])
seeds = st.binary(min_size=32, max_size=32)


def test_the_list_is_sorted_lines_and_its_digest_is_sha_256():
    assert canonical(["bbbbbbbb", "aaaaaaaa"]) == b"aaaaaaaa\nbbbbbbbb\n"
    assert digest(["bbbbbbbb", "aaaaaaaa"]) == hashlib.sha256(b"aaaaaaaa\nbbbbbbbb\n").hexdigest()


def test_a_known_round_of_quicknet_is_verified_and_any_other_refused():
    beacon = Drand("http://127.0.0.1:9")
    assert beacon.verified(Beat(ROUND, RANDOMNESS, SIGNATURE)).hex() == RANDOMNESS
    for untrue in (
        Beat(ROUND + 1, RANDOMNESS, SIGNATURE),
        Beat(ROUND, "0" * 64, SIGNATURE),
        Beat(ROUND, RANDOMNESS, SIGNATURE[:-1] + "c"),
    ):
        with pytest.raises(BeaconUntrue):
            beacon.verified(untrue)


def test_rounds_come_every_three_seconds_from_the_genesis():
    beacon = Drand("http://127.0.0.1:9")
    at = beacon.time_of(ROUND)
    assert (beacon.time_of(1), (at - GENESIS).total_seconds()) == (GENESIS, 3 * (ROUND - 1))
    assert beacon.round_at(at) == ROUND
    assert beacon.round_at(at.replace(microsecond=1)) == ROUND + 1


def test_the_places_of_a_known_seed():
    tickets = ["TICKET-A-1", "TICKET-B-2", "TICKET-C-3"]
    found = list(places(bytes.fromhex(RANDOMNESS), tickets, Rule(units=4)))
    assert [(each.rank, each.ticket, each.won) for each in found] == [
        (1, "TICKET-B-2", "2"),
        (2, "TICKET-A-1", "1"),
        (3, "TICKET-C-3", "1"),
    ]


@given(seeds, wishes, st.integers(1, 100))
def test_units_are_given_out_once_and_never_more_than_wished(seed, wished, units):
    tickets = [f"{code}-{wish}" for code, wish in wished]
    found = list(places(seed, tickets, Rule(units=units)))
    assert found == list(places(seed, tickets[::-1], Rule(units=units)))
    assert sorted(each.ticket for each in found) == sorted(tickets)
    assert [each.rank for each in found] == list(range(1, len(tickets) + 1))
    assert sum(int(each.won or 0) for each in found) == min(units, sum(wish for _code, wish in wished))
    assert all(int(each.won or 0) <= int(each.ticket.rpartition("-")[2]) for each in found)


@given(seeds, st.lists(codes, min_size=1, max_size=40, unique=True), st.integers(1, 50))
def test_each_prize_goes_to_one_ticket_and_no_ticket_wins_twice(seed, tickets, count):
    prizes = tuple(f"prize {number}" for number in range(count))
    won = [each.won for each in places(seed, tickets, Rule(prizes=prizes)) if each.won]
    assert won == list(prizes[: len(tickets)])


def test_every_ticket_wins_about_as_often():
    """Chi-square over 4,000 seeds and 8 tickets, two winners each: at 7 degrees of freedom 1 in 1,000 lies above 24.32."""
    tickets = [f"TICKET-{letter}" for letter in "ABCDEFGH"]
    wins: Counter[str] = Counter()
    for number in range(4000):
        seed = hashlib.sha256(number.to_bytes(4, "big")).digest()
        wins.update(each.ticket for each in places(seed, tickets, Rule(prizes=("a", "b"))) if each.won)
    expected = 4000 * 2 / len(tickets)
    assert sum((wins[ticket] - expected) ** 2 / expected for ticket in tickets) < 24.32


@given(st.binary(min_size=32, max_size=32), st.binary(min_size=32, max_size=32))
def test_two_halves_make_the_value_again(value, half):
    other = whole_of((value, half))
    assert whole_of((half, other)) == value


def test_the_seed_of_three_depends_on_each_of_them():
    values = [bytes([number]) * 32 for number in range(3)]
    seeds = {combined(values)} | {combined([*values[:i], b"\xff" * 32, *values[i + 1 :]]) for i in range(3)}
    assert len(seeds) == 4


@pytest.mark.parametrize("wrong", [{}, {"units": -1}, {"units": 1, "prizes": ("a",)}])
def test_a_rule_gives_either_prizes_or_units(wrong):
    with pytest.raises(ValueError, match="either"):
        Rule(**wrong)
