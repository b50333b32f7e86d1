"""On which days a service runs: by weekdays within two dates, and by single dates that add or take away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from mobility.engine.gtfs.faults import Faults
from mobility.engine.gtfs.tables import Table
from mobility.engine.gtfs.values import date_of, number_of
from mobility.engine.timetable.arrays import Array

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
ADDED, TAKEN = 1, 2
MOST_DAYS, MOST_SERVICE_DAYS = 3660, 200_000_000


@dataclass(frozen=True)
class Services:
    """The services of a feed; ``runs[s, d]``: service ``s`` runs on ``first_day`` and ``d`` days."""

    ids: Sequence[str]
    index: dict[str, int]
    first_day: date
    runs: Array


def read_services(weeks: Table, dates: Table, faults: Faults) -> Services:
    """Return the services of both files; their days must lie within ten years of one another."""
    spans = _spans(weeks, faults)
    changes = _changes(dates, faults)
    index: dict[str, int] = {}
    for name in [*weeks.column("service_id"), *dates.column("service_id")]:
        index.setdefault(name, len(index))
    days = [day for _n, begin, end, _week in spans for day in (begin, end)] + [day for _n, day, _added in changes]
    first, last = min(days, default=date(2000, 1, 1)), max(days, default=date(2000, 1, 1))
    if (last - first).days > MOST_DAYS or len(index) * ((last - first).days + 1) > MOST_SERVICE_DAYS:
        faults.add("days_too_many", weeks.file, value=f"{first} – {last}")
        spans, changes, last = [], [], first
    runs = np.zeros((len(index), (last - first).days + 1), dtype=np.bool_)
    weekday = (np.arange(runs.shape[1]) + first.weekday()) % 7
    for n, begin, end, week in spans:
        within = slice((begin - first).days, (end - first).days + 1)
        runs[index[weeks.column("service_id")[n]], within] |= np.array(week)[weekday[within]]
    for n, day, is_added in changes:
        runs[index[dates.column("service_id")[n]], (day - first).days] = is_added
    return Services(list(index), index, first, runs)


def _spans(table: Table, faults: Faults) -> list[tuple[int, date, date, list[bool]]]:
    found = []
    seen: dict[str, int] = {}
    weeks = list(zip(*(table.column(day) for day in WEEKDAYS), strict=True))
    for n, service in enumerate(table.column("service_id")):
        line = table.lines[n]
        begin, end = date_of(table.column("start_date")[n]), date_of(table.column("end_date")[n])
        week = [number_of(text, 1) for text in weeks[n]]
        if seen.setdefault(service, n) != n:
            faults.add("twice", table.file, line, field="service_id", value=service)
        elif begin is None or end is None or end < begin:
            faults.add(
                "dates_wrong", table.file, line, value=f"{table.column('start_date')[n]} {table.column('end_date')[n]}"
            )
        elif None in week:
            faults.add("value_unknown", table.file, line, value=" ".join(weeks[n]))
        else:
            found.append((n, begin, end, [each == 1 for each in week]))
    return found


def _changes(table: Table, faults: Faults) -> list[tuple[int, date, bool]]:
    found = []
    for n, (text, kind) in enumerate(zip(table.column("date"), table.column("exception_type"), strict=True)):
        day, change = date_of(text), number_of(kind, TAKEN)
        if day is None:
            faults.add("dates_wrong", table.file, table.lines[n], value=text)
        elif not change:
            faults.add("value_unknown", table.file, table.lines[n], field="exception_type", value=kind)
        else:
            found.append((n, day, change == ADDED))
    return found
