"""``manage.py run_outbox``: another worker that delivers events; as many as wanted may run."""

from typing import Any

from django.core.management.base import BaseCommand

from kernel.loops.runner import Runner
from kernel.own_contributions import OUTBOX


class Command(BaseCommand):
    """Deliver events."""

    help = "Delivers the outbox's events to their handlers until SIGTERM."

    def handle(self, *args: Any, **options: Any) -> None:
        """Run until told to stop."""
        Runner([OUTBOX]).run_until_signal()
