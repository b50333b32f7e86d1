"""A stop's platforms and lines, and the ways a line takes."""

from datetime import date, timedelta

import pytest

from kernel.problems import NotFound
from mobility.engine.journeys.lines import encoded
from mobility.selectors.stops import all_lines, line_detail, stop_detail
from tests.mobility.town import FRIDAY_MORNING, town_network


def test_a_stop_is_told_with_its_platforms_and_lines():
    seen = stop_detail(town_network(), "S1", language="en")
    assert (seen.stop.id, seen.stop.name, seen.names["ja-Hrkt"]) == ("S", "Hitoyoshi Sta.", "ひとよしえきまえ")
    assert [(each.id, each.platform, each.code, each.wheelchair) for each in seen.platforms] == [
        ("S1", "1", "101", "possible"), ("S2", "2", "102", "not_possible"),
    ]  # fmt: skip
    assert [(each.id, each.name, each.color, each.agency) for each in seen.lines] == [
        ("r1", "Town Line", "00629D", "Mihon Bus"), ("r2", "循環線", "", "Mihon Bus"),
    ]  # fmt: skip


def test_lines_are_listed():
    assert [(each.id, each.kind, each.long_name) for each in all_lines(town_network(), language="ja").results] == [
        ("r1", "bus", "駅から市役所へ"), ("r2", "bus", ""),
    ]  # fmt: skip


def test_the_ways_of_a_line_are_told_with_days_and_shape():
    seen = line_detail(town_network(), "r1", at=FRIDAY_MORNING, language="ja")
    assert (seen.line.name, seen.description) == ("まちなか線", "町を横切ります")
    there, night, back = seen.courses
    assert [(each.headsign, each.direction, each.a_day) for each in seen.courses] == [
        ("市役所", 0, 2), ("市役所", 0, 1), ("人吉駅前", 1, 1),
    ]  # fmt: skip
    assert [stop.id for stop in there.stops] == ["S1", "k1", "c"]
    assert there.shape == encoded([(32.2151, 130.7530), (32.2140, 130.7570), (32.2120, 130.7600), (32.2100, 130.7650)])
    assert night.shape == encoded([(32.2149, 130.7530), (32.2120, 130.7600), (32.2100, 130.7650)])
    assert there.weekdays == ["mon", "tue", "wed", "thu", "fri"]
    assert there.days == [date(2026, 1, 9) + timedelta(days=n) for n in (0, 3, 4, 5, 6, 7, 10, 11, 12, 13)]
    assert [stop.name for stop in back.stops] == ["市役所", "九日町", "人吉駅前"]


def test_a_line_that_has_ended_has_no_ways_and_one_that_never_was_is_refused():
    later = FRIDAY_MORNING + timedelta(days=40)
    assert line_detail(town_network(), "r2", at=later, language="ja").courses == []
    with pytest.raises(NotFound):
        line_detail(town_network(), "r9", at=later, language="ja")
