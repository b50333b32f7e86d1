"""``manage.py demo_personas``: who can sign in to a demo city."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.selectors.personas import seeded_personas

REFUSAL = "This is a real city: it has residents, and no personas."


class Command(BaseCommand):
    """Prints the personas for the terminal."""

    help = "Print who can sign in to a demo city, by e-mail address; the code appears on the terminal and on the demo page."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Print one person a line; :raises CommandError: outside a demo city."""
        if not settings.DEMO:
            raise CommandError(REFUSAL)
        for seeded in seeded_personas():
            persona = seeded.persona
            self.stdout.write(f"  {persona.email:<30} {persona.role:<20} {persona.name}")
