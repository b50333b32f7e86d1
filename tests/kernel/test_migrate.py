"""Migrations run as the owner, whoever asks; the application stays itself and finds the coming partitions made."""

from collections.abc import Iterator

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.core.management.commands import migrate
from django.db import connection, connections

from config.bootstrap import bootstrap
from config.database import database_from_url
from kernel import clock
from tests.conftest import _fresh_database
from tests.places import PLACE

pytestmark = [pytest.mark.postgres, pytest.mark.slow]  # a database from nothing


@pytest.fixture
def empty_database(database_server, valkey_server, django_db_setup, django_db_blocker, settings) -> Iterator[str]:
    """A database as bootstrap_db leaves it, with Django's connection to it."""
    name = f"{PLACE.run}_empty"
    with django_db_blocker.unblock(), _fresh_database(database_server) as clone:
        connections.close_all()
        database_server.drop(clone)
        bootstrap(PLACE.admin_url, PLACE.owner_url(name), PLACE.app_url(name))
        connection.settings_dict["NAME"] = name
        settings.DATABASE_OWNER_URL = PLACE.owner_url(name)
        settings.DATABASE_OWNER = database_from_url(PLACE.owner_url(name))
        yield name
        connections.close_all()
        database_server.admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


def asked(statement: str):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]


def tables(name: str) -> set[str]:
    with psycopg.connect(PLACE.owner_url(name)) as owner:
        return {table for (table,) in owner.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")}


def test_migrations_run_as_the_owner_and_can_be_taken_back(empty_database):
    for _round in range(2):
        call_command("migrate", "kernel", verbosity=0)
        assert asked("SELECT current_user") == "machi_app"
        assert {"kernel_audit", "kernel_access_log", "kernel_delivery"} <= tables(empty_database)
        assert asked(f"SELECT to_regclass('kernel_answer_{clock.now():%Y%m%d}') IS NOT NULL")
        owners = asked("SELECT array_agg(DISTINCT tableowner::text) FROM pg_tables WHERE schemaname = 'public'")
        assert owners == ["machi_owner"]
        call_command("migrate", "kernel", "zero", verbosity=0)
        assert tables(empty_database) == {"django_migrations"}
        functions = asked("SELECT array_agg(proname::text) FROM pg_proc WHERE pronamespace = 'public'::regnamespace")
        assert functions is None


def test_a_plan_changes_nothing(empty_database):
    call_command("migrate", "kernel", plan=True, verbosity=0)
    assert tables(empty_database) == set()


def test_without_the_owners_address_it_is_a_sentence(settings):
    settings.DATABASE_OWNER_URL = ""
    with pytest.raises(CommandError, match="Set DATABASE_OWNER_URL"):
        call_command("migrate")


def test_a_failing_migration_leaves_the_application_itself(empty_database, monkeypatch):
    def fail(self, *args, **options):
        assert asked("SELECT current_user") == "machi_owner"
        raise CommandError("stop")

    monkeypatch.setattr(migrate.Command, "handle", fail)
    with pytest.raises(CommandError, match="stop"):
        call_command("migrate", "kernel", verbosity=0)
    assert asked("SELECT current_user") == "machi_app"
