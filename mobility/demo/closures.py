"""The demo town's road office: every week it closes the same few roads."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from kernel.clock import JST, jst_date
from mobility.demo.words import Name, name_of, told
from mobility.engine.road_closures import RoadClosure

WEEKS = 2
"""So many weeks are known, the one that runs and those after it."""


class RoadOffice:
    """Knows the made-up closures of this week and the next."""

    def known(self, *, at: datetime) -> Iterator[RoadClosure]:
        """Give them out."""
        table = told("closures")
        monday = jst_date(at) - timedelta(days=jst_date(at).weekday())
        for week in range(WEEKS):
            for row in table["closures"]:
                yield _closure(row, name_of(table["owner"]), monday + timedelta(weeks=week))


def _closure(row: Mapping[str, Any], owner: Name, monday: date) -> RoadClosure:
    first = monday + timedelta(days=row["first"])
    last = first + timedelta(days=row["days"] - 1)
    line = {"type": "LineString", "coordinates": [[lon, lat] for lat, lon in row["line"]]}
    return RoadClosure(
        f"{row['id']}-{first:%Y%m%d}", row["kind"], line, _texts(name_of(row)), _texts(owner),
        begins_at=_second(first, row["from"]), ends_at=_second(last, row["until"]),
    )  # fmt: skip


def _texts(name: Name) -> dict[str, str]:
    return {"": name.ja, **dict(name.others())}


def _second(day: date, clock: str) -> int:
    """Return the instant of a time of day, 24:00 being the midnight after it."""
    hours, minutes = map(int, clock.split(":"))
    return int((datetime.combine(day, time(), JST) + timedelta(hours=hours, minutes=minutes)).timestamp())
