"""The engine and a second opinion of quite other code agree on two thousand questions over each feed."""

from functools import cache

import pytest

from tests.mobility.feeds import GTFS
from tests.mobility.second_opinion import DAYS, KINDS, Opinion

pytestmark = pytest.mark.slow  # thousands of trips are tried anew for every question


@cache
def opinion(name):
    return Opinion(name)


def test_two_thousand_are_asked():
    assert sum(count for count, _ask in KINDS.values()) == 2000


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", DAYS)
def test_the_engine_and_the_oracle_agree(name, kind):
    if name != "demo" and not GTFS.exists():
        pytest.skip(f"no open data in {GTFS}")
    count = KINDS[kind][0]
    assert opinion(name).ask(kind, count) > count // 10
