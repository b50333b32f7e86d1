"""Lines of the demo town, from a few words to single trips."""

from collections.abc import Iterator, Mapping
from itertools import accumulate, chain
from typing import Any, NamedTuple

from mobility.demo.words import Name, name_of

OUT, BACK = "out", "back"
SERVICES = ("weekday", "saturday", "holiday", "school", "night")
Call = tuple[str, str, int]
"""Stop, pole, minutes after the trip's start."""


class Repeat(NamedTuple):
    """From when to when, in minutes of the day, a trip leaves every so many minutes."""

    begin: int
    end: int
    every: int


class Trip(NamedTuple):
    """One trip: its calls, and the minute of the service day at which it starts; with ``repeats`` it shows the times alone."""

    line: str
    service: str
    direction: str
    starts: int
    calls: tuple[Call, ...]
    repeats: tuple[Repeat, ...] = ()


class Line(NamedTuple):
    """One line: its way out, who may ride it, what it costs (``flat`` yen, or so many ``times`` what the way costs)."""

    id: str
    name: Name
    color: str
    low_floor: str
    takes_bicycles: bool
    flat: int
    times: int
    calls: tuple[Call, ...]
    trips: tuple[Trip, ...]


def line_of(told: Mapping[str, Any]) -> Line:
    """Return a line with its trips, as its table tells it."""
    words = told["way"].split()
    stops = [word.partition("@")[::2] for word in words[::2]]
    minutes = list(accumulate((int(word) for word in words[1::2]), initial=0))
    calls = tuple((stop, pole or "1", at) for (stop, pole), at in zip(stops, minutes, strict=True))
    return Line(
        told["id"], name_of(told), told["color"], told["low_floor"], told.get("takes_bicycles", False), told.get("flat", 0),
        told.get("times", 1), calls, tuple(_trips(told, calls)),
    )  # fmt: skip


def _trips(told: Mapping[str, Any], out: tuple[Call, ...]) -> Iterator[Trip]:
    last = out[-1][2]
    ways = {OUT: out, BACK: tuple((stop, pole if pole != "1" else "2", last - at) for stop, pole, at in reversed(out))}
    for service in SERVICES:
        times = told.get(service, {})
        for direction, calls in ways.items():
            leaving = chain.from_iterable(_departures(word, calls) for word in times.get(direction, "").split())
            yield from (Trip(told["id"], service, direction, starts, part) for starts, part in leaving)
        if "every" in times:
            repeats = tuple(_repeat(word) for word in times["every"].split())
            yield Trip(told["id"], service, OUT, repeats[0].begin, out, repeats)


def _departures(word: str, calls: tuple[Call, ...]) -> Iterator[tuple[int, tuple[Call, ...]]]:
    """Give out when a trip starts, and the part of the way that it goes."""
    if "/" in word:
        begin, end, every = _repeat(word)
        for at in range(begin, end + 1, every):
            yield at, calls
        return
    stops = [stop for stop, _pole, _at in calls]
    begin, end = 0, len(stops)
    time, _sign, stop = word.partition(">")
    if stop:
        end = stops.index(stop) + 1
    time, _sign, stop = time.partition("<")
    if stop:
        begin = stops.index(stop)
    shift = calls[begin][2]
    yield minute_of(time), tuple((stop, pole, at - shift) for stop, pole, at in calls[begin:end])


def _repeat(word: str) -> Repeat:
    span, _sign, every = word.partition("/")
    begin, _sign, end = span.partition("-")
    return Repeat(minute_of(begin), minute_of(end), int(every))


def minute_of(text: str) -> int:
    """Return the minute of the service day for ``7:30``; ``25:15`` is a quarter past one in the night after."""
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)
