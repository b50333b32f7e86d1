"""``manage.py verify_consent_log``: check the log of who read what, its tree and signed heads, and say what is damaged."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kernel import clock
from kernel.log.growth import WITH_TREE
from kernel.log.verifying import Report, verify_tree

SAY_EVERY_S = 2.0


class Command(BaseCommand):
    """Verify the logs that have a tree."""

    help = "Checks rows, seals, tree and signed heads; exits with 1 and says in words what was changed, taken or forged, and where."

    def handle(self, *args: Any, **options: Any) -> None:
        """Say for each log what was found."""
        reports = [verify_tree(log, at=clock.now(), progress=self._progress(log)) for log in WITH_TREE]
        for report in reports:
            self._say(report)
        if any(report.damages for report in reports):
            raise CommandError("A log is damaged.")

    def _say(self, report: Report) -> None:
        found = "DAMAGED" if report.damages else "whole"
        self.stdout.write(
            f"{report.log}: {report.sealed} sealed, {report.size} leaves, {report.heads} heads, root {report.root}: {found}"
        )
        for damage in report.damages:
            self.stdout.write(f"  {damage.sentence}")

    def _progress(self, log: str) -> Any:
        said_at = time.monotonic()

        def tell(done: int, whole: int) -> None:
            nonlocal said_at
            if time.monotonic() - said_at > SAY_EVERY_S:
                said_at = time.monotonic()
                self.stdout.write(f"{log}: {done} of {whole} ...")

        return tell
