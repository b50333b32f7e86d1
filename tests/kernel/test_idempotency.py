"""Fifty of the same request at once are one act and fifty equal answers."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime

import msgspec
import pytest
from django.db import connection, connections

from kernel.idempotency import Answer
from kernel.ids import new_id
from kernel.problems import DomainError, _
from kernel.use_case import Act, Key, use_case

NOON = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
AT_ONCE = 50

pytestmark = [pytest.mark.postgres, pytest.mark.slow]  # threads, commits and a database of its own


class Person:
    account_level, authentication_level, language = 1, 1, "ja"

    def __init__(self) -> None:
        self.actor = self.subject = new_id()

    def may(self, right, within=None):
        return True


class Given(msgspec.Struct, frozen=True):
    number: int


class Empty(DomainError):
    code = "empty"
    status = 409
    title = _("見つかりませんでした。")


@use_case("test.draw_number", key=Key.REQUIRED, status=201)
def draw_number(act: Act, *, most: int) -> Given:
    """Count how often it was really done."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM kernel_audit WHERE action = 'test.draw_number'")
        number = cursor.fetchone()[0] + 1
        cursor.execute("SELECT pg_sleep(0.01)")
    if number > most:
        raise Empty(number=number)
    return Given(number)


def at_once(call: Callable[[int], Answer], count: int = AT_ONCE) -> list[Answer]:
    """Call from as many threads at one moment; the server takes the connections that the test's limit allows."""
    start, answers = threading.Barrier(count), []

    def run(number: int) -> None:
        start.wait(30)
        try:
            answers.append(call(number))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[number]) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return answers


def counted(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return cursor.fetchone()[0]


def test_the_same_request_fifty_times_at_once_is_done_once(committed_db):
    person = Person()
    answers = at_once(lambda _number: draw_number.answer(Act(person, at=NOON, key="same-key-1"), most=99))
    assert answers == [Answer(201, b'{"number":1}')] * AT_ONCE
    assert (counted("kernel_audit"), counted("kernel_answer")) == (1, 1)


def test_the_same_refused_request_fifty_times_at_once_is_refused_alike(committed_db):
    person = Person()
    answers = at_once(lambda _number: draw_number.answer(Act(person, at=NOON, key="same-key-2"), most=0))
    assert len(answers) == AT_ONCE
    assert len(set(answers)) == 1
    assert answers[0].is_refusal
    assert (counted("kernel_audit"), counted("kernel_answer")) == (0, 1)


def test_two_bodies_under_one_key_at_once_let_one_through(committed_db):
    person, refused = Person(), []

    def call(number: int) -> Answer | None:
        try:
            return draw_number.answer(Act(person, at=NOON, key="same-key-3"), most=90 + number % 2)
        except DomainError as refusal:
            refused.append(refusal.code)
            return None

    answers = at_once(call, 20)
    assert {answer for answer in answers if answer} == {Answer(201, b'{"number":1}')}
    assert refused == ["key_reused"] * 10
    assert counted("kernel_audit") == 1


def test_answers_are_found_wherever_they_were_kept(committed_db):
    """The day's partition is made only after the first answer went to the default one."""
    person = Person()
    old = datetime(2026, 4, 1, 3, 0, tzinfo=UTC)
    first = draw_number.answer(Act(person, at=old, key="same-key-4"), most=9)
    with connection.cursor() as cursor:
        cursor.execute("SELECT kernel_make_partitions(%s)", [old])
    assert draw_number.answer(Act(person, at=old, key="same-key-4"), most=9) == first
    assert counted("kernel_audit") == 1
    assert counted("kernel_answer") == 1
