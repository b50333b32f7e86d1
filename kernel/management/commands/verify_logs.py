"""``manage.py verify_logs``: check every sealed log from its beginning and name the first damaged row."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kernel.log.sealing import SEALED, verify


class Command(BaseCommand):
    """Verify the chains."""

    help = "Checks the audit and access logs against their seals; exits with 1 and names the row where one was changed."

    def handle(self, *args: Any, **options: Any) -> None:
        """Say for each log what was found."""
        verdicts = [verify(log) for log in SEALED]
        for verdict in verdicts:
            found = f"{verdict.damage} at {verdict.seq}, entry {verdict.entry}" if verdict.damage else "whole"
            self.stdout.write(
                f"{verdict.log}: {verdict.sealed} sealed, {verdict.unsealed} not yet, head {verdict.head[:16] or '-'}: {found}"
            )
        if any(verdict.damage for verdict in verdicts):
            raise CommandError("A log is damaged.")
