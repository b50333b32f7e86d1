"""When a permission has ended, what reads by it is waited for, and ended by force where it does not end by itself."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connections

from kernel.access import AccessRefused, access, end_accesses
from tests.kernel.access.conftest import own, sql
from tests.kernel.access.town import Diary

pytestmark = pytest.mark.postgres

NEIGHBOURS = """
CREATE TABLE IF NOT EXISTS town_neighbour (subject uuid, actor uuid);
CREATE OR REPLACE FUNCTION kernel_ground_of_others(
  _purpose text, _actor uuid, _subjects uuid[], _classes text[], _roles text[]
) RETURNS TABLE (subject uuid, ground text, grants uuid[], recipient uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT n.subject, 'neighbour', NULL::uuid[], NULL::uuid FROM town_neighbour n
   WHERE n.actor = _actor AND n.subject = ANY (_subjects);
$$;
"""


@pytest.fixture
def neighbours(owner, taro, hanako):
    """Hanako may read Taro's diary, until the row is gone."""
    owner.execute(NEIGHBOURS)
    owner.execute("INSERT INTO town_neighbour VALUES (%s, %s)", [taro.id, hanako.id])


def read(taro, hanako):
    return access(purpose="town.read", actor=hanako.id, subject=taro.id, classes=["diary"])


@contextmanager
def reading_meanwhile(taro, hanako, *, goes_on_s: float) -> Iterator[dict]:
    """Hanako reads in another thread, and stays for a while."""
    story: dict = {"inside": threading.Event()}

    def visit() -> None:
        try:
            with read(taro, hanako):
                story["before"] = Diary.objects.count()
                story["inside"].set()
                time.sleep(goes_on_s)
                story["after"] = Diary.objects.count()
                story["read_at"] = time.monotonic()
        except AccessRefused as refusal:
            story["refused"] = refusal
        finally:
            connections.close_all()

    thread = threading.Thread(target=visit)
    thread.start()
    assert story["inside"].wait(10)
    yield story
    thread.join(10)


def test_others_ground_stands_in_the_log_and_without_it_nothing_opens(owner, neighbours, taro, hanako):
    with read(taro, hanako):
        assert [row.person_id for row in Diary.objects.all()] == [taro.id]
    grounds = owner.execute("SELECT ground FROM kernel_access_log WHERE actor = %s", [hanako.id]).fetchall()
    assert grounds == [("neighbour",)]
    owner.execute("DELETE FROM town_neighbour WHERE actor = %s", [hanako.id])
    with pytest.raises(AccessRefused), read(taro, hanako):
        pytest.fail("the block must not run")


def test_the_end_waits_for_a_reading_that_began_before(owner, neighbours, taro, hanako):
    with reading_meanwhile(taro, hanako, goes_on_s=0.2) as story:
        owner.execute("DELETE FROM town_neighbour WHERE actor = %s", [hanako.id])
        end_accesses(taro.id)
        ended_at = time.monotonic()
        assert story["read_at"] <= ended_at
    assert (story["before"], story["after"]) == (1, 1)


def test_a_reading_that_goes_on_and_on_is_ended_within_the_second(owner, neighbours, taro, hanako):
    with reading_meanwhile(taro, hanako, goes_on_s=1.5) as story:
        owner.execute("DELETE FROM town_neighbour WHERE actor = %s", [hanako.id])
        began = time.monotonic()
        end_accesses(taro.id)
        took = time.monotonic() - began
    assert took < 1.0
    assert "after" not in story
    assert isinstance(story["refused"], AccessRefused)


def test_ones_own_reading_is_left_alone(owner, neighbours, taro):
    with own(taro):
        assert Diary.objects.count() == 1
        inside = threading.Thread(target=lambda: (end_accesses(taro.id), connections.close_all()))
        inside.start()
        inside.join(5)
        assert not inside.is_alive()
        assert sql("SELECT count(*) FROM town_diary") == [(1,)]


def test_thirty_withdrawals_against_thirty_readers_and_none_reads_after_the_answer(owner, neighbours, taro, hanako):
    """Each round a reader asks in a loop; the end is committed and waited for; nothing read counts after that instant."""
    late, reads = [], 0
    for _ in range(30):
        owner.execute("DELETE FROM town_neighbour")
        owner.execute("INSERT INTO town_neighbour VALUES (%s, %s)", [taro.id, hanako.id])
        began, ended = threading.Event(), threading.Event()
        seen: list[float] = []

        def visit(began=began, ended=ended, seen=seen) -> None:
            try:
                while not ended.is_set() or len(seen) < 1:
                    with read(taro, hanako):
                        assert Diary.objects.count() == 1
                        seen.append(time.monotonic())
                    began.set()
            except AccessRefused:
                pass
            finally:
                began.set()
                connections.close_all()

        threads = [threading.Thread(target=visit) for _ in range(3)]
        for thread in threads:
            thread.start()
        assert began.wait(10)
        owner.execute("DELETE FROM town_neighbour")
        end_accesses(taro.id)
        answered = time.monotonic()
        ended.set()
        for thread in threads:
            thread.join(10)
        reads += len(seen)
        late += [at for at in seen if at > answered]
    assert reads >= 30
    assert late == []
