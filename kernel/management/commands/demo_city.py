"""``manage.py demo_city``: the demo city is made, step by step, by what the apps contribute."""

import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from kernel.contributions import everyones

REFUSAL = "This is a real city: made-up people and money belong into a demo city (MACHI_DEMO=1)."


class Command(BaseCommand):
    """Runs every app's demo steps in order; a step that finds its work done leaves it as it is."""

    help = "Make the demo city, or complete it. Runs twice without harm."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Run the steps, each with its time; :raises CommandError: outside a demo city."""
        if not settings.DEMO:
            raise CommandError(REFUSAL)
        steps = sorted((step for given in everyones() for step in given.demo), key=lambda step: (step[0], step[1]))
        began = time.monotonic()
        for number, (_order, words, run) in enumerate(steps, start=1):
            self.stdout.write(f"  {number}/{len(steps)} {words} … ", ending="")
            self.stdout.flush()
            step_began = time.monotonic()
            run()
            self.stdout.write(f"{time.monotonic() - step_began:.1f} s")
        self.stdout.write(f"  The demo city stands after {time.monotonic() - began:.1f} s.")
