"""``manage.py sweep_files``: delete the sealed files that no row names, also very many once somebody has looked why."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from kernel.files import ManyUnnamed
from kernel.tasks import sweep_files


class Command(BaseCommand):
    """Sweep, or say of how many nothing was deleted."""

    help = "Deletes sealed files a day old that no row names, as each night; more than a hundred of an area on demand."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the word that many are right."""
        parser.add_argument(
            "--however-many", action="store_true", help="Delete them even where they are more than a hundred."
        )

    def handle(self, *args: Any, however_many: bool, **options: Any) -> None:
        """Sweep, and say where nothing was done."""
        try:
            sweep_files(however_many=however_many)
        except ManyUnnamed as found:
            self.stdout.write(f"Nothing deleted of {found}. Is this the right database? Then: --however-many")
