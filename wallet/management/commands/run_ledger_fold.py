"""``manage.py run_ledger_fold``: fold the merchants' credits in a process of its own; as many as wanted may run."""

from typing import Any

from django.core.management.base import BaseCommand

from kernel.loops.runner import Runner
from wallet.loops.fold import LEDGER_FOLD


class Command(BaseCommand):
    """Fold credits."""

    help = "Folds the merchants' credits into their balances until SIGTERM."

    def handle(self, *args: Any, **options: Any) -> None:
        """Run until told to stop."""
        Runner([LEDGER_FOLD]).run_until_signal()
