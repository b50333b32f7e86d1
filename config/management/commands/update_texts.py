"""``manage.py update_texts``: bring the catalogues in ``config/locale`` in line with the code."""

from typing import Any

from django.core.management.base import BaseCommand

from config.texts import compile_texts
from config.translation import update_texts


class Command(BaseCommand):
    """Gather, update and compile."""

    help = "Gathers the server's texts, updates every catalogue in config/locale and compiles them."
    requires_system_checks = ()

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Run it. This function will leave an empty translation where a text is new; a test names it."""
        update_texts()
        self.stdout.write(f"Compiled {compile_texts()} catalogues.")
