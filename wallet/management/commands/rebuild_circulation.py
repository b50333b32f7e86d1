"""``manage.py rebuild_circulation``: count the whole ledger again; the same rows come out."""

from typing import Any

from django.core.management.base import BaseCommand

from kernel import clock
from wallet.services.circulation import forget_counts, refresh_circulation


class Command(BaseCommand):
    """Forget what was counted and count again."""

    help = (
        "Counts what circulates anew from the whole ledger. May be ended and begun again; the page fills up meanwhile."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild, and say how many days it were."""
        forget_counts()
        self.stdout.write(f"counted {refresh_circulation(at=clock.now())} days")
