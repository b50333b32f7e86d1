"""Sources are kept by officers: added, changed, paused, asked at once; their addresses lead out of the city, their keys stay in."""

import pytest

from accounts.errors import ReasonMissing
from kernel.ids import new_id
from kernel.principal import SYSTEM
from kernel.problems import NotAllowed
from kernel.use_case import Act
from mobility.engine.live.news import AlertNews, Message
from mobility.engine.live_results import LiveDraft
from mobility.errors import FeedSourceUnfit, LiveAway, LiveSourceRetired, LiveSourceUnfit
from mobility.gateways import live_store
from mobility.models import LiveSource
from mobility.selectors.live import alerts_now
from mobility.services.live import (
    ask_now,
    pause_live_source,
    poll_due,
    publish_changes,
    register_live_source,
    resume_live_source,
    retire_live_source,
)
from tests.mobility.bringing.office import register
from tests.mobility.bringing.test_bringing import Visitor
from tests.mobility.live.operator import EIGHT, arrives, late, source

pytestmark = pytest.mark.django_db


def act(principal=SYSTEM):
    return Act(principal, at=EIGHT, key=str(new_id(EIGHT)))


def test_what_a_paused_source_said_counts_no_more_until_it_goes_on(town, operator):
    row = source()
    operator.says["trip_updates"] = late(300)
    poll_due(at=EIGHT)
    publish_changes(at=EIGHT)
    assert arrives("A", "C", 8.5) == "9:25:00"
    with pytest.raises(ReasonMissing):
        pause_live_source(act(), source_id=row.pk, why=" ")
    pause_live_source(act(), source_id=row.pk, why="提供元の時刻がずれている")
    asked = len(operator.asked)
    assert poll_due(at=EIGHT.replace(hour=9)) == 0
    assert len(operator.asked) == asked
    publish_changes(at=EIGHT)
    assert arrives("A", "C", 8.5) == "9:20:00"
    resume_live_source(act(), source_id=row.pk)
    assert poll_due(at=EIGHT) == 1
    publish_changes(at=EIGHT)
    assert arrives("A", "C", 8.5) == "9:25:00"


def test_notices_of_a_paused_source_are_not_shown(town, operator):
    row = source("alerts")
    operator.says["alerts"] = Message(int(EIGHT.timestamp()), alerts={"a": AlertNews("a", header={"ja": "工事"})})
    poll_due(at=EIGHT)
    assert len(alerts_now(at=EIGHT, language="ja").alerts) == 1
    pause_live_source(act(), source_id=row.pk, why="古いお知らせが残っている")
    assert alerts_now(at=EIGHT, language="ja").alerts == []


def test_a_source_is_asked_at_once_and_says_how_it_is(town, operator):
    row = source(at=EIGHT.replace(hour=20))  # not due for hours
    assert ask_now(SYSTEM, source_id=row.pk, at=EIGHT).outcome == "away"
    operator.says["trip_updates"] = b"\xff"
    assert ask_now(SYSTEM, source_id=row.pk, at=EIGHT).report["code"] == "not_protobuf"
    operator.says["trip_updates"] = late(60)
    heard = ask_now(SYSTEM, source_id=row.pk, at=EIGHT)
    assert (heard.outcome, heard.report["trips"], heard.good_at) == ("good", 1, EIGHT)
    publish_changes(at=EIGHT)
    assert LiveSource.objects.get().report["matched"] == {"trips": 1, "unmatched": {}, "examples": []}
    assert ask_now(SYSTEM, source_id=row.pk, at=EIGHT).report["matched"]["trips"] == 1  # until it is counted anew
    with pytest.raises(NotAllowed):
        ask_now(Visitor(), source_id=row.pk, at=EIGHT)
    retire_live_source(act(), source_id=row.pk, why="契約の終わり")
    for deed in (
        lambda: ask_now(SYSTEM, source_id=row.pk, at=EIGHT),
        lambda: resume_live_source(act(), source_id=row.pk),
    ):
        with pytest.raises(LiveSourceRetired):
            deed()


def test_where_nothing_can_be_kept_that_is_said(town, operator, monkeypatch):
    def away(*_told):
        raise live_store.StoreAway

    row = source()
    operator.says["trip_updates"] = late(60)
    monkeypatch.setattr(live_store, "keep_message", away)
    with pytest.raises(LiveAway):
        ask_now(SYSTEM, source_id=row.pk, at=EIGHT)


INSIDE = [
    "http://127.0.0.1/x", "http://127.1/x", "http://2130706433/x", "http://0x7f000001/x", "http://[::1]/x", "http://10.1.2.3/x",
    "http://192.168.0.9:8080/x", "http://169.254.169.254/latest", "http://[::ffff:127.0.0.1]/x", "http://localhost/x",
    "http://LOCALHOST./x", "https://db.localhost/x",
]  # fmt: skip


@pytest.mark.parametrize("url", INSIDE)
def test_an_address_within_the_city_is_refused_at_once(town, url, settings):
    settings.FEEDS = settings.FEEDS | {"from_private": False}
    draft = LiveDraft(kind="trip_updates", name="x", url=url, feed="red")
    with pytest.raises(LiveSourceUnfit) as refused:
        register_live_source(act(), draft=draft)
    assert [(each.field, each.code) for each in refused.value.errors] == [("url", "private")]
    with pytest.raises(FeedSourceUnfit):
        register("blue", url=url)
    assert not LiveSource.objects.exists()
    settings.FEEDS = settings.FEEDS | {"from_private": True}
    register_live_source(act(), draft=draft)


@pytest.mark.parametrize(
    "url", ["ftp://x.example/", "https://a b.example/", "https://x.example/" + "a" * 1000, "demo:", ""]
)
def test_an_address_that_is_none_is_refused(town, url, settings):
    settings.DEMO = False
    with pytest.raises(LiveSourceUnfit) as refused:
        register_live_source(act(), draft=LiveDraft(kind="trip_updates", name="x", url=url, feed="red"))
    assert [each.field for each in refused.value.errors] == ["url"]
