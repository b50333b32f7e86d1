"""The town's database, made once for a module; every test moves new people into it."""

from collections.abc import Iterator

import psycopg
import pytest
from django.db import connection

from kernel.access import access
from kernel.principal import SYSTEM_ACTOR
from tests.conftest import _fresh_database
from tests.database import Database
from tests.kernel.access.town import TABLES, Diary, Person, Visit


@pytest.fixture(scope="module")
def town(database_server, valkey_server, django_db_setup, django_db_blocker) -> Iterator[Database]:
    with django_db_blocker.unblock(), _fresh_database(database_server) as database:
        with psycopg.connect(database.owner_url) as owner:
            owner.execute(TABLES)
        yield database


@pytest.fixture
def taro(town) -> Person:
    return move_in("happy")


@pytest.fixture
def hanako(town) -> Person:
    return move_in("sleepy")


@pytest.fixture
def owner(town) -> Iterator[psycopg.Connection]:
    with psycopg.connect(town.owner_url, autocommit=True) as connected:
        yield connected


def move_in(mood: str) -> Person:
    """A new person, whose first page sign-up writes as the system, and one visit."""
    person = Person.objects.create()
    with access(purpose="town.sign_up", actor=SYSTEM_ACTOR, subject=person.id, classes=["diary", "letter"]):
        diary = Diary.objects.create(person=person, mood=mood)
        Visit.objects.create(diary=diary)
    return person


def own(person: Person, *classes: str, purpose: str = "town.read", reason: str = ""):
    """The person looks at their own."""
    return access(purpose=purpose, actor=person.id, subject=person.id, classes=classes or ["diary"], reason=reason)


def sql(statement: str, *parameters) -> list[tuple]:
    """Ask by hand, past every manager."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall()
