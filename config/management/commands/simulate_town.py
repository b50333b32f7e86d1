"""``manage.py simulate_town``: a made-up town lives for weeks in a database of its own, is audited, and reported on one page."""

import os
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config.supervisor.apart import servers_apart
from config.supervisor.trouble import Trouble
from wallet.demo.town.people import officer_id, resident_id

DATABASE = f"machi_town_{os.getpid()}"


class Command(BaseCommand):
    """Simulate a town; the exit status is 1 where its books are not whole."""

    help = "Lets a made-up town shop, be refunded, settled and audited, in a database of its own. Equal seeds make equal books."
    requires_system_checks = ()

    def add_arguments(self, parser: Any) -> None:
        """Ask how large, how long, which of all lives, and where the report goes."""
        parser.add_argument("--people", type=int, default=30_000)
        parser.add_argument("--days", type=int, default=30)
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--first-day", type=date.fromisoformat, default=date(2026, 10, 1))
        parser.add_argument("--fast", action="store_true", help="a fifth of the trips")
        parser.add_argument("--report", type=Path, default=Path("town.html"))

    def handle(self, *_args: Any, **options: Any) -> None:
        """Start servers apart from the city's, write the people's bare rows, and let them live in a process of their own."""
        if options["people"] < 20 or options["days"] < 1:
            raise CommandError("A town has twenty people at least, and a day.")
        began = time.monotonic()
        try:
            with servers_apart(Path(settings.BASE_DIR), DATABASE) as environment:
                _run(["migrate", "--verbosity=0", "--no-input"], environment)
                _write_residents(environment["DATABASE_OWNER_URL"], options["people"])
                whole = _run(_life(options), environment, may_fail=True)
        except Trouble as trouble:
            raise CommandError(str(trouble)) from None
        self.stdout.write(f"{time.monotonic() - began:.0f} s; the report is {options['report'].resolve()}")
        if not whole:
            raise CommandError("The town's books are not whole.")


def _life(options: dict[str, Any]) -> list[str]:
    return [
        "live_in_town", f"--people={options['people']}", f"--days={options['days']}", f"--seed={options['seed']}",
        f"--first-day={options['first_day']}", f"--trips-percent={20 if options['fast'] else 100}",
        f"--report={options['report'].resolve()}",
    ]  # fmt: skip


def _run(arguments: list[str], environment: dict[str, str], *, may_fail: bool = False) -> bool:
    command = [sys.executable, str(Path(settings.BASE_DIR) / "manage.py"), *arguments]
    done = subprocess.run(command, env=environment, check=False)
    if done.returncode != 0 and not may_fail:
        raise CommandError(f"{arguments[0]} failed")
    return done.returncode == 0


def _write_residents(owner_url: str, people: int) -> None:
    """Write the bare rows to which a wallet points, past sign-up, whose letters and keys nobody here needs."""
    ids = [resident_id(number) for number in range(people)] + [officer_id(number) for number in range(2)]
    with psycopg.connect(owner_url) as owner, owner.cursor() as cursor:
        cursor.execute(
            "INSERT INTO accounts_resident (id, created_at) SELECT id, timestamptz '2026-01-01' FROM unnest(%s::uuid[]) id",
            [ids],
        )
