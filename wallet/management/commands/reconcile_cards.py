"""``manage.py reconcile_cards``: compare the card company's books with ours and mend what is certain."""

from argparse import ArgumentParser
from datetime import date, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kernel import clock
from kernel.problems import DomainError
from wallet.services import reconcile_cards


class Command(BaseCommand):
    """Compare the books."""

    help = (
        "Compares payments, refunds and disputes at the card company with the city's books, mends gaps, calls officers."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the days to compare."""
        parser.add_argument("--since", type=date.fromisoformat, help="first day in Japan (default: five days ago)")
        parser.add_argument("--until", type=date.fromisoformat, help="last day in Japan (default: today)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Compare and say what was found."""
        at = clock.now()
        since = options["since"] or clock.jst_date(at) - timedelta(days=5)
        until = options["until"] or clock.jst_date(at)
        if until < since:
            raise CommandError("--until lies before --since.")
        end = min(at + timedelta(seconds=1), clock.jst_midnight(until + timedelta(days=1)))
        try:
            run = reconcile_cards(since=clock.jst_midnight(since), until=end, at=at)
        except DomainError as refusal:
            raise CommandError(f"{refusal.code}: {refusal.title}") from None
        self.stdout.write(f"looked at {run.seen}, mended {run.mended}, new alerts {run.alerts}")
