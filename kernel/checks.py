"""What must hold before this process may serve: each check answers with a sentence for the operator, or None where all is well."""

from functools import lru_cache

import redis
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from kernel import contributions
from kernel.access import PersonalModel
from kernel.contributions import Check
from kernel.documents import missing_fonts
from kernel.log import growth, heads
from kernel.loops import heartbeat

TIMEOUT_S = 2.0

POWERS = """
SELECT bool_or(rolsuper), bool_or(rolbypassrls),
       EXISTS (SELECT FROM pg_class WHERE relrowsecurity AND pg_has_role(session_user, relowner, 'MEMBER'))
  FROM pg_roles WHERE rolname IN (session_user, current_user)
"""
UNPROTECTED = """
SELECT name FROM unnest(%s::text[]) AS name
 WHERE NOT EXISTS (SELECT FROM pg_class JOIN pg_policy ON polrelid = pg_class.oid
                    WHERE pg_class.oid = to_regclass('public.' || quote_ident(name)) AND relrowsecurity)
"""


def database() -> str | None:
    """Ask the database for anything."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return None


def live_updates() -> str | None:
    """Ask Redis for anything."""
    _redis(settings.REDIS_URL).ping()
    return None


def migrations() -> str | None:
    """See that no migration of this code is missing; once that is so it stays so for this process."""
    missing = _missing_migrations()
    return f"{missing} migrations are not applied: run manage.py migrate." if missing else None


def row_level_security() -> str | None:
    """See that the login cannot pass row-level security, and that every table of personal data has it."""
    with connection.cursor() as cursor:
        cursor.execute(POWERS)
        is_superuser, bypasses, is_owner = cursor.fetchone()
        cursor.execute(UNPROTECTED, [personal_tables()])
        open_tables = [name for (name,) in cursor.fetchall()]
    if is_superuser or bypasses:
        return "The login passes row-level security: use machi_app in DATABASE_URL, never a superuser."
    if is_owner:
        return "The login owns protected tables: use machi_app in DATABASE_URL, never the owner."
    return f"Without row-level security: {', '.join(open_tables)}." if open_tables else None


def loops() -> str | None:
    """See that every loop has said within half a minute that it lives."""
    silent = heartbeat.silent([loop.name for loop in contributions.loops()])
    return f"Silent: {', '.join(silent)}. Is manage.py run_loops running?" if silent else None


def log_heads() -> str | None:
    """See that the trees still begin with what the city signed."""
    return next((doubt for doubt in map(heads.doubt, growth.WITH_TREE) if doubt is not None), None)


def personal_tables() -> list[str]:
    """Return the tables of all models of personal data."""
    return [model._meta.db_table for model in apps.get_models() if issubclass(model, PersonalModel)]  # noqa: SLF001


CHECKS = (
    Check("database", database),
    Check("redis", live_updates),
    Check("migrations", migrations),
    Check("row_level_security", row_level_security),
    Check("loops", loops),
    Check("log_heads", log_heads),
    Check("document_fonts", missing_fonts, is_vital=False),
)

_is_migrated = False


def _missing_migrations() -> int:
    global _is_migrated  # noqa: PLW0603 - remembered for the life of the process
    if _is_migrated:
        return 0
    executor = MigrationExecutor(connection)
    missing = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    _is_migrated = missing == 0
    return missing


@lru_cache(maxsize=1)
def _redis(url: str) -> redis.Redis:
    return redis.Redis.from_url(url, socket_timeout=TIMEOUT_S, socket_connect_timeout=TIMEOUT_S)
