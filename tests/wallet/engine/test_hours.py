"""Opening hours: what a person standing at the door would say."""

from datetime import UTC, datetime, timedelta

import pytest

from kernel.clock import JST
from wallet.engine.hours import Hours, Span, door_at, is_sound, spans_on

WORKDAYS = ["mon", "tue", "wed", "thu", "fri"]
EVERY_DAY = [*WORKDAYS, "sat", "sun"]
BAR = Hours(spans=[Span(days=["fri", "sat"], opens="18:00", closes="26:00")])
OFFICE = Hours(
    spans=[Span(days=WORKDAYS, opens="09:00", closes="12:00"), Span(days=WORKDAYS, opens="13:00", closes="17:00")]
)


def japan(day: str, time: str) -> datetime:
    return datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=JST)


@pytest.mark.parametrize(
    ("hours", "day", "time", "is_open", "changes"),
    [
        (OFFICE, "2026-11-02", "08:59:59", False, "2026-11-02T09:00"),
        (OFFICE, "2026-11-02", "09:00", True, "2026-11-02T12:00"),
        (OFFICE, "2026-11-02", "12:00", False, "2026-11-02T13:00"),
        (OFFICE, "2026-11-06", "17:00", False, "2026-11-09T09:00"),
        (BAR, "2026-11-07", "01:59:59", True, "2026-11-07T02:00"),  # Friday's night
        (BAR, "2026-11-07", "02:00", False, "2026-11-07T18:00"),
        (BAR, "2026-11-08", "01:00", True, "2026-11-08T02:00"),
        (BAR, "2026-11-08", "20:00", False, "2026-11-13T18:00"),
    ],
)
def test_the_door_at_an_instant(hours, day, time, is_open, changes) -> None:
    now = door_at(hours, japan(day, time).astimezone(UTC))
    assert (now.is_open, now.changes_at) == (is_open, datetime.fromisoformat(changes).replace(tzinfo=JST))


def test_a_holiday_is_as_the_shop_says() -> None:
    culture_day = japan("2026-11-03", "10:00")  # a Tuesday
    closed = Hours(spans=OFFICE.spans, holidays="closed")
    own = Hours(spans=[*OFFICE.spans, Span(days=["holiday"], opens="10:30", closes="11:30")])
    assert door_at(OFFICE, culture_day).is_open
    assert door_at(closed, culture_day).changes_at == japan("2026-11-04", "09:00")
    assert door_at(own, culture_day).changes_at == japan("2026-11-03", "10:30")
    assert [span.opens for span in spans_on(own, culture_day.date())] == ["10:30"]


def test_around_the_clock_never_changes_within_the_fortnight() -> None:
    always = Hours(spans=[Span(days=EVERY_DAY, opens="00:00", closes="24:00")])
    now = door_at(always, japan("2026-11-04", "00:00"))
    assert now.is_open
    assert now.changes_at is not None
    assert now.changes_at - japan("2026-11-04", "00:00") >= timedelta(days=14)


def test_no_hours_never_open() -> None:
    assert door_at(Hours(spans=[]), japan("2026-11-04", "12:00")).changes_at is None


@pytest.mark.parametrize(
    ("spans", "sound"),
    [
        ([("12:00", "12:00")], False),
        ([("17:00", "02:00")], False),
        ([("24:00", "25:00")], False),
        ([("09:00", "13:00"), ("12:59", "18:00")], False),
        ([("09:00", "13:00"), ("13:00", "18:00")], True),
        ([("17:00", "29:59")], True),
    ],
)
def test_hours_that_cannot_be(spans, sound) -> None:
    assert is_sound(Hours(spans=[Span(days=["mon"], opens=since, closes=until) for since, until in spans])) is sound
