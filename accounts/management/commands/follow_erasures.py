"""``manage.py follow_erasures``: erase again who had closed their account before a backup was restored."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from accounts.services.closing import accept_erasures, follow_erasures
from kernel import clock
from kernel.principal import SYSTEM
from kernel.use_case import Act


class Command(BaseCommand):
    """Follows the erasure list at once, instead of waiting for the loops."""

    help = "Erase again everybody on MACHI_HOME/erasures who is open in this database, as after restoring a backup."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take --accept."""
        parser.add_argument("--accept", action="store_true", help="take a list that has lost lines as it is")

    def handle(self, *_args: Any, accept: bool, **_options: Any) -> None:
        """Follow the list, and say what was done."""
        act = Act(SYSTEM, at=clock.now())
        self.stdout.write(f"Erased again: {follow_erasures(act)}.")
        if accept:
            self.stdout.write(f"Written down anew: {accept_erasures(act)}.")
