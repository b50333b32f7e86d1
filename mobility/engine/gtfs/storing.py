"""A feed as flat arrays and plain texts, and back: what is written to a folder and opened by every worker."""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec
import numpy as np

from mobility.engine.gtfs.directory import Agency, Directory, Member, Names, Publisher, Shapes
from mobility.engine.gtfs.feed import Feed
from mobility.engine.timetable.arrays import I32, Array, Timetable

FORMAT = 3
"""Grows whenever what is stored changes; what was stored in another format is made anew."""


@dataclass(frozen=True)
class Stored:
    """Arrays and texts by dotted names; texts are what MessagePack can hold."""

    arrays: Mapping[str, Array]
    texts: Mapping[str, Any]

    def part(self, name: str) -> "Stored":
        """Return what stands below a name."""
        return Stored(_below(self.arrays, name), _below(self.texts, name))


def stored(feed: Feed, timetable: Timetable | None = None) -> Stored:
    """Return a feed, and its timetable where it has one; an array that both share is stored once."""
    arrays: dict[str, Array] = {}
    texts: dict[str, Any] = {}
    _lay(feed, "feed", arrays, texts)
    arrays["feed.walks"] = np.array(feed.walks, dtype=I32).reshape(-1, 3)
    arrays["feed.untimed_walks"] = np.array(sorted(feed.untimed_walks), dtype=I32).reshape(-1, 2)
    texts.pop("feed.walks")
    texts.pop("feed.untimed_walks")
    names = {id(array): name for name, array in arrays.items()}
    for field in dataclasses.fields(timetable) if timetable is not None else ():
        value = getattr(timetable, field.name)
        if id(value) in names:
            texts[f"timetable.{field.name}"] = names[id(value)]
        elif isinstance(value, np.ndarray):
            arrays[f"timetable.{field.name}"] = value
    return Stored(arrays, texts)


def opened(given: Stored) -> tuple[Feed, Timetable]:
    """Return what :func:`stored` laid out of both."""
    feed = opened_feed(given)
    shared = {name: given.arrays[at] for name, at in given.part("timetable").texts.items()}
    return feed, Timetable(**given.part("timetable").arrays, **shared, first_day=feed.first_day)


def opened_feed(given: Stored) -> Feed:
    """Return the feed alone."""
    told, shapes, names = (given.part(f"feed.directory{name}") for name in ("", ".shapes", ".names"))
    count = len({name.partition(".")[0] for name in given.part("feed.directory.members").arrays})
    directory = Directory(
        **_flat(Directory, told),
        members=[_member(given.part(f"feed.directory.members.{n}")) for n in range(count)],
        agencies=msgspec.convert(told.texts["agencies"], list[Agency]),
        names=Names(**_flat(Names, names)),
        shapes=Shapes(**_flat(Shapes, shapes)),
    )
    flat = given.part("feed")
    fields = _flat(Feed, flat) | {
        "walks": [(begin, end, seconds) for begin, end, seconds in flat.arrays["walks"].tolist()],
        "untimed_walks": frozenset(map(tuple, flat.arrays["untimed_walks"].tolist())),
        "first_day": date.fromisoformat(flat.texts["first_day"]),
    }
    return Feed(**fields, directory=directory)


def _lay(value: Any, name: str, arrays: dict[str, Array], texts: dict[str, Any]) -> None:
    if isinstance(value, np.ndarray):
        arrays[name] = value
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            _lay(getattr(value, field.name), f"{name}.{field.name}", arrays, texts)
    elif isinstance(value, Sequence) and value and isinstance(value[0], Member):
        for n, each in enumerate(value):
            _lay(each, f"{name}.{n}", arrays, texts)
    else:
        texts[name] = msgspec.to_builtins(value, str_keys=False)


def _member(given: Stored) -> Member:
    return Member(**_flat(Member, given) | {"publisher": msgspec.convert(given.texts["publisher"], Publisher)})


def _flat(kind: type, given: Stored) -> dict[str, Any]:
    """Return the fields of a dataclass that are arrays or plain texts themselves."""
    own = {field.name for field in dataclasses.fields(kind)} - {"agencies"}
    return {name: value for name, value in {**given.arrays, **given.texts}.items() if name in own}


def _below(values: Mapping[str, Any], name: str) -> dict[str, Any]:
    return {key.removeprefix(f"{name}."): value for key, value in values.items() if key.startswith(f"{name}.")}
