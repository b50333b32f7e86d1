"""One message to many: written once, handed out in pieces by several workers, and nobody gets it twice."""

import threading
from datetime import timedelta

import pytest
from django.db import connection

from accounts.errors import AudienceUnknown, BroadcastNotOpen, BroadcastWithoutText, CategoryUnknown, NotConfirmed
from accounts.models import Broadcast, BroadcastPiece, Delivery, Dispatch, Resident
from accounts.notifications import audience, broadcast
from accounts.selectors.broadcasts import broadcast_named, progress_of
from accounts.services.notices import broadcasting
from accounts.services.notices.broadcasting import fan_out_some
from accounts.services.notices.clearing import clear_messages
from accounts.services.notices.drafting import draft_broadcast, start_broadcast, stop_broadcast, try_broadcast
from kernel.problems import NotAllowed
from kernel.use_case import Act
from tests.accounts.notices.conftest import NOON
from tests.factories.people import employ, organisation

API = "/api/v1/accounts/messages"
TEXTS = {
    "ja": {"title": "断水のお知らせ", "body": "明日の朝です。"},
    "en": {"title": "No water", "body": "Tomorrow morning."},
}


@pytest.fixture
def officers(told):
    """Give a city office with an officer and an administrator."""
    office = organisation("city", "人吉市", "Hitoyoshi")
    people = {}
    for role in ("officer", "administrator"):
        people[role] = told.person(role)
        employ(people[role], office, f"city.{role}")
    told.carry()
    return people


@pytest.fixture(autouse=True)
def _small_pieces(monkeypatch):
    monkeypatch.setattr(broadcasting, "PIECE", 3)


def by(who, told, key="12345678"):
    return Act(who.principal, at=told.at, key=key)


def draft(told, who, *, texts=TEXTS, category="city", priority="normal", to=("everyone", ""), key="12345678"):
    kind, value = to
    drafted = draft_broadcast(
        by(who, told, key), texts=texts, category=category, priority=priority, audience_kind=kind, audience_value=value
    )
    return drafted.id


def inbox(who, language="ja"):
    return who.client(HTTP_ACCEPT_LANGUAGE=language).get(API).json()["results"]


def titles(who, language="ja"):
    return [message["title"] for message in inbox(who, language) if message["category"] != "account"]


def test_everybody_reads_it_once_in_their_language(told, officers):
    people = [told.person(f"person{number}") for number in range(7)]
    chosen = draft(told, officers["officer"])
    assert (told.carry(), Dispatch.objects.count(), titles(people[0])) == (0, 0, [])
    start_broadcast(by(officers["officer"], told), broadcast_id=chosen)
    told.carry()
    assert [titles(who) for who in people] == [["断水のお知らせ"]] * 7
    assert (titles(people[0], "en"), titles(people[0], "ko"), titles(people[0], "ja-easy")) == (
        ["No water"], ["No water"], ["断水のお知らせ"],
    )  # fmt: skip
    progress = progress_of(broadcast_named(chosen))
    assert (progress.state, progress.expected, progress.written, progress.percent) == ("done", 9, 9, 100)
    assert [(line.channel, line.sent) for line in progress.channels] == [("email", 9)]
    assert Delivery.objects.filter(broadcast_id=chosen, state="sent").count() == 9


@pytest.mark.parametrize(
    ("to", "who"),
    [
        (("residents", ""), {"hanako", "officer", "administrator"}),
        (("tourists", ""), {"ayumi"}),
        (("language", "en"), {"ayumi"}),
        (("role", "city.officer"), {"officer"}),
    ],
)
def test_an_audience_is_whom_it_names(told, officers, to, who):
    people = officers | {"hanako": told.person(), "ayumi": told.person("ayumi", is_guest=True)}
    people["ayumi"].client().patch("/api/v1/accounts/me", {"language": "en"}, "application/json")
    start_broadcast(by(officers["officer"], told), broadcast_id=draft(told, officers["officer"], to=to))
    told.carry()
    assert {name for name, person in people.items() if titles(person)} == who


def test_who_comes_later_is_not_told(told, officers):
    start_broadcast(by(officers["officer"], told), broadcast_id=draft(told, officers["officer"]))
    late = told.person("late")
    Resident.objects.filter(pk=late.resident_id).update(created_at=NOON + timedelta(seconds=1))
    told.carry()
    assert titles(late) == []


def test_a_worker_killed_at_any_point_leaves_nobody_out_and_tells_nobody_twice(told, officers, monkeypatch):
    people = [told.person(f"person{number}") for number in range(10)]
    chosen = draft(told, officers["officer"])
    start_broadcast(by(officers["officer"], told), broadcast_id=chosen)

    class Killed(BaseException):
        """The process ends here."""

    write = broadcasting.write_piece

    def after_the_claim(piece, *, at):
        raise Killed

    def after_the_writing(piece, *, at):
        write(piece, at=at)
        raise Killed

    for death in (after_the_claim, after_the_writing, after_the_claim):
        with monkeypatch.context() as dying:
            dying.setattr(broadcasting, "write_piece", death)
            with pytest.raises(Killed):
                fan_out_some(priority="normal", at=told.at)
    assert BroadcastPiece.objects.filter(done_at=None).count() == 2
    told.carry()
    assert progress_of(broadcast_named(chosen)).state == "running"
    assert sum(len(titles(who)) for who in people) < 10
    told.carry(after=broadcasting.LEASE + timedelta(seconds=1))
    assert [titles(who) for who in people] == [["断水のお知らせ"]] * 10
    assert progress_of(broadcast_named(chosen)).written == 12
    assert Broadcast.objects.get(pk=chosen).state == "done"


def test_a_slow_worker_whose_piece_was_taken_over_writes_nothing(told, officers):
    start_broadcast(by(officers["officer"], told), broadcast_id=draft(told, officers["officer"]))
    slow = broadcasting._claim_piece("normal", told.at)
    told.carry(after=broadcasting.LEASE + timedelta(seconds=1))
    written = progress_of(Broadcast.objects.get(priority="normal", name="")).written
    assert (broadcasting.write_piece(slow, at=told.at), written) == ([], 2)


@pytest.mark.postgres
def test_eight_workers_at_once_write_each_copy_once(told, officers):
    people = [told.person(f"person{number}") for number in range(40)]
    chosen = draft(told, officers["officer"])
    start_broadcast(by(officers["officer"], told), broadcast_id=chosen)

    def worker():
        for _ in range(30):
            fan_out_some(priority="normal", at=told.at)
        connection.close()

    workers = [threading.Thread(target=worker) for _ in range(8)]
    for each in workers:
        each.start()
    for each in workers:
        each.join()
    progress = progress_of(broadcast_named(chosen))
    assert (progress.state, progress.written, Dispatch.objects.count()) == ("done", 42, 42)
    assert all(titles(who) == ["断水のお知らせ"] for who in people[:5])


def test_it_can_be_stopped_and_what_waits_is_not_sent(told, officers):
    for number in range(10):
        told.person(f"person{number}")
    chosen = draft(told, officers["officer"])
    start_broadcast(by(officers["officer"], told), broadcast_id=chosen)
    fan_out_some(priority="normal", at=told.at)
    stop_broadcast(by(officers["officer"], told), broadcast_id=chosen)
    told.carry()
    progress = progress_of(broadcast_named(chosen))
    assert (progress.state, progress.written) == ("stopped", 3)
    assert {row.state for row in Delivery.objects.filter(broadcast_id=chosen)} == {"dropped"}
    with pytest.raises(BroadcastNotOpen):
        stop_broadcast(by(officers["officer"], told), broadcast_id=chosen)
    with pytest.raises(BroadcastNotOpen):
        start_broadcast(by(officers["officer"], told), broadcast_id=chosen)


def test_a_trial_reaches_its_writer_alone_and_is_marked(told, officers):
    hanako = told.person()
    chosen = draft(told, officers["officer"])
    try_broadcast(by(officers["officer"], told), broadcast_id=chosen)
    told.carry()
    assert (titles(officers["officer"]), titles(hanako)) == (["【ためし】断水のお知らせ"], [])
    assert Broadcast.objects.get(pk=chosen).state == "draft"


def test_danger_to_life_wants_a_second_right_and_the_number_of_people(told, officers):
    hanako = told.person()
    with pytest.raises(NotAllowed):
        draft(told, officers["officer"], category="safety", priority="life")
    chosen = draft(told, officers["administrator"], category="safety", priority="life")
    for wrong in (None, 2, 4):
        with pytest.raises(NotConfirmed):
            start_broadcast(by(officers["administrator"], told), broadcast_id=chosen, confirmed=wrong)
    with pytest.raises(NotAllowed):
        start_broadcast(by(officers["officer"], told), broadcast_id=chosen, confirmed=3)
    with pytest.raises(NotAllowed):
        stop_broadcast(by(officers["officer"], told), broadcast_id=chosen)
    told.carry("life")
    assert titles(hanako) == []
    start_broadcast(by(officers["administrator"], told), broadcast_id=chosen, confirmed=3)
    told.carry()
    assert titles(hanako) == []
    told.carry("life")
    assert (titles(hanako), inbox(hanako)[0]["priority"]) == (["断水のお知らせ"], "life")


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"texts": {}}, BroadcastWithoutText),
        ({"texts": {"en": TEXTS["en"]}}, BroadcastWithoutText),
        ({"texts": TEXTS | {"ko": {"title": "x", "body": " "}}}, BroadcastWithoutText),
        ({"texts": {"ja": {"title": "x" * 81, "body": "x"}}}, BroadcastWithoutText),
        ({"texts": {"ja": {"title": "x", "body": "x" * 2_001}}}, BroadcastWithoutText),
        ({"category": "unheard"}, CategoryUnknown),
        ({"category": "account"}, CategoryUnknown),
        ({"to": ("role", "king")}, AudienceUnknown),
        ({"to": ("myself", "")}, AudienceUnknown),
        ({"to": ("language", "xx")}, AudienceUnknown),
        ({"to": ("everyone", "x")}, AudienceUnknown),
    ],
)
def test_what_cannot_be_sent_is_refused_when_it_is_written(told, officers, change, fault):
    with pytest.raises(fault):
        draft(told, officers["officer"], **change)
    assert Broadcast.objects.count() == 0


def test_nobody_else_writes_to_all(told, officers):
    with pytest.raises(NotAllowed):
        draft(told, told.person())
    assert Broadcast.objects.count() == 0


def test_an_app_tells_many_the_same_once(told, officers):
    hanako = told.person()
    for _ in range(2):
        values = {"minutes": 30, "day": NOON.date()}
        broadcast(told.act(), message="toy.bus_late", values=values, audience=audience("residents"), dedupe="line 1")
    told.carry()
    assert [message["body"] for message in inbox(hanako, "en")] == ["21 Nov (Sat) 30"]


def test_copies_are_written_for_running_messages_alone(told, officers):
    hanako = told.person()
    chosen = draft(told, officers["officer"])
    with connection.cursor() as cursor:
        cursor.execute("SELECT accounts_write_copies(%s, %s, %s)", [chosen, [chosen], [hanako.resident_id]])
        assert cursor.fetchone() == (0,)
    assert titles(hanako) == []


def test_old_deliveries_and_messages_go(told, officers):
    hanako = told.person()
    told.notify(hanako)
    told.carry()
    told.at = NOON + timedelta(days=29)
    clear_messages(told.act())
    assert Delivery.objects.filter(resident_id=hanako.resident_id).count() == 1
    told.at += timedelta(days=2000)
    clear_messages(told.act())
    assert Delivery.objects.count() == 0
    assert len(inbox(hanako)) == 1  # never one of the last 300 days, whatever is asked
