"""``manage.py run_log_sealer``: seals the logs; a second one waits its turn and does no harm."""

from typing import Any

from django.core.management.base import BaseCommand

from kernel.loops.runner import Runner
from kernel.own_contributions import SEALER


class Command(BaseCommand):
    """Seal the logs."""

    help = "Seals new rows of the audit and access logs until SIGTERM."

    def handle(self, *args: Any, **options: Any) -> None:
        """Run until told to stop."""
        Runner([SEALER]).run_until_signal()
