"""The law of the live inbox: what a phone had, plus what it was told, is what it would read afresh."""

import random
import threading

import msgspec
import pytest
from django.db import connection

from accounts.selectors.messages import KEPT, read_inbox
from accounts.services.notices.broadcasting import fan_out_some
from accounts.services.notices.drafting import draft_broadcast, start_broadcast
from accounts.services.notices.reading import mark_all_read, mark_read
from kernel.contributions import feed_named
from kernel.principal import SYSTEM
from kernel.use_case import Act
from tests.wallet.test_feeds import Wire


class Phone:
    """A phone that read a snapshot once and folds what it hears, as docs/realtime.md says."""

    def __init__(self, who, told):
        self.topic, self.told = f"accounts.inbox:{who.resident_id}", told
        self.shows = self.afresh()

    def afresh(self):
        return msgspec.to_builtins(feed_named("accounts.inbox").snapshot(self.topic, at=self.told.at))

    def hear(self, mark):
        for kind, data in feed_named("accounts.inbox").events(self.topic, mark, at=self.told.at):
            self.fold(kind, msgspec.to_builtins(data))

    def fold(self, kind, data):
        if kind == "unread.changed" and data["unread"]["version"] > self.shows["unread"]["version"]:
            self.shows["unread"] = data["unread"]
        if kind == "message.changed":
            new = data["message"]
            held = next((row for row in self.shows["messages"] if row["id"] == new["id"]), None)
            if held is None or held["version"] < new["version"]:
                others = [row for row in self.shows["messages"] if row["id"] != new["id"]]
                newest = sorted([new, *others], key=lambda row: (row["at"], row["id"]), reverse=True)
                self.shows["messages"] = newest[:KEPT]


def same(one, other):
    """Tell whether two phones show the same; the versions of two readings of the same state differ."""
    return (one["messages"], one["unread"]["unread"]) == (other["messages"], other["unread"]["unread"])


@pytest.mark.slow  # sixty acts, each followed by two fresh readings
@pytest.mark.parametrize("seed", [1, 2])
def test_old_snapshot_and_events_are_the_fresh_snapshot(told, settings, seed):
    dice, hanako = random.Random(seed), told.person()
    wire, phone = Wire(settings.REDIS_URL), None
    phone = Phone(hanako, told)
    for number in range(60):
        told.at = told.at.replace(minute=number)
        act = Act(hanako.principal, at=told.at, key=f"reading-{number:08}")
        deed = dice.choice(["notify", "notify", "notify", "read", "all", "many"])
        unread = [row["id"] for row in phone.shows["messages"] if not row["is_read"]]
        if deed == "read" and unread:
            mark_read(act, message_id=dice.choice(unread))
        elif deed == "all":
            mark_all_read(act)
        elif deed == "many":
            many(told, number)
        else:
            told.notify(hanako)
        heard = [mark for topic, mark in wire.heard() if topic == phone.topic]
        for mark in dice.sample(heard * 2, len(heard) * 2):
            phone.hear(mark)
        assert same(phone.shows, phone.afresh()), (number, deed)
    assert len(phone.shows["messages"]) == KEPT


def many(told, number):
    """Send a message to everybody."""
    act = Act(SYSTEM, at=told.at, key=f"broadcast-{number:08}")
    text = {"ja": {"title": f"{number}", "body": "全員へ"}}
    drafted = draft_broadcast(
        act, texts=text, category="city", priority="normal", audience_kind="everyone", audience_value=""
    )
    start_broadcast(act, broadcast_id=drafted.id)
    while fan_out_some(priority="normal", at=told.at):
        pass


@pytest.mark.postgres
def test_of_two_counts_the_one_with_the_higher_version_is_the_later(told):
    """Readers race with writers; whatever order their counts arrive in, the highest version holds the last count."""
    hanako, counts = told.person(), []

    def write():
        for _ in range(25):
            told.notify(hanako)
        connection.close()

    def look():
        counts.extend(read_inbox(hanako.resident_id, "ja", lambda inbox: inbox.unread()) for _ in range(40))
        connection.close()

    crowd = [threading.Thread(target=each) for each in (write, write, look, look, look)]
    for each in crowd:
        each.start()
    for each in crowd:
        each.join()
    ordered = sorted(counts, key=lambda count: count.version)
    assert [count.unread for count in ordered] == sorted(count.unread for count in counts)
    by_version = {}
    for count in counts:
        assert by_version.setdefault(count.version, count.unread) == count.unread
    assert read_inbox(hanako.resident_id, "ja", lambda inbox: inbox.unread()).unread == 50
