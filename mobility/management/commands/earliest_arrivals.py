"""``manage.py earliest_arrivals FEED QUERIES``: when one arrives at the earliest, for many questions; no database is asked."""

import csv
from argparse import ArgumentParser
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from mobility.engine.gtfs import Faults, Feed, read_feed
from mobility.engine.search import NOT_REACHED, Ends, earliest_arrival
from mobility.engine.timetable import Lanes, lanes_of
from mobility.engine.timetable.compiling import timetable_of
from mobility.gateways.feed_files import FilesRefused, read_files

ASKED = ("query_id", "service_date", "from_stop_id", "to_stop_id", "depart_seconds")


class Command(BaseCommand):
    """Answers a file of questions over one feed."""

    help = "Write the earliest arrivals for the questions of a CSV file to standard output."
    requires_system_checks: list[str] = []  # noqa: RUF012 - Django's own way

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the two files."""
        parser.add_argument("feed", type=Path, help="a GTFS feed, ZIP or folder")
        parser.add_argument("queries", type=Path, help=f"CSV with {', '.join(ASKED)}")

    def handle(self, *_args: Any, feed: Path, queries: Path, **_options: Any) -> None:
        """Read both, answer each question on a line of its own; empty where nothing leads there."""
        asked = _questions(queries)
        answers = Answers(_feed(feed))
        out = csv.writer(self.stdout, lineterminator="\n")
        out.writerow(("query_id", "earliest_arrival_seconds"))
        for row in asked:
            try:
                at = answers.of(row)
            except KeyError as unknown:
                raise CommandError(f"Question {row['query_id']}: no stop {unknown} in the feed.") from None
            except ValueError as wrong:
                raise CommandError(f"Question {row['query_id']}: {wrong}") from None
            out.writerow((row["query_id"], "" if at == NOT_REACHED else at))


class Answers:
    """One feed, and the days of it that were asked for."""

    def __init__(self, feed: Feed) -> None:
        """Lay the feed out."""
        self.timetable = timetable_of(feed)
        self.index = {stop_id: n for n, stop_id in enumerate(feed.stop_id)}
        self.lanes = lru_cache(maxsize=8)(self._lanes)

    def of(self, row: dict[str, str]) -> int:
        """Answer one question; :raises KeyError: for a stop that is not there; :raises ValueError: for no day or second."""
        begin, end = self.index[row["from_stop_id"]], self.index[row["to_stop_id"]]
        leave_at = int(row["depart_seconds"])
        lanes, mirrored = self.lanes(date.fromisoformat(row["service_date"]))
        start, goal = Ends.around(lanes, begin), Ends.around(mirrored, end)
        on_foot = dict(zip(start.stops.tolist(), start.seconds.tolist(), strict=True)).get(end)
        by_vehicle = earliest_arrival(lanes, start, goal, leave_at)
        return by_vehicle if on_foot is None else min(by_vehicle, leave_at + on_foot)

    def _lanes(self, day: date) -> tuple[Lanes, Lanes]:
        return lanes_of(self.timetable, day), lanes_of(self.timetable, day, is_mirrored=True)


def _feed(path: Path) -> Feed:
    faults = Faults()
    try:
        feed = read_feed(read_files(path), faults)
    except FilesRefused as refused:
        raise CommandError(f"The feed cannot be read: {refused}") from None
    if feed is None:
        raise CommandError("\n".join(_told(faults)))
    return feed


def _told(faults: Faults) -> Iterable[str]:
    for each in faults.found:
        if each.weight == "fault":
            yield f"{each.file}:{each.line}: {each.code} {each.field} {each.value}".rstrip()


def _questions(path: Path) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise CommandError(f"The questions cannot be read: {error}") from None
    missing = [name for name in ASKED if rows and name not in rows[0]]
    if missing:
        raise CommandError(f"The questions lack: {', '.join(missing)}")
    return rows
