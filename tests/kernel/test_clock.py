"""Days turn over at midnight in Japan; offices close on holidays and at the turn of the year."""

import random
import time
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from kernel import clock
from kernel.holidays import national_holidays

instants = st.integers(0, 7_000_000_000).map(
    lambda seconds: datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
)

OFFICIAL = {
    # Cabinet Office, 「国民の祝日」について
    2024: "0101 0108 0211 0212 0223 0320 0429 0503 0504 0505 0506 0715 0811 0812 0916 0922 0923 1014 1103 1104 1123",
    2025: "0101 0113 0211 0223 0224 0320 0429 0503 0504 0505 0506 0721 0811 0915 0923 1013 1103 1123 1124",
    2026: "0101 0112 0211 0223 0320 0429 0503 0504 0505 0506 0720 0811 0921 0922 0923 1012 1103 1123",
    2027: "0101 0111 0211 0223 0321 0322 0429 0503 0504 0505 0719 0811 0920 0923 1011 1103 1123",
}


@pytest.mark.parametrize("year", OFFICIAL)
def test_the_holidays_are_the_official_ones(year):
    assert sorted(day.strftime("%m%d") for day in national_holidays(year)) == OFFICIAL[year].split()


def test_a_holiday_between_two_holidays_in_september():
    assert date(2032, 9, 21) in national_holidays(2032)  # 20th Respect for the Aged, 22nd equinox
    assert date(2026, 9, 22) in national_holidays(2026)


@pytest.mark.parametrize("year", [2021, 2100])
def test_years_of_other_laws_are_refused(year):
    with pytest.raises(ValueError, match="not for"):
        national_holidays(year)


def test_now_is_an_instant_in_utc():
    before = time.time_ns() // 1000
    at = clock.now()
    assert at.tzinfo is UTC
    assert 0 <= (at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1) - before < 5_000_000


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        ("2026-11-20T14:59:59.999999+00:00", date(2026, 11, 20)),
        ("2026-11-20T15:00:00+00:00", date(2026, 11, 21)),
        ("2026-11-21T00:00:00+09:00", date(2026, 11, 21)),
        ("2026-12-31T15:00:00+00:00", date(2027, 1, 1)),
    ],
)
def test_the_day_in_japan(instant, day):
    assert clock.jst_date(datetime.fromisoformat(instant)) == day


def test_midnight_in_japan_is_an_instant_in_utc():
    assert clock.jst_midnight(date(2026, 11, 21)) == datetime(2026, 11, 20, 15, tzinfo=UTC)
    assert clock.jst_midnight(date(2026, 11, 21)).tzinfo is UTC


@given(instants)
def test_an_instant_lies_in_the_day_that_it_is_said_to_be(at):
    day = clock.jst_date(at)
    assert clock.jst_midnight(day) <= at < clock.jst_midnight(day + timedelta(days=1))


@pytest.mark.postgres
def test_the_database_says_the_same_day(db):
    dice = random.Random(20261121)
    instants = [datetime(1990, 1, 1, tzinfo=UTC) + timedelta(seconds=dice.randrange(4_000_000_000)) for _ in range(500)]
    turns = [clock.jst_midnight(date(2026, 11, 21)) + timedelta(microseconds=each) for each in (-1, 0, 1)]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT array_agg(jst_date(at) ORDER BY place) FROM unnest(%s) WITH ORDINALITY AS i (at, place)",
            [instants + turns],
        )
        assert cursor.fetchone()[0] == [clock.jst_date(at) for at in instants + turns]
        cursor.execute("SELECT provolatile FROM pg_proc WHERE proname = 'jst_date'")
        assert cursor.fetchone() == ("i",)


@pytest.mark.parametrize(
    ("day", "open_"),
    [
        (date(2026, 11, 20), True),  # Friday
        (date(2026, 11, 21), False),  # Saturday
        (date(2026, 11, 22), False),  # Sunday
        (date(2026, 11, 23), False),  # Labour Thanksgiving Day
        (date(2026, 12, 28), True),
        (date(2026, 12, 29), False),  # the turn of the year, Act 91 of 1988
        (date(2027, 1, 3), False),
        (date(2027, 1, 4), True),
    ],
)
def test_offices_are_open(day, open_):
    assert clock.is_business_day(day) is open_


@pytest.mark.parametrize(
    ("day", "count", "then"),
    [
        (date(2026, 11, 20), 0, date(2026, 11, 20)),
        (date(2026, 11, 21), 0, date(2026, 11, 24)),
        (date(2026, 11, 20), 1, date(2026, 11, 24)),
        (date(2026, 11, 21), 1, date(2026, 11, 25)),
        (date(2026, 12, 28), 1, date(2027, 1, 4)),
        (date(2026, 4, 28), 3, date(2026, 5, 7)),  # over the golden week: 29 April, 3 to 6 May
    ],
)
def test_business_days_are_counted(day, count, then):
    assert clock.add_business_days(day, count) == then
