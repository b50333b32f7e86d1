"""``manage.py import_banks FILE``: take over the register of banks and branches whole (zengin-code's JSON, also gzipped)."""

import gzip
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from kernel import clock
from kernel.principal import SYSTEM
from kernel.problems import DomainError
from kernel.use_case import Act
from wallet.engine.bank_register import read_register
from wallet.services import import_banks

GZIP = b"\x1f\x8b"


class Command(BaseCommand):
    """Import banks."""

    help = "Replaces the register of banks and branches by FILE, in one transaction; what is no longer in it ends."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file."""
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        """Read, replace, and say what changed."""
        content = file.read_bytes()
        try:
            banks, branches = read_register(gzip.decompress(content) if content.startswith(GZIP) else content)
            found = import_banks(Act(SYSTEM, at=clock.now()), banks=banks, branches=branches)
        except DomainError as refusal:
            raise CommandError(f"{refusal.code} {dict(refusal.members)}") from None
        self.stdout.write(
            f"{found.banks} banks and {found.branches} branches; "
            f"{found.ended_banks} banks and {found.ended_branches} branches came to their end."
        )
