"""Many people at once: each has a row in the log, who may not be read is left out, and nothing stays open."""

import pytest
from django.db import connection

from kernel.access import OutsideAccess, Shredded, access, access_many, in_chunks
from kernel.ids import new_id
from kernel.principal import SYSTEM_ACTOR
from tests.kernel.access.conftest import move_in, own, sql
from tests.kernel.access.town import Diary

pytestmark = pytest.mark.postgres
PLACE = "town.diary.page"


def write(person, page: str) -> None:
    with own(person) as opened:
        Diary.objects.update(page=opened.seal(page, PLACE))


def test_a_batch_shows_everybody_in_it_and_logs_each(town, owner):
    people = [move_in("happy") for _ in range(5)]
    for number, person in enumerate(people):
        write(person, f"page {number}")
    with access_many(
        purpose="town.sign_up", actor=SYSTEM_ACTOR, subjects=[each.id for each in people], classes=["diary"]
    ) as opened:
        pages = {row.person_id: opened.unseal(row.person_id, row.page, PLACE) for row in Diary.objects.all()}
    assert pages == {person.id: f"page {number}" for number, person in enumerate(people)}
    logged = owner.execute(
        "SELECT subject, ground FROM kernel_access_log WHERE subject = ANY (%s) AND ground = 'system' AND classes = '{diary}'",
        [[each.id for each in people]],
    ).fetchall()
    assert sorted(logged) == sorted((each.id, "system") for each in people)
    assert sql("SELECT count(*) FROM town_diary") == [(0,)]


def test_who_may_not_be_read_is_left_out(taro, hanako):
    with access_many(
        purpose="town.read", actor=taro.id, subjects=[taro.id, hanako.id, new_id()], classes=["diary"]
    ) as opened:
        assert opened.subjects == {taro.id}
        assert [row.person_id for row in Diary.objects.all()] == [taro.id]
        with pytest.raises(OutsideAccess):
            opened.unseal(hanako.id, b"", PLACE)


def test_nobody_at_all_is_no_error_and_shows_nothing(town, hanako):
    with access_many(purpose="curiosity", actor=new_id(), subjects=[hanako.id], classes=["diary"]) as opened:
        assert opened.subjects == frozenset()
        with pytest.raises(OutsideAccess):
            list(Diary.objects.all())
        assert sql("SELECT mood FROM town_diary") == []


def test_more_than_five_hundred_go_in_chunks(town):
    people = [new_id() for _ in range(1201)]
    assert [len(chunk) for chunk in in_chunks(iter(people))] == [500, 500, 201]
    with (
        pytest.raises(ValueError, match="500"),
        access_many(purpose="town.sign_up", actor=SYSTEM_ACTOR, subjects=people, classes=["diary"]),
    ):
        pytest.fail("the block must not run")


def test_a_person_without_a_key_has_nothing_to_open(town, taro):
    with access_many(purpose="town.sign_up", actor=SYSTEM_ACTOR, subjects=[taro.id], classes=["diary"]) as opened:
        with pytest.raises(Shredded):
            opened.unseal(taro.id, b"\x01", PLACE)
        kept = opened
    with pytest.raises(OutsideAccess):
        kept.unseal(taro.id, b"\x01", PLACE)


def test_a_batch_inside_a_use_case_ends_with_its_block(town, taro, hanako):
    with access(purpose="town.read", actor=taro.id, subject=taro.id, classes=["letter"]):
        with access_many(purpose="town.sign_up", actor=SYSTEM_ACTOR, subjects=[hanako.id], classes=["diary"]):
            assert Diary.objects.count() == 1
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM town_diary")
            assert cursor.fetchone() == (0,)
