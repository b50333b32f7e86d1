"""``manage.py migrate``: Django's own, always as the owner; the application itself may not change the database's shape."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import connection, connections

from kernel import clock
from kernel.log.retention import make_partitions

LOGIN = ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")


class Command(migrate.Command):
    """Migrate at the owner's address."""

    help = "Migrates the database as its owner (DATABASE_OWNER_URL)."

    def handle(self, *args: Any, **options: Any) -> None:
        """Run Django's command as the owner, then make the partitions of the days to come."""
        if not settings.DATABASE_OWNER_URL:
            raise CommandError("Set DATABASE_OWNER_URL: migrations run as the owner, never as the application.")
        with as_owner():
            super().handle(*args, **options)
            _make_partitions()


def _make_partitions() -> None:
    """Make the coming partitions, where the migrations have come so far (not after going back, nor for ``--plan``)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regprocedure('kernel_make_partitions(timestamptz)')")
        if cursor.fetchone()[0]:
            make_partitions(at=clock.now())


@contextmanager
def as_owner(alias: str = "default") -> Iterator[None]:
    """Log the connection in as the owner, without a pool, for as long as the block lasts."""
    chosen = connections[alias].settings_dict
    before = {name: chosen[name] for name in LOGIN}
    connections[alias].close()
    chosen.update({name: settings.DATABASE_OWNER[name] for name in LOGIN})
    try:
        yield
    finally:
        connections[alias].close()
        chosen.update(before)
