"""``manage.py earliest_arrivals FEED QUERIES``: when one arrives at the earliest, for many questions; no database is asked."""

import csv
from argparse import ArgumentParser
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from django.core.management.base import BaseCommand, CommandError

from mobility.engine.gtfs import Faults, Feed, read_feed
from mobility.engine.search import NOT_REACHED, Ends, earliest_arrival
from mobility.engine.timetable import Lanes, lanes_of
from mobility.engine.timetable.compiling import timetable_of
from mobility.gateways.feed_files import FilesRefused, read_files

MOST_TOLD, MOST_S = 20, 10_000_000
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
        """Read both, then answer each question on a line of its own, in their order; empty where nothing leads there."""
        questions = [_question(row) for row in _rows(queries)]
        answers = Answers(_feed(feed))
        unknown = {f"{each.id}: {stop!r}" for each in questions for stop in answers.missing(each)}
        if unknown:
            raise CommandError("No such stop in the feed, by question: " + ", ".join(sorted(unknown)[:MOST_TOLD]))
        found = {n: answers.of(questions[n]) for n in sorted(range(len(questions)), key=lambda n: questions[n].day)}
        out = csv.writer(self.stdout, lineterminator="\n")
        out.writerow(("query_id", "earliest_arrival_seconds"))
        for n, each in enumerate(questions):
            out.writerow((each.id, "" if found[n] == NOT_REACHED else found[n]))


class Question(NamedTuple):
    """One line of the file."""

    id: str
    day: date
    begin: str
    end: str
    leave_at: int


class Answers:
    """One feed, and the days of it that were asked for last."""

    def __init__(self, feed: Feed) -> None:
        """Lay the feed out."""
        self.timetable = timetable_of(feed)
        self.index = {stop_id: n for n, stop_id in enumerate(feed.stop_id)}
        self.lanes = lru_cache(maxsize=2)(self._lanes)

    def missing(self, asked: Question) -> list[str]:
        """Return those of the two stops that the feed does not have."""
        return [stop for stop in (asked.begin, asked.end) if stop not in self.index]

    def of(self, asked: Question) -> int:
        """Answer one question."""
        begin, end = self.index[asked.begin], self.index[asked.end]
        lanes, mirrored = self.lanes(asked.day)
        start, goal = Ends.around(lanes, begin), Ends.around(mirrored, end)
        on_foot = dict(zip(start.stops.tolist(), start.seconds.tolist(), strict=True)).get(end)
        by_vehicle = earliest_arrival(lanes, start, goal, asked.leave_at)
        return by_vehicle if on_foot is None else min(by_vehicle, asked.leave_at + on_foot)

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


def _rows(path: Path) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, restval="")
            missing = [name for name in ASKED if name not in (reader.fieldnames or ())]
            rows = [] if missing else list(reader)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise CommandError(f"The questions cannot be read: {error}") from None
    if missing:
        raise CommandError(f"The questions lack: {', '.join(missing)}")
    return rows


def _question(row: dict[str, str]) -> Question:
    try:
        name, day, begin, end, leave_at = (row[name].strip() for name in ASKED)
        asked = Question(name, date.fromisoformat(day), begin, end, int(leave_at))
    except ValueError as wrong:
        raise CommandError(f"Question {row['query_id']}: {wrong}") from None
    if abs(asked.leave_at) > MOST_S:
        raise CommandError(f"Question {asked.id}: {leave_at} seconds are too many")
    return asked
