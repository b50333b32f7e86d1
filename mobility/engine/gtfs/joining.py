"""The directories of several feeds as one: everything keeps its feed's order, and a shared stop takes what any feed tells of it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import msgspec
import numpy as np

from mobility.engine.gtfs.directory import Directory, Member, Names, Shapes
from mobility.engine.timetable.arrays import I32, Array

T = TypeVar("T")
STOP_TEXTS, ROUTE_TEXTS = ("stop", "stop_desc", "platform"), ("route_short", "route_long", "route_desc")


@dataclass(frozen=True)
class Numbers:
    """What the numbers of each feed become: ``of[f][n]`` is the new number of ``n`` in feed ``f``, below ``count``."""

    of: Sequence[Array]
    count: int

    @classmethod
    def one_after_another(cls, lengths: Iterable[int]) -> "Numbers":
        """Number the things of all feeds in order."""
        of, count = [], 0
        for length in lengths:
            of.append(np.arange(count, count + length, dtype=I32))
            count += length
        return cls(of, count)

    @classmethod
    def blank_first(cls, lengths: Iterable[int]) -> "Numbers":
        """Number them so that number 0, which is blank in every feed, stays one."""
        of, count = [], 1
        for length in lengths:
            of.append(np.append(I32(0), np.arange(count, count + length - 1, dtype=I32)).astype(I32))
            count += length - 1
        return cls(of, count)

    def collect(self, columns: Sequence[Iterable[T]], blank: T) -> list[T]:
        """Return one column of all; where feeds share a number, the first that tells something is heard."""
        found = [blank] * self.count
        for numbers, column in zip(reversed(self.of), reversed(columns), strict=True):
            for number, value in zip(numbers.tolist(), column, strict=True):
                if value != blank:
                    found[number] = value
        return found

    def pointing(self, columns: Sequence[Array]) -> Array:
        """Return pointers to these things, moved along; -1 still points nowhere."""
        moved = [
            np.where(column < 0, -1, np.append(numbers, 0)[column]).astype(I32)
            for numbers, column in zip(self.of, columns, strict=True)
        ]
        return np.concatenate(moved)


def joined_directory(slugs: Sequence[str], told: Sequence[Directory], stops: Numbers) -> Directory:
    """Return the directory of all; ``stops`` says what became of each feed's stops."""

    def lined(of: Callable[[Directory], Any]) -> Array:
        return np.concatenate([of(each) for each in told])

    def marked(of: Callable[[Directory], Sequence[str]]) -> list[list[str]]:
        return [[f"{slug}:{text}" if text else "" for text in of(each)] for slug, each in zip(slugs, told, strict=True)]

    agencies = Numbers.one_after_another(len(each.agencies) for each in told)
    shapes = Numbers.one_after_another(len(each.shapes.ids) for each in told)
    signs = Numbers.blank_first(len(each.names.originals["sign"]) for each in told)
    wheelchair = stops.collect([each.stop_wheelchair.tolist() for each in told], 0)
    return Directory(
        members=_members(slugs, told, stops),
        agencies=[
            msgspec.structs.replace(agency, id=f"{slug}:{agency.id}")
            for slug, each in zip(slugs, told, strict=True)
            for agency in each.agencies
        ],
        names=_names(told, stops, signs),
        stop_code=stops.collect([each.stop_code for each in told], ""),
        stop_zone=stops.collect(marked(lambda each: each.stop_zone), ""),
        stop_wheelchair=np.array(wheelchair, dtype=np.int8),
        route_agency=agencies.pointing([each.route_agency for each in told]),
        route_color=[color for each in told for color in each.route_color],
        route_text_color=[color for each in told for color in each.route_text_color],
        trip_row=lined(lambda each: each.trip_row),
        trip_block=[block for blocks in marked(lambda each: each.trip_block) for block in blocks],
        stays=_stays(told),
        trip_direction=lined(lambda each: each.trip_direction),
        trip_wheelchair=lined(lambda each: each.trip_wheelchair),
        trip_bikes=lined(lambda each: each.trip_bikes),
        trip_shape=shapes.pointing([each.trip_shape for each in told]),
        trip_sign=signs.pointing([each.trip_sign for each in told]),
        call_sign=signs.pointing([each.call_sign for each in told]),
        call_sequence=lined(lambda each: each.call_sequence),
        call_pickup=lined(lambda each: each.call_pickup),
        call_drop_off=lined(lambda each: each.call_drop_off),
        shapes=_shapes(slugs, [each.shapes for each in told]),
    )


def _stays(told: Sequence[Directory]) -> Array:
    before = np.cumsum([0, *(len(each.trip_row) for each in told)])
    moved = [each.stays + np.array([first, first, 0], dtype=I32) for each, first in zip(told, before, strict=False)]
    return np.concatenate(moved).astype(I32)


def _members(slugs: Sequence[str], told: Sequence[Directory], stops: Numbers) -> list[Member]:
    members, agency, route, trip = [], 0, 0, 0
    for slug, each, numbers in zip(slugs, told, stops.of, strict=True):
        own = np.full(stops.count, -1, dtype=I32)
        own[numbers] = np.arange(len(numbers), dtype=I32)
        members.append(Member(slug, each.members[0].publisher, agency, route, trip, own))
        agency, route, trip = agency + len(each.agencies), route + len(each.route_color), trip + len(each.trip_row)
    return members


def _names(told: Sequence[Directory], stops: Numbers, signs: Numbers) -> Names:
    routes = Numbers.one_after_another(len(each.route_color) for each in told)
    by_kind = dict.fromkeys(STOP_TEXTS, stops) | dict.fromkeys(ROUTE_TEXTS, routes)
    by_kind["trip_short"] = Numbers.one_after_another(len(each.trip_row) for each in told)
    by_kind["agency"] = Numbers.one_after_another(len(each.agencies) for each in told)
    by_kind["publisher"] = Numbers.one_after_another(1 for _each in told)
    by_kind["sign"] = signs
    originals = {
        kind: numbers.collect([each.names.originals[kind] for each in told], "") for kind, numbers in by_kind.items()
    }
    others = {
        kind: _others([each.names.others.get(kind, {}) for each in told], numbers) for kind, numbers in by_kind.items()
    }
    return Names(originals, {kind: texts for kind, texts in others.items() if texts})


def _others(told: Sequence[Mapping[str, Mapping[int, str]]], numbers: Numbers) -> dict[str, dict[int, str]]:
    found: dict[str, dict[int, str]] = {}
    for of, languages in zip(reversed(numbers.of), reversed(told), strict=True):
        new = of.tolist()
        for language, texts in languages.items():
            found.setdefault(language, {}).update({new[n]: text for n, text in texts.items()})
    return found


def _shapes(slugs: Sequence[str], told: Sequence[Shapes]) -> Shapes:
    points = np.cumsum([0, *(each.start[-1] for each in told)])
    starts = [each.start[:-1] + before for each, before in zip(told, points, strict=False)]
    return Shapes(
        [f"{slug}:{name}" for slug, each in zip(slugs, told, strict=True) for name in each.ids],
        np.append(np.concatenate(starts), points[-1]).astype(I32),
        np.concatenate([each.lat for each in told]),
        np.concatenate([each.lon for each in told]),
        np.concatenate([each.dist for each in told]),
    )
