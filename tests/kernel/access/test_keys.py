"""Each person has a key; what is sealed with it opens for them, in its place, until the key is destroyed."""

import threading
from uuid import UUID

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connections

from kernel import keys
from kernel.access import OutsideAccess, Shredded, access, name_purpose, protect
from kernel.ids import new_id
from kernel.keys import SealBroken
from kernel.principal import SYSTEM_ACTOR
from tests.kernel.access.conftest import move_in, own
from tests.kernel.access.town import Diary

ONE, OTHER = UUID(int=1), UUID(int=2)


def test_what_is_sealed_opens_for_the_same_person_and_place():
    key = keys.new_key()
    sealed = keys.seal(key, ONE, "人吉の日記".encode(), "town.diary.page")
    assert keys.unseal(key, ONE, sealed, "town.diary.page").decode() == "人吉の日記"
    assert sealed != keys.seal(key, ONE, "人吉の日記".encode(), "town.diary.page")
    assert "人吉".encode() not in sealed


def test_it_opens_for_no_other_person_place_or_key():
    key = keys.new_key()
    sealed = keys.seal(key, ONE, b"page", "town.diary.page")
    for wrong in (
        (key, OTHER, sealed, "town.diary.page"),
        (key, ONE, sealed, "town.letter.page"),
        (keys.new_key(), ONE, sealed, "town.diary.page"),
        (key, ONE, sealed[:-1] + bytes([sealed[-1] ^ 1]), "town.diary.page"),
        (key, ONE, b"\x02" + sealed[1:], "town.diary.page"),
        (key, ONE, b"", "town.diary.page"),
        (key, ONE, sealed[:5], "town.diary.page"),
    ):
        with pytest.raises(SealBroken):
            keys.unseal(*wrong)


def test_the_newest_master_key_wraps_and_older_ones_still_open(settings):
    key = keys.new_key()
    settings.MASTER_KEY = "1:" + "11" * 32
    version, wrapped = keys.wrap(key, ONE)
    assert version == 1
    settings.MASTER_KEY = "1:" + "11" * 32 + ", 2:" + "22" * 32
    assert keys.unwrap(1, wrapped, ONE) == key
    newer = keys.wrap(key, ONE)
    assert newer[0] == 2
    assert keys.unwrap(*newer, ONE) == key
    with pytest.raises(SealBroken):
        keys.unwrap(*newer, OTHER)
    settings.MASTER_KEY = "2:" + "22" * 32
    with pytest.raises(ImproperlyConfigured, match="no version 1"):
        keys.unwrap(1, wrapped, ONE)


@pytest.mark.parametrize(
    "text", ["", "11" * 32, "1:22", "x:" + "11" * 32, "0:" + "11" * 32, "1:" + "zz" * 32, "1:" + "11" * 32 + ";2:"]
)
def test_a_master_key_of_another_shape_is_a_sentence(settings, text):
    settings.MASTER_KEY = text
    with pytest.raises(ImproperlyConfigured, match="MACHI_MASTER_KEY"):
        keys.masters()


@pytest.mark.postgres
def test_a_page_is_sealed_in_the_table_and_read_in_an_access(taro, owner):
    with own(taro) as opened:
        Diary.objects.update(page=opened.seal("今日はよい日。", "town.diary.page"))
    (stored,) = owner.execute("SELECT page FROM town_diary WHERE person_id = %s", [taro.id]).fetchone()
    assert "今日" not in bytes(stored).decode("utf-8", "replace")
    with own(taro) as opened:
        assert opened.unseal(Diary.objects.get().page, "town.diary.page") == "今日はよい日。"


@pytest.mark.postgres
def test_a_row_moved_to_another_person_does_not_open(taro, hanako, owner):
    with own(taro) as opened:
        Diary.objects.update(page=opened.seal("太郎の秘密", "town.diary.page"))
    owner.execute(
        "UPDATE town_diary SET page = (SELECT page FROM town_diary WHERE person_id = %s) WHERE person_id = %s",
        [taro.id, hanako.id],
    )
    with own(hanako) as opened, pytest.raises(SealBroken):
        opened.unseal(Diary.objects.get().page, "town.diary.page")


@pytest.mark.postgres
def test_a_key_is_made_once_even_when_two_seal_at_once(town, owner):
    person, start, sealed = move_in("busy"), threading.Barrier(8), []

    def seal(number: int) -> None:
        try:
            with own(person) as opened:
                start.wait(10)
                sealed.append(opened.seal(str(number), "town.diary.page"))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=seal, args=[number]) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    with own(person) as opened:
        assert sorted(int(opened.unseal(each, "town.diary.page")) for each in sealed) == list(range(8))
    assert owner.execute("SELECT count(*) FROM kernel_subject_key WHERE subject = %s", [person.id]).fetchone() == (1,)


@pytest.mark.postgres
def test_after_the_access_the_key_is_out_of_reach(taro):
    with own(taro) as opened:
        sealed = opened.seal("x", "town.diary.page")
    with pytest.raises(OutsideAccess):
        opened.unseal(sealed, "town.diary.page")


@pytest.mark.postgres
def test_destroying_the_key_shreds_what_it_sealed_for_good(taro, owner):
    with own(taro) as opened:
        sealed = opened.seal("x", "town.diary.page")
    closing = access(purpose="town.close", actor=SYSTEM_ACTOR, subject=taro.id, classes=["diary"])
    with closing as opened:
        assert opened.unseal(sealed, "town.diary.page") == "x"
        opened.destroy_key()
        with pytest.raises(Shredded):
            opened.unseal(sealed, "town.diary.page")
    with own(taro) as opened:
        with pytest.raises(Shredded):
            opened.unseal(sealed, "town.diary.page")
        with pytest.raises(Shredded):
            opened.seal("y", "town.diary.page")
    statement = "SELECT wrapped_key, destroyed_at IS NOT NULL FROM kernel_subject_key WHERE subject = %s"
    assert owner.execute(statement, [taro.id]).fetchone() == (None, True)


@pytest.mark.postgres
def test_who_never_had_a_key_gets_none_after_closing(town):
    person = move_in("quiet")
    with access(purpose="town.close", actor=SYSTEM_ACTOR, subject=person.id, classes=["diary"]) as opened:
        opened.destroy_key()
    with own(person) as opened, pytest.raises(Shredded):
        opened.seal("x", "town.diary.page")


@pytest.mark.postgres
def test_only_a_purpose_named_for_it_destroys_a_key(taro):
    with pytest.raises(DatabaseError, match="no access is open whose purpose"), own(taro) as opened:
        opened.destroy_key()
    with own(taro) as opened:
        assert opened.seal("still here", "town.diary.page")


def test_a_name_that_is_no_name_never_reaches_sql():
    with pytest.raises(ValueError, match="not a name"):
        protect("diary; DROP TABLE x", "person_id", "diary")
    with pytest.raises(ValueError, match="not a name"):
        name_purpose("it's", ["diary"])
    assert new_id() != new_id()
