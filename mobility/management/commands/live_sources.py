"""``manage.py live_sources``: who is asked what runs now, and how it is; with ``--add`` one more, with ``--retire`` one less."""

from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from kernel import clock
from kernel.clock import JST
from kernel.ids import new_id
from kernel.principal import SYSTEM
from kernel.problems import DomainError
from kernel.use_case import Act
from mobility.engine.live_results import LiveDraft
from mobility.models import LiveSource
from mobility.selectors.live import live_sources
from mobility.services.live import register_live_source, retire_live_source

KINDS = ("trip_updates", "vehicle_positions", "alerts", "gbfs")


class Command(BaseCommand):
    """Shows and keeps the sources of running data."""

    help = "List the sources of running data with how they are; add or retire one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what is to be done."""
        parser.add_argument("--add", metavar="URL", help="ask one more address")
        parser.add_argument("--kind", choices=KINDS, default=KINDS[0])
        parser.add_argument("--feed", default="", help="the slug of the timetable that it speaks of; none for bicycles")
        parser.add_argument("--name", default="", help="default: the address")
        parser.add_argument("--every", type=int, default=30, metavar="SECONDS")
        parser.add_argument(
            "--header", action="append", default=[], metavar="NAME:VALUE", help="goes with every request"
        )
        parser.add_argument("--licence", default="")
        parser.add_argument("--attribution", default="", help="how the licence wants the source to be named")
        parser.add_argument("--open", action="store_true", help="the licence lets the city pass on what it hears")
        parser.add_argument("--retire", type=UUID, metavar="ID", help="ask no more")
        parser.add_argument("--why", default="manage.py live_sources", help="the reason that the audit log keeps")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Do it, and show how all stand."""
        act = Act(SYSTEM, at=clock.now(), key=str(new_id()))
        with translation.override("en"):
            try:
                if options["add"]:
                    register_live_source(act, draft=_draft(options))
                if options["retire"]:
                    retire_live_source(act, source_id=options["retire"], why=options["why"])
            except DomainError as refusal:
                said = "".join(f" {fault.field}: {fault.message}" for fault in refusal.errors)
                raise CommandError(f"{refusal.title}{said}") from None
            for row in live_sources():
                self.stdout.write(_line(row))


def _draft(options: dict[str, Any]) -> LiveDraft:
    headers = dict(each.split(":", 1) for each in options["header"] if ":" in each)
    return LiveDraft(
        kind=options["kind"], name=options["name"] or options["add"][:100], url=options["add"], feed=options["feed"],
        poll_seconds=options["every"], headers={name.strip(): value.strip() for name, value in headers.items()} or None,
        licence=options["licence"], attribution=options["attribution"], is_open=options["open"],
    )  # fmt: skip


def _line(row: LiveSource) -> str:
    """Return one source: what it is, how it is, what was counted in it."""
    state = "retired" if row.retired_at else row.outcome
    good = f"{row.good_at.astimezone(JST):%Y-%m-%d %H:%M:%S}" if row.good_at else "never"
    counts = " ".join(f"{name}={value}" for name, value in row.report.items() if value not in ({}, 0, "", None))
    return f"{row.pk}  {row.kind:17}  {row.feed.slug if row.feed else '-':12}  {state:8}  good {good}  {row.url}  {counts}".rstrip()
