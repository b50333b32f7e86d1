"""Notices: those that operators tell, as long as they tell them, and the city's own."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from accounts.errors import ReasonMissing
from kernel.ids import new_id
from kernel.principal import SYSTEM
from kernel.problems import NotAllowed, NotFound
from kernel.use_case import Act
from mobility.engine.live.news import AlertNews, Concerned, Message, TripRef
from mobility.engine.live_results import AlertDraft, Touched
from mobility.errors import AlertEnded, AlertUnfit
from mobility.gateways.feed_files import pack
from mobility.models import AlertStep, ServiceAlert
from mobility.selectors.live import alerts_now, message_out
from mobility.selectors.live.alerts import Subject, concerns
from mobility.services.feeds import current_network
from mobility.services.live import change_alert, end_alert, forget_old_alerts, poll_due, publish_alert, write_alert
from tests.mobility.bringing.office import bring, register
from tests.mobility.bringing.test_bringing import Visitor
from tests.mobility.feeds import written
from tests.mobility.live.operator import DAY, EIGHT, source

pytestmark = pytest.mark.django_db
SECOND = int(EIGHT.timestamp())
WORKS = AlertNews(
    "works", ((SECOND - 60, SECOND + 3600),), (Concerned(route_id="r"), Concerned(stop_id="B")), "construction", "detour",
    "warning", {"ja": "https://bus.example/"}, {"ja": "工事", "en": "Works", "ko": "공사"}, {"ja": "う回します"},
)  # fmt: skip


def tells(operator, at=EIGHT, **alerts):
    operator.says["alerts"] = Message(int(at.timestamp()), alerts=alerts)
    poll_due(at=at)


def headers(at=EIGHT, language="ja", **about):
    return [each.header for each in alerts_now(at=at, language=language, **about).alerts]


def test_an_operators_notice_stands_as_long_as_it_is_told(town, operator):
    row = source("alerts")
    tells(operator, works=WORKS)
    (alert,) = alerts_now(at=EIGHT, language="en").alerts
    assert (alert.header, alert.description) == ("Works", "う回します")
    assert (alert.url, alert.by) == ("https://bus.example/", "赤バスの運行情報")
    assert alert.touched == [Touched(route="red:r"), Touched(stop="red:B")]
    first = ServiceAlert.objects.get()
    tells(operator, EIGHT + timedelta(seconds=30), works=WORKS)
    assert ServiceAlert.objects.get().changed_at == first.changed_at
    tells(operator, EIGHT + timedelta(minutes=1))
    assert headers(EIGHT + timedelta(minutes=1)) == []
    assert ServiceAlert.objects.get().ended_at == EIGHT + timedelta(minutes=1)
    tells(operator, EIGHT + timedelta(minutes=2), works=WORKS)
    assert headers(EIGHT + timedelta(minutes=2)) == ["工事"]
    assert row.alerts.count() == 2


def test_it_stands_in_its_periods_and_not_after_its_operator_fell_silent(town, operator):
    source("alerts", poll_seconds=3600)
    later = SECOND + 7200, None
    tells(
        operator,
        works=WORKS,
        later=AlertNews("later", (later,), header={"": "あとで"}),
        always=AlertNews("a", header={"en": "Always"}),
    )
    assert sorted(headers()) == ["Always", "工事"]
    assert headers(EIGHT + timedelta(hours=1)) == ["Always"]
    assert sorted(headers(EIGHT + timedelta(hours=2))) == ["Always", "あとで"]
    assert headers(EIGHT + timedelta(hours=6, minutes=1)) == []


def test_notices_are_asked_for_by_route_and_stop(town, operator):
    source("alerts")
    narrow = AlertNews("n", (), (Concerned(route_id="r", stop_id="A"),), header={"ja": "Aだけ"})
    tells(operator, works=WORKS, narrow=narrow, all=AlertNews("all", header={"ja": "全体"}))
    assert sorted(headers(route="red:r")) == ["全体", "工事"]
    assert sorted(headers(stop="red:B")) == ["全体", "工事"]
    assert sorted(headers(route="red:r", stop="red:A")) == ["Aだけ", "全体", "工事"]
    assert headers(stop="red:C") == ["全体"]


def test_an_entry_concerns_what_fits_in_all_that_it_names():
    ride = Subject("red:r", 3, "red:a", 1, ["red:A", "red:B"], "red:t8", DAY)
    for touched in (
        Touched(),
        Touched(agency="red:a", route_type=3),
        Touched(trip="red:t8", day=DAY),
        Touched(stop="red:B", direction=1),
    ):
        assert concerns([touched], ride)
    for touched in (
        Touched(route="red:r", stop="red:C"),
        Touched(direction=0),
        Touched(trip="red:t8", day=DAY + timedelta(days=1)),
    ):
        assert not concerns([touched], ride)
        assert concerns([touched, Touched(route="red:r")], ride)


def test_a_trip_that_is_named_with_its_route_is_marked_by_its_feed(town, operator):
    source("alerts")
    concerned = Concerned(trip=TripRef("t8", "r", 0, DAY), agency_id="a")
    tells(operator, x=AlertNews("x", (), (concerned,), header={"ja": "t8"}))
    (alert,) = alerts_now(at=EIGHT, language="ja").alerts
    assert alert.touched == [Touched(agency="red:a", route="red:r", direction=0, trip="red:t8", day=DAY)]


DRAFT = AlertDraft(
    header={"ja": "祭りのためバス停を移します", "en": "Stops moved for the festival"},
    effect="stop_moved",
    routes=["red:r"],
)


def act(at=EIGHT, principal=SYSTEM):
    return Act(principal, at=at, key=str(new_id(at)))


def test_the_city_writes_changes_and_takes_back_a_notice(town):
    kept = write_alert(act(), draft=DRAFT)
    (alert,) = alerts_now(at=EIGHT, language="en").alerts
    assert (alert.header, alert.by, alert.touched) == ("Stops moved for the festival", "", [Touched(route="red:r")])
    until = AlertDraft(header={"ja": "祭り"}, begins_at=EIGHT, ends_at=EIGHT + timedelta(hours=1), stops=["red:B"])
    change_alert(act(), alert_id=kept.id, draft=until)
    assert headers() == ["祭り"]
    assert headers(EIGHT + timedelta(hours=1)) == []
    with pytest.raises(ReasonMissing):
        end_alert(act(), alert_id=kept.id, why="")
    end_alert(act(), alert_id=kept.id, why="雨のため祭りが中止になった")
    assert headers() == []
    with pytest.raises(AlertEnded):
        change_alert(act(), alert_id=kept.id, draft=DRAFT)
    with pytest.raises(NotFound):
        change_alert(act(), alert_id=SYSTEM.actor, draft=DRAFT)


def test_an_operators_notice_is_not_the_citys_to_change(town, operator):
    source("alerts")
    tells(operator, works=WORKS)
    with pytest.raises(AlertEnded):
        change_alert(act(), alert_id=ServiceAlert.objects.get().pk, draft=DRAFT)
    assert headers() == ["工事"]


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"header": {"en": "only"}}, "header"), ({"header": {"ja": "x", "fr": "y"}}, "header"), ({"url": "http://x/"}, "url"),
        ({"description": {"ja": "x" * 2001}}, "description"), ({"begins_at": EIGHT, "ends_at": EIGHT}, "ends_at"),
        ({"stops": ["red:A"] * 201}, "routes"),
    ],
)  # fmt: skip
def test_a_notice_that_cannot_be_kept_is_refused(db, told, field):
    with pytest.raises(AlertUnfit) as refused:
        write_alert(act(), draft=AlertDraft(**{"header": {"ja": "x"}} | told))
    assert [each.field for each in refused.value.errors] == [field]
    assert not ServiceAlert.objects.exists()


def test_whoever_has_no_right_writes_nothing(db):
    with pytest.raises(NotAllowed):
        write_alert(act(principal=Visitor()), draft=DRAFT)
    assert not ServiceAlert.objects.exists()


def test_old_notices_of_operators_go_and_the_citys_stay(town, operator):
    source("alerts")
    tells(operator, works=WORKS)
    tells(operator, EIGHT + timedelta(minutes=1))
    kept = write_alert(act(), draft=DRAFT)
    end_alert(act(), alert_id=kept.id, why="おわり")
    assert forget_old_alerts(at=EIGHT + timedelta(days=29)) == 0
    assert forget_old_alerts(at=EIGHT + timedelta(days=31)) == 1
    with pytest.raises(DatabaseError), transaction.atomic():
        ServiceAlert.objects.get().delete()


def test_a_stop_that_two_feeds_share_is_named_as_the_network_names_it(town, operator):
    register("blue")
    bring(
        "blue", pack(written("B D", {"u": "B 8:00, D 8:10"}, services="all,1,1,1,1,1,1,1,20260601,20261231")), at=EIGHT
    )
    source("alerts", feed="blue", is_open=True, licence="CC BY 4.0")
    tells(operator, x=AlertNews("x", (), (Concerned(stop_id="B"), Concerned(stop_id="D")), header={"ja": "工事"}))
    network = current_network(at=EIGHT)
    named = [network.feed.stop_id[network.catalogues["blue"].stop_of[stop]] for stop in "BD"]
    (alert,) = alerts_now(at=EIGHT, language="ja").alerts
    assert [each.stop for each in alert.touched] == named
    (told,) = message_out("alerts", network, at=EIGHT, feed="blue").alerts.values()
    assert [each.stop_id for each in told.concerned] == ["B", "D"]


def test_a_draft_is_seen_by_nobody_until_it_is_published(town):
    kept = write_alert(act(), draft=DRAFT, is_draft=True)
    assert headers() == []
    assert message_out("alerts", current_network(at=EIGHT), at=EIGHT).alerts == {}
    publish_alert(act(), alert_id=kept.id)
    publish_alert(act(), alert_id=kept.id)
    assert headers() == ["祭りのためバス停を移します"]
    assert list(message_out("alerts", current_network(at=EIGHT), at=EIGHT).alerts) == [kept.id.hex]
    with pytest.raises(NotAllowed):
        publish_alert(act(principal=Visitor()), alert_id=kept.id)


def test_what_was_said_is_kept(town):
    kept = write_alert(act(), draft=DRAFT, is_draft=True)
    publish_alert(act(EIGHT + timedelta(minutes=1)), alert_id=kept.id)
    change_alert(act(EIGHT + timedelta(minutes=2)), alert_id=kept.id, draft=AlertDraft(header={"ja": "祭りは延期です"}))
    end_alert(act(EIGHT + timedelta(minutes=3)), alert_id=kept.id, why="雨")
    steps = AlertStep.objects.order_by("at")
    assert [(step.deed, step.said["header"]["ja"], step.why) for step in steps] == [
        ("written", DRAFT.header["ja"], ""), ("published", DRAFT.header["ja"], ""), ("changed", "祭りは延期です", ""),
        ("ended", "祭りは延期です", "雨"),
    ]  # fmt: skip
    with pytest.raises(DatabaseError), transaction.atomic():
        AlertStep.objects.update(why="")
