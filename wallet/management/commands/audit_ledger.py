"""``manage.py audit_ledger``: check every invariant of the ledger and name the rows that break one."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from wallet.selectors.audit import check_ledger, counts


class Command(BaseCommand):
    """Audit the ledger; the exit status is 1 where anything is wrong."""

    help = "Checks the ledger's invariants in one snapshot and names the rows that break one (ids only)."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print each invariant with its verdict, then how much was looked at."""
        broken = 0
        for finding in check_ledger():
            broken += finding.broken
            self.stdout.write(f"{'BROKEN' if finding.broken else 'holds '}  {finding.name}")
            for row in finding.rows:
                self.stdout.write(f"        {row}")
            if finding.broken > len(finding.rows):
                self.stdout.write(f"        and {finding.broken - len(finding.rows)} more")
        self.stdout.write("looked at " + ", ".join(f"{count} {name}" for name, count in counts().items()))
        if broken:
            raise CommandError(f"The ledger is not whole: {broken} findings.")
        self.stdout.write(self.style.SUCCESS("The ledger is whole."))
