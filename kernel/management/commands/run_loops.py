"""``manage.py run_loops``: everything that runs without end beside the web, in one process."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kernel import contributions
from kernel.loops.runner import Runner


class Command(BaseCommand):
    """Run all loops, or those that are named."""

    help = "Runs the city's loops (all, or those named) until SIGTERM: the log's sealer, the outbox and what the apps bring."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take names; none means all."""
        parser.add_argument("names", nargs="*")

    def handle(self, *args: Any, names: list[str], **options: Any) -> None:
        """Run until told to stop."""
        known = {loop.name: loop for loop in contributions.loops()}
        unknown = [name for name in names if name not in known]
        if unknown:
            raise CommandError(f"No such loop: {', '.join(unknown)}. There are: {', '.join(sorted(known))}.")
        Runner(known[name] for name in names or known).run_until_signal()
