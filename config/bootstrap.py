"""Make the two logins and the database: what must exist before the first migration, done as the server's administrator."""

from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

import psycopg
from psycopg import errors, sql

OWNER = "machi_owner"
APP = "machi_app"
ATTRIBUTES = sql.SQL("LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION INHERIT")
TOO_MUCH = "rolsuper OR rolbypassrls OR rolcreatedb OR rolcreaterole OR rolreplication OR NOT rolcanlogin"


class BootstrapRefused(Exception):
    """The addresses do not fit together, or the database is somebody else's; nothing was changed in it."""


@dataclass(frozen=True)
class Login:
    """A user, the password they are to have (empty: leave it as it is) and the database they use."""

    user: str
    password: str
    database: str


def read_login(url: str) -> Login:
    """Read user, password and database from an address."""
    parts = urlsplit(url)
    return Login(unquote(parts.username or ""), unquote(parts.password or ""), unquote(parts.path.lstrip("/")))


def bootstrap(admin_url: str, owner_url: str, app_url: str) -> None:
    """Make roles, database and default privileges. This function will change nothing where all is as it should be.

    :raises BootstrapRefused: where the addresses name other users or two databases, or the database has another owner.
    """
    owner, app = read_login(owner_url), read_login(app_url)
    if (owner.user, app.user) != (OWNER, APP):
        raise BootstrapRefused(f"DATABASE_OWNER_URL must log in as {OWNER} and DATABASE_URL as {APP}.")
    if owner.database != app.database or not owner.database:
        raise BootstrapRefused("DATABASE_OWNER_URL and DATABASE_URL must name the same database.")
    with psycopg.connect(admin_url, autocommit=True) as admin:
        _make_role(admin, owner)
        _make_role(admin, app)
        _join_owner(admin)
        _make_database(admin, owner.database)
        _open_database(admin, owner.database)
    with psycopg.connect(admin_url, dbname=owner.database) as inside:
        _default_privileges(inside)


def _make_role(admin: psycopg.Connection, login: Login) -> None:
    name = sql.Identifier(login.user)
    found = admin.execute(f"SELECT {TOO_MUCH} FROM pg_roles WHERE rolname = %s", [login.user]).fetchone()  # noqa: S608
    if found is None:
        with suppress(errors.DuplicateObject, errors.UniqueViolation):  # somebody makes it at the same time
            admin.execute(sql.SQL("CREATE ROLE {} ").format(name) + ATTRIBUTES)
    elif found[0]:
        admin.execute(sql.SQL("ALTER ROLE {} ").format(name) + ATTRIBUTES)
    if login.password:
        admin.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(name, sql.Literal(login.password)))


def _join_owner(admin: psycopg.Connection) -> None:
    """Let an administrator who is no superuser (a hosted service) act for the owner."""
    found = admin.execute("SELECT pg_has_role(current_user, %s, 'MEMBER')", [OWNER]).fetchone()
    if found != (True,):
        admin.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(sql.Identifier(OWNER)))


def _make_database(admin: psycopg.Connection, name: str) -> None:
    owned_by = "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = %s"
    found = admin.execute(owned_by, [name]).fetchone()
    if found is None:
        _create_database(admin, name)
    elif found[0] != OWNER:
        raise BootstrapRefused(
            f"The database {name} exists and belongs to {found[0]}; choose another name, or give it to {OWNER} first."
        )


def _create_database(admin: psycopg.Connection, name: str) -> None:
    create = sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8' {}")
    database, owner = sql.Identifier(name), sql.Identifier(OWNER)
    try:
        admin.execute(create.format(database, owner, sql.SQL("LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8'")))
    except errors.DuplicateDatabase:
        return
    except (errors.WrongObjectType, errors.InvalidParameterValue):  # the server's system has no such locale
        admin.execute(create.format(database, owner, sql.SQL("")))


def _open_database(admin: psycopg.Connection, name: str) -> None:
    database = sql.Identifier(name)
    admin.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
    admin.execute(sql.SQL("GRANT CONNECT, TEMPORARY ON DATABASE {} TO {}").format(database, sql.Identifier(APP)))


def _default_privileges(inside: psycopg.Connection) -> None:
    """Let the app read and write what the owner will make; migrations take away again where it must not write."""
    alter = sql.SQL("ALTER DEFAULT PRIVILEGES FOR ROLE {} ").format(sql.Identifier(OWNER))
    app = sql.Identifier(APP)
    for rights in ("SELECT, INSERT, UPDATE, DELETE ON TABLES", "USAGE, SELECT ON SEQUENCES", "EXECUTE ON FUNCTIONS"):
        inside.execute(alter + sql.SQL("GRANT {} TO {}").format(sql.SQL(rights), app))
    inside.execute(alter + sql.SQL("REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC"))
    inside.execute(sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(app))
