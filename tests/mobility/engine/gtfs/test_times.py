"""Times in digits that are not those of a keyboard's lower half."""

import pytest

from mobility.engine.gtfs import Faults, read_feed
from mobility.messages.feed_faults import place, sentence
from tests.mobility.feeds import written


def looked_at(*times, frequencies=""):
    """Return the feed with these times in place of 8:00, 8:10 and 8:20, and what was found."""
    files = written("A B C", {"t": "A 8:00, B 8:10, C 8:20"}, more=frequencies)
    calls = files["stop_times.txt"].decode()
    for usual, other in zip(("8:00:00", "8:10:00", "8:20:00"), times, strict=True):
        calls = calls.replace(usual, other)
    faults = Faults()
    return read_feed(files | {"stop_times.txt": calls.encode()}, faults), faults.found


def test_full_width_digits_are_read_and_remarked_with_their_line():
    feed, found = looked_at("8:00:00", "８:１０:００", "8:20:00")
    assert feed.arrival.tolist() == [28_800, 29_400, 30_000]
    assert [(each.code, place(each), each.field, each.weight) for each in found if each.file == "stop_times.txt"] == [
        ("time_in_other_digits", "stop_times.txt:3", "arrival_time", "remark"),
        ("time_in_other_digits", "stop_times.txt:3", "departure_time", "remark"),
    ]
    told = next(each for each in found if each.file == "stop_times.txt")
    assert sentence(told) == (
        "「arrival_time」の時刻「８:１０:００」は、半角の数字ではありません。読み取りましたが、提供元に直してもらってください。"
    )


@pytest.mark.parametrize("text", ["8：10：00", "８時１０分", "八:十:零", "8:１0:6０"])
def test_what_only_looks_like_a_time_is_a_fault(text):
    feed, found = looked_at("8:00:00", text, "8:20:00")
    assert feed is None
    assert {each.code for each in found if each.file == "stop_times.txt"} == {"time_wrong"}


def test_trips_that_repeat_are_looked_at_alike():
    told = "trip_id,start_time,end_time,headway_secs\nt,０８:00:00,09:00:00,600"
    feed, found = looked_at("8:00:00", "8:10:00", "8:20:00", frequencies=told)
    assert len(feed.trip_id) == 6
    assert [(each.code, each.line, each.field) for each in found if each.file == "frequencies.txt"] == [
        ("time_in_other_digits", 2, "start_time")
    ]
