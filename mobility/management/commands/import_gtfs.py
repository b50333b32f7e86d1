"""``manage.py import_gtfs FILE|DIR|URL``: look at a timetable, say what is wrong with it, and use it where nothing is."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from kernel import clock
from kernel.ids import new_id
from kernel.principal import SYSTEM
from kernel.problems import DomainError
from kernel.use_case import Act
from mobility.engine.feed_results import Brought, SourceDraft
from mobility.engine.gtfs import Fault
from mobility.gateways.feed_files import FilesRefused, pack, read_files
from mobility.gateways.fetching import FetchRefused
from mobility.messages.feed_faults import place, sentence
from mobility.selectors.feeds import is_registered
from mobility.services.feeds import bring_in, examine, fetch_feed, register_feed_source
from mobility.services.feeds.examining import Examined

STEPS = {
    "fetch": "Fetching",
    "read": "Reading and looking through it",
    "keep": "Keeping the file",
    "merge": "Making one network",
    "write": "Writing it down",
    "activate": "Putting it to use",
    "done": "Done",
}
WIDTH, SHOWN = 30, 40
REFUSED = 2
"""The exit status that says: the feed has faults. 1 says that something else went wrong."""


class Command(BaseCommand):
    """Imports one operator's timetable."""

    help = "Import a GTFS or GTFS-JP feed from a ZIP, a folder or an address. A feed with faults changes nothing (exit status 2)."
    _told: tuple[str, int] = "", -1
    requires_system_checks: list[str] = []  # noqa: RUF012 - Django's own way

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the feed and what is known of it."""
        parser.add_argument("feed", help="a ZIP, a folder, or an http(s) address")
        parser.add_argument("--slug", default="", help="the source's short name; default: from the file's name")
        parser.add_argument("--name", default="", help="how a new source is called; default: as its publisher is")
        parser.add_argument("--licence", default="", help="the licence of a new source")
        parser.add_argument("--attribution", default="", help="how the licence wants a new source to be named")
        parser.add_argument(
            "--open", action="store_true", help="the licence lets the city hand a new source's file out"
        )
        parser.add_argument("--why", default="manage.py import_gtfs", help="the reason that the audit log keeps")
        parser.add_argument("--now", action="store_true", help="use it also where it would be held")
        parser.add_argument("--check", action="store_true", help="only look; needs no database and changes nothing")
        parser.add_argument("--language", default="en", help="of the sentences: ja, en, zh-hans or ko")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Look, and take it in."""
        with translation.override(options["language"]):
            content = self._content(options["feed"])
            if options["check"]:
                self._checked(examine(content, lambda share: self.tell("read", share)))
                return
            slug = options["slug"] or _slug_of(options["feed"])
            try:
                self._register(slug, content, options)
                found = bring_in(
                    SYSTEM, slug=slug, content=content, at=clock.now(), why=options["why"], at_once=options["now"],
                    tell=self.tell,
                )  # fmt: skip
            except DomainError as refusal:
                said = "".join(f" {fault.field}: {fault.message}" for fault in refusal.errors)
                raise CommandError(f"{refusal.title}{said}") from None
            self._brought(found)

    def tell(self, step: str, done: float) -> None:
        """Show how far it is: a line for each step, and for each tenth of the whole within it."""
        line = step, int(10 * done)
        if line == self._told:
            return
        self._told = line
        full = round(WIDTH * done)
        words = STEPS.get(step, f"Reading {step} beside it")
        self.stderr.write(f"[{'#' * full}{'.' * (WIDTH - full)}] {done:4.0%} {words}")

    def _content(self, feed: str) -> bytes:
        try:
            if feed.startswith(("http://", "https://")):
                self.tell("fetch", 0.0)
                return fetch_feed(feed).content or b""
            path = Path(feed)
            if path.is_dir():
                return pack(read_files(path))
            return path.read_bytes()
        except FetchRefused as refused:
            raise CommandError(sentence(Fault(f"fetch_{refused.code}", "", value=refused.about))) from None
        except FilesRefused as refused:
            raise CommandError(sentence(Fault(refused.code, "", value=refused.about))) from None
        except OSError as fault:
            raise CommandError(f"{feed}: {fault.strerror}") from None

    def _register(self, slug: str, content: bytes, options: dict[str, Any]) -> None:
        """Take the source into the register where it is new."""
        if is_registered(slug):
            return
        seen = examine(content)
        publisher = seen.feed.directory.members[0].publisher.name if seen.feed else ""
        url = options["feed"] if options["feed"].startswith("http") else ""
        draft = SourceDraft(
            slug=slug, name=options["name"] or publisher or slug, url=url, licence=options["licence"],
            attribution=options["attribution"], is_open=options["open"],
        )  # fmt: skip
        register_feed_source(Act(SYSTEM, at=clock.now(), key=str(new_id())), draft=draft)

    def _checked(self, seen: Examined) -> None:
        self._report(seen.report, seen.more)
        if seen.figures is None:
            self._refuse()
        self._table(seen.figures)

    def _brought(self, found: Brought) -> None:
        self._report(found.report, found.more)
        if found.outcome == "refused":
            self._refuse()
        self._table(found.figures)
        if found.outcome == "held":
            self.stdout.write(f"{found.slug} was kept and is not used yet. Import it with --now to use it at once.")
        else:
            self.stdout.write(f"{found.slug} is used from now on, in network {found.release_id}.")

    def _report(self, report: list[Fault], more: list[tuple[str, str, int]]) -> None:
        for each in report[:SHOWN]:
            mark = "fault " if each.weight == "fault" else "remark"
            where = place(each)
            self.stderr.write(f"{mark}  {where + ': ' if where else ''}{sentence(each)}")
        left = len(report) - min(SHOWN, len(report)) + sum(count for _code, _file, count in more)
        if left:
            self.stderr.write(f"… and {left} more.")

    def _table(self, figures: Any) -> None:
        rows = [
            ("stops", figures.stops), ("routes", figures.routes), ("trips", figures.trips), ("calls", figures.calls),
            ("services", figures.services), ("lines on the map", figures.shapes),
        ]  # fmt: skip
        for name, count in rows:
            self.stdout.write(f"  {name:18}{count:>12,}")
        self.stdout.write(f"  {'languages':18}{', '.join(figures.languages) or '–':>12}")
        self.stdout.write(f"  {'runs':18}{figures.first_day} – {figures.last_day}")

    def _refuse(self) -> None:
        self.stderr.write("The feed was refused. Nothing has changed.")
        sys.exit(REFUSED)


def _slug_of(feed: str) -> str:
    """Return a short name from the file's: letters that a slug may have, in small."""
    stem = Path(feed.partition("?")[0]).name.lower().removesuffix(".zip").removesuffix(".gtfs")
    kept = "".join(sign for sign in stem if sign.isascii() and (sign.isalnum() or sign in "-_"))
    return kept.lstrip("-_0123456789")[:32] or "feed"
