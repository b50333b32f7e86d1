"""What every test stands on: a PostgreSQL and a Valkey of its own, and no network.

- ``db`` (or ``pytest.mark.django_db``): the test's transaction is rolled back.
- ``committed_db``, ``transactional_db`` (or ``django_db(transaction=True)``): a fresh database for this test, dropped after it.
- ``valkey``: the Redis client of this process; every test that uses the database finds it empty.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import redis
from asgiref.sync import SyncToAsync
from django.conf import settings
from django.db import connections
from django.test import TestCase

from tests.database import Database, Server
from tests.places import PLACE
from tests.valkey import Cache

COMMITTING = {"transactional_db", "committed_db", "live_server"}


@pytest.fixture(scope="session")
def database_server() -> Iterator[Server]:
    """Start this process's PostgreSQL when the first test needs it."""
    server = Server()
    yield server
    connections.close_all()
    server.stop()


@pytest.fixture(scope="session")
def valkey_server() -> Iterator[Cache]:
    """Start this process's Valkey when the first test needs it."""
    cache = Cache(settings.REDIS_URL)
    yield cache
    cache.stop()


@pytest.fixture(scope="session")
def django_db_setup(database_server: Server, valkey_server: Cache) -> Database:
    """Clone the database in which this process's tests are rolled back."""
    return database_server.clone(PLACE.database)


@pytest.fixture
def _django_db_helper(
    request, django_db_setup, django_db_blocker, database_server, valkey_server
) -> Iterator[Database]:
    """Take the place of pytest-django's fixture, whose committing tests end in a flush that machi_app has no right to."""
    marker = request.node.get_closest_marker("django_db")
    commits = bool(marker and marker.kwargs.get("transaction")) or not COMMITTING.isdisjoint(request.fixturenames)
    valkey_server.empty()
    shutil.rmtree(PLACE.folder / "home" / "heads", ignore_errors=True)  # signed in another database
    with django_db_blocker.unblock():
        if commits:
            with _fresh_database(database_server) as database:
                yield database
        else:
            with _rolled_back():
                yield django_db_setup


@contextmanager
def _fresh_database(server: Server) -> Iterator[Database]:
    """Point Django at a new clone; whoever is still connected to it afterwards is thrown out."""
    chosen = connections["default"].settings_dict
    database = server.clone()
    _close_connections()
    before, chosen["NAME"] = chosen["NAME"], database.name
    try:
        yield database
    finally:
        _close_connections()
        chosen["NAME"] = before
        server.drop(database)


def _close_connections() -> None:
    """Close this thread's connections, and those of the one in which tests that await do what is sync."""
    connections.close_all()
    SyncToAsync.single_thread_executor.submit(connections.close_all).result()


@contextmanager
def _rolled_back() -> Iterator[None]:
    """Wrap the test in a transaction as Django's own TestCase does."""

    class Case(TestCase):
        @classmethod
        def setUpClass(cls) -> None:
            super(TestCase, cls).setUpClass()

        @classmethod
        def tearDownClass(cls) -> None:
            super(TestCase, cls).tearDownClass()

    Case.setUpClass()
    case = Case(methodName="__init__")
    case._pre_setup()
    try:
        yield
    finally:
        case._post_teardown()
        Case.tearDownClass()
        Case.doClassCleanups()


@pytest.fixture
def committed_db(_django_db_helper: Database) -> Database:
    """Give the test a database of its own, in which it may commit; its addresses are `app_url` and `owner_url`."""
    return _django_db_helper


@pytest.fixture
def valkey(valkey_server: Cache) -> redis.Redis:
    """Give the test an empty Valkey."""
    valkey_server.empty()
    return valkey_server.client
