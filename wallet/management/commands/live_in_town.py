"""``manage.py live_in_town``: what ``simulate_town`` runs in the database that it has made. It refuses any other."""

import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from wallet.demo.town import Plan, live
from wallet.management.town_report import report_on
from wallet.selectors.audit import check_ledger
from wallet.selectors.town_books import books_digest

OURS = "machi_town_"
BAR = 40


class Command(BaseCommand):
    """Let the town live, audit it, write the report."""

    help = "Part of simulate_town; works in its database alone."

    def add_arguments(self, parser: Any) -> None:
        """Take the plan."""
        for name in ("people", "days", "seed", "trips-percent"):
            parser.add_argument(f"--{name}", type=int, required=True)
        parser.add_argument("--first-day", type=date.fromisoformat, required=True)
        parser.add_argument("--report", type=Path, required=True)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Refuse a city's database; live, audit, report; the exit status is 1 where the books are not whole."""
        if not str(settings.DATABASES["default"]["NAME"]).startswith(OURS):
            raise CommandError("This is no made-up town's database; use simulate_town.")
        plan = Plan(
            options["people"],
            options["days"],
            options["seed"],
            options["first_day"],
            trips_percent=options["trips_percent"],
        )
        began = time.monotonic()
        lived = live(plan, _show)
        seconds = time.monotonic() - began
        self.stdout.write("")
        findings = list(check_ledger())
        digest = books_digest([*lived.accounts, *lived.shops])
        options["report"].write_text(report_on(lived, findings, digest, seconds), encoding="utf-8")
        broken = [finding for finding in findings if finding.broken]
        for finding in broken:
            self.stdout.write(f"BROKEN  {finding.name}: {finding.rows}")
        self.stdout.write(", ".join(f"{count:,} {name}" for name, count in sorted(lived.done.items())))
        self.stdout.write(f"lived in {seconds:.0f} s, books {digest}")
        if broken:
            raise CommandError("The ledger is not whole.")
        self.stdout.write(self.style.SUCCESS(f"The ledger is whole: {len(findings)} invariants hold."))


def _show(what: str, done: int, of: int) -> None:
    full = BAR * done // max(of, 1)
    sys.stdout.write(f"\r{'█' * full}{'·' * (BAR - full)} {done:,}/{of:,} {what}   ")
    sys.stdout.flush()
