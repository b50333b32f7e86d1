"""A timetable comes in: looked at, kept, used; and whatever is wrong with it never takes the place of what is good."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.db import DatabaseError, connection, transaction

from accounts.errors import ReasonMissing
from kernel.principal import SYSTEM
from kernel.problems import NotAllowed, NotFound
from kernel.use_case import Act
from mobility import services
from mobility.engine.search import Ends, earliest_arrival
from mobility.errors import FeedRetired, FeedSlugTaken, FeedSourceUnfit, NetworkInUse, NetworkMoved, NoTimetable
from mobility.gateways.feed_files import pack
from mobility.gateways.releases import folder
from mobility.models import FeedSource, FeedVersion, NetworkRelease
from mobility.selectors.feeds import feeds_in_use
from mobility.services.feeds.releasing import members_in_use, put_to_use
from tests.mobility.bringing.office import NOON, bring, register, small, used
from tests.mobility.feeds import written

pytestmark = pytest.mark.django_db(transaction=True)


@dataclass
class Visitor:
    """Somebody without any right."""

    actor = SYSTEM.actor
    subject = None
    language = "ja"

    def may(self, _right, _within=None):
        return False


def arrival(begin, end, *, leave_at=0):
    """Ask the network that is served."""
    network = services.current_network(at=NOON)
    lanes = network.lanes(date(2026, 6, 10))
    start = Ends.of({network.stop_numbers[begin]: 0})
    return earliest_arrival(lanes, start, Ends.of({network.stop_numbers[end]: 0}), leave_at)


def test_a_file_is_kept_and_used():
    register("red")
    found = bring("red", small(10))
    assert (found.outcome, found.figures.trips, found.figures.first_day) == ("taken", 1, date(2026, 6, 1))
    assert found.release_id == used().pk
    assert arrival("red:A", "red:B") == 8 * 3600 + 600
    (version,) = FeedVersion.objects.all()
    assert (version.pk, bytes(version.sha256).hex()) == (found.version_id, feeds_in_use().feeds[0].sha256)
    assert FeedSource.objects.get().last_outcome == "taken"


def test_a_better_file_takes_its_place_and_one_can_go_back():
    register("red")
    first = bring("red", small(10))
    second = bring("red", small(20), at=NOON + timedelta(hours=1))
    assert arrival("red:A", "red:B") == 8 * 3600 + 1200
    services.return_to_network(Act(SYSTEM, at=NOON), release_id=first.release_id, why="遅れを直すまで")
    assert used().pk == first.release_id
    assert arrival("red:A", "red:B") == 8 * 3600 + 600
    with pytest.raises(NetworkInUse):
        services.return_to_network(Act(SYSTEM, at=NOON), release_id=first.release_id, why="もう一度")
    services.use_version(SYSTEM, version_id=second.version_id, at=NOON, why="直った")
    assert arrival("red:A", "red:B") == 8 * 3600 + 1200
    assert NetworkRelease.objects.count() == 3


def test_a_file_with_faults_is_refused_and_nothing_changes():
    register("red")
    good = bring("red", small(10))
    broken = written("A B", {"t": "A 8:00, B 7:00"})
    found = bring("red", pack(broken))
    assert (found.outcome, found.version_id, found.release_id) == ("refused", None, None)
    assert [(each.code, each.file, each.line) for each in found.report if each.weight == "fault"] == [
        ("runs_back", "stop_times.txt", 3)
    ]
    assert (used().pk, FeedVersion.objects.count()) == (good.release_id, 1)
    row = FeedSource.objects.get()
    assert (row.last_outcome, row.last_report[0]["code"]) == ("refused", "runs_back")
    assert arrival("red:A", "red:B") == 8 * 3600 + 600


def test_two_sources_are_one_network_and_one_can_leave_it():
    register("red")
    register("blue")
    bring("red", small(10))
    bring("blue", pack(written("B C", {"t": "B 8:30, C 8:40"})))
    assert [feed.slug for feed in feeds_in_use().feeds] == ["red", "blue"]
    assert services.current_network(at=NOON).feed.stop_id == ["red:A", "red:B", "blue:C"]
    assert services.current_network(at=NOON).stop_numbers["blue:B"] == 1
    services.retire_feed_source(SYSTEM, slug="red", at=NOON, why="運行を終えた")
    assert services.current_network(at=NOON).feed.stop_id == ["blue:B", "blue:C"]
    with pytest.raises(FeedRetired):
        bring("red", small(20))
    services.retire_feed_source(SYSTEM, slug="blue", at=NOON, why="運行を終えた")
    assert used() is None
    with pytest.raises(NoTimetable):
        services.current_network(at=NOON)


def test_the_same_file_again_changes_nothing():
    register("red")
    first = bring("red", small(10))
    again = bring("red", small(10), at=NOON + timedelta(hours=1))
    assert (again.version_id, again.release_id) == (first.version_id, first.release_id)
    assert (FeedVersion.objects.count(), NetworkRelease.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (small(20, "20260701,20261231"), "held_not_begun"),
        (small(20, "20260501,20260531"), "held_over"),
        (small(20, trips=3), "held_shrunk"),
    ],
)
def test_a_file_that_would_take_something_away_is_held_until_somebody_says_it_is_meant(content, code):
    register("red")
    good = bring("red", small(10, trips=10))
    held = bring("red", content)
    assert (held.outcome, held.report[0].code, held.release_id) == ("held", code, None)
    assert used().pk == good.release_id
    services.use_version(SYSTEM, version_id=held.version_id, at=NOON, why="そのとおり")
    assert members_in_use()[1] == {FeedSource.objects.get().pk: held.version_id}


def test_what_was_held_for_its_first_day_is_used_on_it():
    register("red", url="https://bus.example/gtfs.zip", refresh_hours=720)
    bring("red", small(10))
    held = bring("red", small(20, "20260611,20261231"), at=NOON + timedelta(minutes=1))
    assert held.outcome == "held"
    services.refresh_due_feeds(at=NOON + timedelta(hours=2))
    assert members_in_use()[1] != {FeedSource.objects.get().pk: held.version_id}
    services.refresh_due_feeds(at=NOON + timedelta(hours=13))  # one o'clock of the day
    assert members_in_use()[1] == {FeedSource.objects.get().pk: held.version_id}
    assert FeedSource.objects.get().last_outcome == "taken"


def test_who_may_not_may_not_and_a_reason_is_asked():
    register("red")
    with pytest.raises(NotAllowed):
        services.bring_in(Visitor(), slug="red", content=small(10), at=NOON, why="ためし")
    with pytest.raises(ReasonMissing):
        bring("red", small(10), why=" ")
    with pytest.raises(NotFound):
        bring("green", small(10))
    assert used() is None
    assert list(folder().glob("*")) == [] or all(not path.name.endswith(".half") for path in folder().glob("*"))


def test_a_source_is_described_as_it_can_be_kept():
    register("red")
    with pytest.raises(FeedSlugTaken):
        register("red")
    with pytest.raises(FeedSourceUnfit) as refused:
        register("Red Bus", name=" ", url="file:///etc/passwd", is_open=True, refresh_hours=0)
    assert [fault.field for fault in refused.value.errors] == ["slug", "name", "url", "licence", "refresh_hours"]


def test_whoever_was_faster_is_not_undone():
    register("red")
    register("blue")
    first = bring("red", small(10)).version_id
    raced = []

    def change(now):
        if not raced:
            raced.append(bring("blue", pack(written("B C", {"t": "B 8:30, C 8:40"}))))
        return now | {FeedSource.objects.get(slug="red").pk: second}

    held = bring("red", small(20, "20260701,20261231"))
    second = held.version_id
    put_to_use(SYSTEM, change, at=NOON, why="同時")
    assert members_in_use()[1] == {
        FeedSource.objects.get(slug="red").pk: second,
        FeedSource.objects.get(slug="blue").pk: raced[0].version_id,
    }

    def always_late(now):
        bring("red", small(30 + len(raced)))
        raced.append(None)
        return now | {FeedSource.objects.get(slug="red").pk: first}

    before = {path.name for path in folder().iterdir()}
    with pytest.raises(NetworkMoved):
        put_to_use(SYSTEM, always_late, at=NOON, why="いつも遅い")
    rows = [*NetworkRelease.objects.all(), *FeedVersion.objects.all()]
    assert {path.name for path in folder().iterdir()} - before <= {row.pk.hex for row in rows}


def test_a_network_whose_folder_is_gone_is_made_again_from_its_files():
    register("red")
    found = bring("red", small(10))
    for path in (folder() / found.release_id.hex).iterdir():
        path.unlink()
    (folder() / found.release_id.hex).rmdir()
    services.use_version(SYSTEM, version_id=bring("red", small(20)).version_id, at=NOON, why="x")
    services.current_network(at=NOON)
    services.return_to_network(Act(SYSTEM, at=NOON), release_id=found.release_id, why="戻す")
    assert arrival("red:A", "red:B") == 8 * 3600 + 600


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE mobility_feedversion SET size = 1",
        "DELETE FROM mobility_feedversion",
        "UPDATE mobility_releasemember SET place = 7",
        "UPDATE mobility_networkrelease SET made_at = now()",
        "DELETE FROM mobility_networkrelease",
        "UPDATE mobility_feedsource SET slug = 'blue'",
        "TRUNCATE mobility_releasemember",
    ],
)
def test_what_came_and_what_was_made_of_it_stays_as_it_was(change):
    register("red")
    bring("red", small(10))
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


def test_the_database_knows_one_network_in_use_at_the_most():
    register("red")
    bring("red", small(10))
    bring("red", small(20))
    with pytest.raises(DatabaseError, match="network_release_one_active"), transaction.atomic():
        NetworkRelease.objects.filter(is_active=False).update(is_active=True)


def test_how_far_it_is_moves_with_what_is_read_and_never_back():
    register("red")
    calls = ", ".join(f"S{n % 40} {5 + n // 60}:{n % 60:02}" for n in range(900))
    files = written(" ".join(f"S{n}" for n in range(40)), {f"t{n}": calls for n in range(30)})
    told = []
    services.bring_in(
        SYSTEM, slug="red", content=pack(files), at=NOON, why="試験", tell=lambda *step: told.append(step)
    )
    shares = [share for _step, share in told]
    assert shares == sorted(shares)
    reading = [share for step, share in told if step == "read"]
    assert len(reading) > 10
    assert (reading[0], reading[-1] <= 0.35) == (0.05, True)
    assert max(after - before for before, after in pairwise(reading)) <= 0.06
    assert [step for step, _share in told[len(reading) :]] == ["keep", "red", "merge", "write", "activate", "done"]
