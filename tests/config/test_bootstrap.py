"""Logins and database: made from nothing, again without change, never over somebody else's."""

from collections.abc import Iterator

import psycopg
import pytest
from psycopg import sql

from config.bootstrap import APP, OWNER, BootstrapRefused, bootstrap
from tests.database import Server
from tests.places import PLACE

pytestmark = pytest.mark.postgres


@pytest.fixture
def name(database_server: Server) -> Iterator[str]:
    wanted = f"{PLACE.run}_bootstrap"
    yield wanted
    database_server.admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(wanted)))


def make(name: str) -> None:
    bootstrap(PLACE.admin_url, PLACE.owner_url(name), PLACE.app_url(name))


def state(server: Server, name: str) -> list[tuple]:
    """Return all that bootstrap decides."""
    rights = "rolname, rolsuper, rolbypassrls, rolcreatedb, rolcreaterole, rolcanlogin"
    roles = f"SELECT {rights} FROM pg_roles WHERE rolname = ANY(%s) ORDER BY 1"
    shape = "pg_get_userbyid(datdba), pg_encoding_to_char(encoding), datcollate, datacl::text"
    database = f"SELECT {shape} FROM pg_database WHERE datname = %s"
    found = [*server.admin.execute(roles, [[OWNER, APP]]), *server.admin.execute(database, [name])]
    with psycopg.connect(PLACE.owner_url(name)) as owner:
        return [*found, *owner.execute("SELECT defaclobjtype, defaclacl::text FROM pg_default_acl ORDER BY 1")]


def test_neither_login_has_more_than_it_needs(database_server: Server, name: str):
    make(name)
    owner, app, database, *_ = state(database_server, name)
    assert app == (APP, False, False, False, False, True) or owner == (APP, False, False, False, False, True)
    assert {owner[1:], app[1:]} == {(False, False, False, False, True)}
    assert database[:3] == (OWNER, "UTF8", "C.UTF-8")


def test_a_second_time_changes_nothing(database_server: Server, name: str):
    make(name)
    before = state(database_server, name)
    make(name)
    assert state(database_server, name) == before


def test_the_app_uses_what_the_owner_makes_and_changes_no_shapes(name: str):
    make(name)
    with psycopg.connect(PLACE.owner_url(name)) as owner:
        owner.execute("CREATE TABLE shops (id bigserial PRIMARY KEY, name text)")
        owner.execute("CREATE FUNCTION shout(word text) RETURNS text LANGUAGE sql RETURN upper(word)")
    with psycopg.connect(PLACE.app_url(name), autocommit=True) as app:
        app.execute("INSERT INTO shops (name) VALUES ('きじ屋')")
        assert app.execute("SELECT id, name, shout('a') FROM shops").fetchall() == [(1, "きじ屋", "A")]
        for refused in (
            "CREATE TABLE mine (id int)",
            "ALTER TABLE shops ADD x int",
            "TRUNCATE shops",
            "DROP TABLE shops",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                app.execute(refused)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute(f"SET ROLE {OWNER}")


def test_trigrams_of_japanese_are_found(name: str):
    """In a database of plain C locale they are empty, and every search by likeness with them."""
    make(name)
    with psycopg.connect(PLACE.owner_url(name)) as owner:
        owner.execute("CREATE EXTENSION pg_trgm")
        found = owner.execute(
            "SELECT similarity('人吉温泉', '人吉温泉駅') > 0.4, cardinality(show_trgm('人吉'))"
        ).fetchone()
    assert found is not None
    assert found[0] is True
    assert found[1] > 0


def test_a_database_of_somebody_else_is_left_alone(database_server: Server, name: str):
    database_server.admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    before = database_server.admin.execute(
        "SELECT datdba, datacl FROM pg_database WHERE datname = %s", [name]
    ).fetchone()
    with pytest.raises(BootstrapRefused, match=f"{name} exists and belongs to postgres"):
        make(name)
    assert (
        database_server.admin.execute("SELECT datdba, datacl FROM pg_database WHERE datname = %s", [name]).fetchone()
        == before
    )


def test_other_users_in_the_addresses_are_refused(name: str):
    with pytest.raises(BootstrapRefused, match="must log in as machi_owner"):
        bootstrap(PLACE.admin_url, PLACE.app_url(name), PLACE.owner_url(name))
    with pytest.raises(BootstrapRefused, match="same database"):
        bootstrap(PLACE.admin_url, PLACE.owner_url(name), PLACE.app_url("another"))


def test_a_login_that_was_given_too_much_loses_it(database_server: Server, name: str):
    make(name)
    if PLACE.service:
        pytest.skip("the service's logins are shared with other databases; its rights are not raised even for a moment")
    database_server.admin.execute(f"ALTER ROLE {APP} BYPASSRLS CREATEDB")
    make(name)
    assert (APP, False, False, False, False, True) in state(database_server, name)
