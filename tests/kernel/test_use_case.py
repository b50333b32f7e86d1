"""The one write pipeline, told by a small bank of pebbles: what stands, what is rolled back, what is told afterwards."""

from datetime import UTC, datetime, timedelta
from typing import ClassVar
from uuid import UUID

import msgspec
import pytest
from django.db import connection, transaction
from django.utils import translation

from kernel.idempotency import KeptRefusal, KeyMalformed, KeyRequired, KeyReused
from kernel.ids import new_id
from kernel.principal import SYSTEM
from kernel.problems import DomainError, TooManyRequests, _
from kernel.use_case import Act, Event, Key, use_case

NOON = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
KEY = "pebbles-0001"

pytestmark = pytest.mark.django_db


class Person:
    """A resident who may do what the test asks."""

    account_level, authentication_level, language = 1, 1, "ja"

    def __init__(self) -> None:
        self.actor = new_id()
        self.subject = self.actor

    def may(self, right, within=None):
        return True


class Pebbles(msgspec.Struct, frozen=True):
    count: int
    taken_at: datetime


class PebblesTaken(Event):
    name: ClassVar[str] = "test.pebbles.taken.v1"
    count: int


class TooMany(DomainError):
    code = "too_many_pebbles"
    status = 409
    title = _("しばらく待ってから、もう一度お試しください。")


told: list[str] = []


@pytest.fixture(autouse=True)
def nothing_told():
    told.clear()


def body(act: Act, *, count: int, why: str = "") -> Pebbles:
    act.audit(what={"count": count}, why=why)
    act.emit(PebblesTaken(count=count))
    act.after_commit(lambda: told.append(f"{count} taken"))
    if count > 5:
        raise TooMany(most=5)
    return Pebbles(count, act.at)


take = use_case("test.take_pebbles", key=Key.REQUIRED, status=201)(body)
take_plainly = use_case("test.take_pebbles_plainly")(body)


@use_case("test.take_twice", key=Key.REQUIRED)
def take_twice(act: Act, *, first: int, second: int) -> Pebbles:
    """Take two handfuls in one act; a second that is refused is left."""
    act.audit(what={"whole": True})
    one = take_plainly(act, count=first)
    try:
        return take_plainly(act, count=second)
    except TooMany:
        return one


def rows(sql: str, *parameters) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()


def audits() -> list[tuple]:
    return rows("SELECT action, actor, subject, key, what::text, why FROM kernel_audit ORDER BY recorded_at, ctid")


def events() -> list[tuple]:
    return rows("SELECT name, payload->>'count', recorded_at FROM kernel_outbox ORDER BY id")


def test_an_act_leaves_its_audit_row_its_event_and_its_answer():
    person = Person()
    answer = take.answer(Act(person, at=NOON, key=KEY), count=3, why="for the garden")
    assert (answer.status, answer.body) == (201, b'{"count":3,"taken_at":"2026-11-21T03:00:00Z"}')
    assert audits() == [("test.take_pebbles", person.actor, person.actor, KEY, '{"count": 3}', "for the garden")]
    assert events() == [("test.pebbles.taken.v1", "3", NOON)]
    assert told == ["3 taken"]
    kept = rows("SELECT actor, key, status, body, is_refusal, recorded_at FROM kernel_answer")
    assert [(*row[:3], bytes(row[3]), *row[4:]) for row in kept] == [(person.actor, KEY, 201, answer.body, False, NOON)]


def test_the_same_request_again_gets_the_same_bytes_and_nothing_more_happens():
    person = Person()
    first = take.answer(Act(person, at=NOON, key=KEY), count=3)
    again = take.answer(Act(person, at=NOON + timedelta(hours=47, minutes=59), key=KEY), count=3)
    assert again == first
    assert take(Act(person, at=NOON + timedelta(minutes=1), key=KEY), count=3) == Pebbles(3, NOON)
    assert (len(audits()), len(events()), told) == (1, 1, ["3 taken"])


def test_after_48_hours_the_answer_is_no_longer_looked_at():
    person = Person()
    take.answer(Act(person, at=NOON, key=KEY), count=3)
    later = take.answer(Act(person, at=NOON + timedelta(hours=48), key=KEY), count=3)
    assert b"2026-11-23" in later.body
    assert len(audits()) == 2  # a use case that moves money has its journal, which refuses: kernel.idempotency.KeySpent


def test_the_same_key_for_another_request_is_refused_and_changes_nothing():
    person = Person()
    take.answer(Act(person, at=NOON, key=KEY), count=3)
    with pytest.raises(KeyReused):
        take.answer(Act(person, at=NOON, key=KEY), count=4)
    with pytest.raises(KeyReused):
        take_twice.answer(Act(person, at=NOON, key=KEY), first=3, second=3)
    assert (len(audits()), told) == (1, ["3 taken"])
    assert rows("SELECT count(*) FROM kernel_answer") == [(1,)]


def test_another_persons_key_is_theirs():
    one, other = Person(), Person()
    take.answer(Act(one, at=NOON, key=KEY), count=3)
    answer = take.answer(Act(other, at=NOON, key=KEY), count=4)
    assert b'"count":4' in answer.body
    assert {actor for _action, actor, *_rest in audits()} == {one.actor, other.actor}


def test_a_refusal_leaves_nothing_but_its_answer():
    person = Person()
    with translation.override("ja"):
        answer = take.answer(Act(person, at=NOON, key=KEY), count=6)
    problem = msgspec.json.decode(answer.body)
    assert (answer.status, answer.is_refusal) == (409, True)
    assert problem.items() >= {"code": "too_many_pebbles", "status": 409, "most": 5}.items()
    assert (audits(), events(), told) == ([], [], [])
    assert take.answer(Act(person, at=NOON, key=KEY), count=6) == answer


def test_a_caller_gets_the_refusal_itself_and_on_repetition_its_likeness():
    person = Person()
    with pytest.raises(TooMany) as fresh:
        take(Act(person, at=NOON, key=KEY), count=6)
    with pytest.raises(KeptRefusal) as kept:
        take(Act(person, at=NOON, key=KEY), count=6)
    assert (kept.value.code, kept.value.status, kept.value.members) == ("too_many_pebbles", 409, {"most": 5})
    assert fresh.value.members == kept.value.members


def test_a_refusal_that_speaks_of_the_moment_is_not_kept():
    person, doors = Person(), ["closed"]

    @use_case("test.knock", key=Key.REQUIRED)
    def knock(act: Act) -> Pebbles:
        """Knock."""
        if doors:
            raise TooManyRequests(retry_after=1)
        return Pebbles(1, act.at)

    with pytest.raises(TooManyRequests):
        knock.answer(Act(person, at=NOON, key=KEY))
    doors.clear()
    assert knock.answer(Act(person, at=NOON, key=KEY)).status == 200


def test_a_bug_rolls_back_and_keeps_nothing_so_that_the_retry_succeeds():
    person, faults = Person(), [ZeroDivisionError]

    @use_case("test.fall", key=Key.REQUIRED)
    def fall(act: Act) -> Pebbles:
        """Fall once."""
        act.emit(PebblesTaken(count=1))
        if faults:
            raise faults.pop()
        return Pebbles(1, act.at)

    act = Act(person, at=NOON, key=KEY)
    with pytest.raises(ZeroDivisionError):
        fall.answer(act)
    assert (audits(), events(), act.is_open) == ([], [], False)
    assert fall.answer(act).status == 200
    assert len(events()) == 1


@pytest.mark.parametrize(
    ("key", "refusal"),
    [
        (None, KeyRequired),
        ("", KeyRequired),
        ("short", KeyMalformed),
        ("x" * 129, KeyMalformed),
        ("with space", KeyMalformed),
        ("日本語のキーです。", KeyMalformed),
    ],
)
def test_a_key_is_asked_for_and_well_formed(key, refusal):
    with pytest.raises(refusal):
        take.answer(Act(Person(), at=NOON, key=key), count=1)
    assert audits() == []


def test_without_a_key_a_use_case_answers_or_raises():
    assert take_plainly(Act(SYSTEM, at=NOON), count=2) == Pebbles(2, NOON)
    with pytest.raises(TooMany):
        take_plainly.answer(Act(SYSTEM, at=NOON), count=9)
    assert [action for action, *_rest in audits()] == ["test.take_pebbles_plainly"]
    assert rows("SELECT count(*) FROM kernel_answer") == [(0,)]


def test_an_inner_use_case_joins_and_both_stand_in_the_log():
    take_twice(Act(Person(), at=NOON, key=KEY), first=2, second=3)
    assert [(action, what) for action, _a, _s, _k, what, _w in audits()] == [
        ("test.take_pebbles_plainly", '{"count": 2}'),
        ("test.take_pebbles_plainly", '{"count": 3}'),
        ("test.take_twice", '{"whole": true}'),
    ]
    assert told == ["2 taken", "3 taken"]


def test_an_inner_refusal_that_is_caught_does_not_mark_the_outer_act():
    take_twice(Act(Person(), at=NOON, key=KEY), first=2, second=6)
    assert [(action, what) for action, _a, _s, _k, what, _w in audits()] == [
        ("test.take_pebbles_plainly", '{"count": 2}'),
        ("test.take_twice", '{"whole": true}'),
    ]


def test_an_act_used_for_two_use_cases_writes_each_once():
    act = Act(SYSTEM, at=NOON)
    take_plainly(act, count=1)
    take_plainly(act, count=2)
    assert [what for _action, _a, _s, _k, what, _w in audits()] == ['{"count": 1}', '{"count": 2}']
    assert told == ["1 taken", "2 taken"]


def test_a_failing_word_afterwards_undoes_nothing_and_stops_no_other():
    @use_case("test.tell")
    def tell(act: Act) -> None:
        """Tell twice, the first time into the wind."""
        act.after_commit(lambda: 1 // 0)
        act.after_commit(lambda: told.append("heard"))

    answer = tell.answer(Act(SYSTEM, at=NOON))
    assert (answer.status, answer.body) == (204, b"")
    assert told == ["heard"]
    assert len(audits()) == 1


def test_who_is_concerned_can_be_someone_else_than_who_acts():
    resident: UUID = new_id()

    @use_case("test.help")
    def help_(act: Act) -> None:
        """Help a resident."""
        act.audit(subject=resident, why="at the counter")

    cashier = Person()
    help_(Act(cashier, at=NOON))
    assert [(actor, subject, why) for _action, actor, subject, _k, _what, why in audits()] == [
        (cashier.actor, resident, "at the counter")
    ]


def test_arguments_that_the_fingerprint_would_not_see_are_refused_when_the_service_is_written():
    with pytest.raises(TypeError, match="keyword-only"):

        @use_case("test.positional", key=Key.REQUIRED)
        def positional(act: Act, count: int) -> None:
            """Take a place instead of a name."""


def test_a_use_case_never_joins_a_strangers_transaction(committed_db):
    with transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
        take_plainly(Act(SYSTEM, at=NOON), count=1)
    assert audits() == []


def test_the_fingerprint_does_not_depend_on_the_order_of_names():
    assert take.digest({"count": 1, "why": "x"}) == take.digest({"why": "x", "count": 1})
    assert take.digest({"count": 1}) != take_plainly.digest({"count": 1})
    assert take.digest({"count": 1}) != take.digest({"count": "1"})
