"""``manage.py demo_tokens --json``: a fresh bearer token for every persona of a demo city."""

import json
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.selectors.personas import seeded_personas, seeded_residents
from accounts.selectors.sign_ins import user_of
from accounts.services.demo_city import open_demo_session
from kernel import clock

REFUSAL = "This is a real city: only a demo city (MACHI_DEMO=1) hands out tokens."
NOBODY = "Nobody lives here yet: run manage.py demo_city first."


class Command(BaseCommand):
    """Prints who is who, and the token to act as them."""

    help = (
        "Print a fresh bearer token for every persona of a demo city; each signs in anew and is good for twelve hours."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take --json and --residents."""
        parser.add_argument("--json", action="store_true", help="print JSON: a list of people with their tokens")
        parser.add_argument("--residents", type=int, default=0, metavar="N", help="print tokens of N residents instead")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print them; :raises CommandError: outside a demo city, and in an empty one."""
        if not settings.DEMO:
            raise CommandError(REFUSAL)
        people = self._residents(options["residents"]) if options["residents"] else self._personas()
        if not people:
            raise CommandError(NOBODY)
        if options["json"]:
            self.stdout.write(json.dumps(people, ensure_ascii=False, indent=2))
            return
        for person in people:
            self.stdout.write(f"{person['role']:<20} {person['name']}\n  {person['token']}")

    def _personas(self) -> list[dict[str, str]]:
        return [
            {
                "role": seeded.persona.role,
                "name": seeded.persona.name,
                "email": seeded.persona.email,
                "resident_id": str(seeded.resident_id),
                "token": open_demo_session(user_of(seeded.user_id), at=clock.now()),
            }
            for seeded in seeded_personas()
        ]

    def _residents(self, count: int) -> list[dict[str, str]]:
        return [
            {
                "role": "resident",
                "name": "",
                "resident_id": str(user.resident_id),
                "token": open_demo_session(user, at=clock.now()),
            }
            for user in seeded_residents(count)
        ]
