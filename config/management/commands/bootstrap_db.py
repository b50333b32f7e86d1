"""``manage.py bootstrap_db``: logins and database, from the administrator's address."""

from typing import Any

import psycopg
from django.core.management.base import BaseCommand, CommandError

from config.bootstrap import BootstrapRefused, bootstrap
from kernel import environment


class Command(BaseCommand):
    """Make what must exist before the first migration."""

    help = "Makes the logins machi_owner and machi_app and the database, from DATABASE_ADMIN_URL. May be run again."
    requires_system_checks = ()

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Run it and say so. This function will raise a sentence where it must refuse."""
        env = environment.load()
        if not (env.database_admin_url and env.database_owner_url and env.database_url):
            raise CommandError("Set DATABASE_ADMIN_URL, DATABASE_OWNER_URL and DATABASE_URL first.")
        try:
            bootstrap(env.database_admin_url, env.database_owner_url, env.database_url)
        except BootstrapRefused as refusal:
            raise CommandError(str(refusal)) from None
        except psycopg.Error as fault:
            raise CommandError(f"The database server refused: {str(fault).strip()}") from None
        self.stdout.write("Logins and database are ready.")
