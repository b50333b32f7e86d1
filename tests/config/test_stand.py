"""The ground that all other tests stand on: rolled back, or a fresh database; nobody's leftovers; no network."""

import socket
import threading

import psycopg
import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from pytest_socket import SocketConnectBlockedError

from tests.database import Database, Server
from tests.places import PLACE


def names() -> set[str]:
    return set(ContentType.objects.filter(app_label="stand").values_list("model", flat=True))


def who_and_where() -> tuple[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user::text, current_database()::text")
        return cursor.fetchone()


@pytest.mark.parametrize("turn", [1, 2])
def test_what_a_test_writes_is_rolled_back(db: None, turn: int):
    assert names() == set()
    ContentType.objects.create(app_label="stand", model=f"turn{turn}")
    assert names() == {f"turn{turn}"}
    assert who_and_where() == ("machi_app", PLACE.database)


@pytest.mark.parametrize("turn", [1, 2])
def test_a_test_that_commits_has_a_database_of_its_own(committed_db: Database, turn: int):
    assert names() == set()
    ContentType.objects.create(app_label="stand", model=f"turn{turn}")
    with psycopg.connect(committed_db.app_url) as other:
        found = other.execute("SELECT model FROM django_content_type WHERE app_label = 'stand'").fetchall()
    assert found == [(f"turn{turn}",)]
    assert who_and_where() == ("machi_app", committed_db.name)
    assert committed_db.name != PLACE.database


@pytest.mark.django_db(transaction=True)
def test_the_mark_means_the_same(database_server: Server):
    assert who_and_where()[1] not in (PLACE.database, database_server.template)


def test_connections_of_forgotten_threads_hold_no_database(committed_db: Database, database_server: Server):
    """A thread that never closes its connection does not keep the database from being dropped."""
    opened, leave = threading.Event(), threading.Event()

    def forget() -> None:
        names()
        opened.set()
        leave.wait(10)
        connection.close()

    thread = threading.Thread(target=forget)
    thread.start()
    assert opened.wait(10)
    database_server.drop(committed_db)
    found = database_server.admin.execute(
        "SELECT 1 FROM pg_database WHERE datname = %s", [committed_db.name]
    ).fetchone()
    leave.set()
    thread.join(10)
    assert found is None


def test_databases_of_finished_tests_are_gone(db: None, database_server: Server):
    rows = database_server.admin.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [PLACE.run])
    assert {name for (name,) in rows} <= {PLACE.database, database_server.template}


@pytest.mark.parametrize("turn", [1, 2])
def test_valkey_is_empty_at_first(db: None, valkey, turn: int):
    assert valkey.get("stand") is None
    valkey.set("stand", turn)
    assert valkey.get("stand") == str(turn).encode()


@pytest.mark.filterwarnings("ignore:A test tried to use socket")
def test_the_network_is_closed():
    with pytest.raises(SocketConnectBlockedError), socket.socket() as outside:
        outside.connect(("192.0.2.1", 80))
