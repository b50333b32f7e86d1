"""The desk of running data: an officer sees how each source is, in sentences, and keeps them."""

import re
from datetime import timedelta

import pytest

from kernel import clock
from kernel.keys import unseal_for_city
from mobility.engine.live.news import Message, TripNews, TripRef, VehicleNews
from mobility.models import LiveSource
from mobility.services.live import poll_due, publish_changes
from mobility.services.live.sources import SEALED
from tests.mobility.live.conftest import _just_started, operator, town  # noqa: F401 - the line and its operator
from tests.mobility.live.operator import DAY, EIGHT, late, source
from tests.mobility.pages.desks import at_the_desk, said, whole
from tests.wallet.callers import City

pytestmark = pytest.mark.django_db(transaction=True)
DESK = "/admin/live/"
FORM = {"kind": "trip_updates", "name": "赤バス", "feed": "red", "url": "https://bus.example/rt", "poll_seconds": "30"}


@pytest.fixture
def officer(monkeypatch):
    desk = at_the_desk(City().city_office()[0])
    monkeypatch.setattr(clock, "now", lambda: EIGHT)
    return desk


def test_an_empty_desk_says_what_to_do(db, officer):
    told = said(officer.get(DESK))
    assert "提供元はまだありません。" in told
    assert "下から加えられます。" in told


def test_what_is_heard_is_told_with_its_age_and_how_much_of_it_was_found(town, officer, operator):  # noqa: F811
    source()
    source("vehicle_positions", name="赤バスの位置")
    calls = late(60).trips["e"]
    ghosts = {"x": TripNews(TripRef("t77", start_day=DAY)), "y": TripNews(TripRef("t78", start_day=DAY))}
    operator.says["trip_updates"] = Message(int(EIGHT.timestamp()), trips={"e": calls} | ghosts)
    bus = VehicleNews("7", "", TripRef("t8", start_day=DAY), 32.0, 130.7, at=int(EIGHT.timestamp()))
    lost = VehicleNews("8", "", TripRef("t88", start_day=DAY), 32.0, 130.7, at=int(EIGHT.timestamp()))
    operator.says["vehicle_positions"] = Message(int(EIGHT.timestamp()), vehicles={"a": bus, "b": lost})
    poll_due(at=EIGHT - timedelta(seconds=12))
    poll_due(at=EIGHT)
    publish_changes(at=EIGHT)
    told = said(officer.get(DESK))
    assert "3便のうち、1便が時刻表の便と合い、2便が合いません。" in told
    assert "2件：便の番号（trip_id）が、いまの時刻表にありません。" in told
    assert "車両2台" in told
    assert "2便のうち、1便が時刻表の便と合い、1便が合いません。" in told
    assert "2か所に、うまく使えないものがあります。" in told
    page = said(officer.get(f"{DESK}{LiveSource.objects.get(kind='trip_updates').pk}"))
    assert "0秒前" in page
    assert "unknown_trip t77" in page


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (None, "相手のサーバーが、ファイルの代わりに404を返しました。"),
        (b"<html>", "GTFS-Realtimeとして読み取れません。アドレスが正しいか、提供元にご確認ください。"),
        (late(60, at=EIGHT - timedelta(hours=2)), "提供元が最後に書きかえたのは2時間前です。古いため使わず、予定どおりに"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_a_sentence(town, officer, operator, answer, sentence):  # noqa: F811
    row = source()
    if answer is not None:
        operator.says["trip_updates"] = answer
    page = officer.post(f"{DESK}{row.pk}", {"deed": "try"}, follow=True)
    assert sentence in said(page)
    assert "いま取りに行きました。" in whole(page)


def test_where_nobody_asks_any_more_that_is_said(town, officer):  # noqa: F811
    source(at=EIGHT - timedelta(minutes=10))
    assert "10分前から取りに行けていません。" in said(officer.get(DESK))


def test_a_source_is_added_changed_paused_and_ended(town, officer):  # noqa: F811
    answer = officer.post(f"{DESK}new", FORM | {"headers": "X-Api-Key: secret-1\nX-Town: hitoyoshi"})
    assert answer["Location"] == DESK
    row = LiveSource.objects.get()
    kept = unseal_for_city(row.key_version, bytes(row.sealed_headers), SEALED)
    assert kept == b'{"X-Api-Key":"secret-1","X-Town":"hitoyoshi"}'
    page = officer.get(f"{DESK}{row.pk}").content.decode()
    assert "secret-1" not in page
    assert "いまのキーがあります。" in page
    officer.post(f"{DESK}{row.pk}", FORM | {"deed": "change", "name": "赤いバス"})
    row.refresh_from_db()
    assert (row.name, row.key_version is None) == ("赤いバス", False)
    officer.post(f"{DESK}{row.pk}", FORM | {"deed": "change", "forget_headers": "yes"})
    row.refresh_from_db()
    assert row.sealed_headers is None
    assert "理由" in whole(officer.post(f"{DESK}{row.pk}", {"deed": "pause", "why": ""}, follow=True))
    assert "一時停止中" in said(officer.post(f"{DESK}{row.pk}", {"deed": "pause", "why": "点検"}, follow=True))
    assert "一時停止中" not in said(officer.post(f"{DESK}{row.pk}", {"deed": "resume"}, follow=True))
    assert "終了" in said(officer.post(f"{DESK}{row.pk}", {"deed": "retire", "why": "契約の終わり"}, follow=True))
    assert officer.post(f"{DESK}{row.pk}", {"deed": "else"}).status_code == 404


def test_a_form_that_is_sent_twice_adds_one_source(town, officer):  # noqa: F811
    key = re.search(r'name="key" value="([^"]+)"', officer.get(f"{DESK}new").content.decode())[1]
    assert {officer.post(f"{DESK}new", FORM | {"key": key})["Location"] for _ in range(2)} == {DESK}
    assert LiveSource.objects.get().name == "赤バス"
    officer.post(f"{DESK}new", FORM)
    assert LiveSource.objects.count() == 2


def test_what_was_typed_stays_where_it_is_refused_but_for_keys(town, officer, settings):  # noqa: F811
    settings.FEEDS = settings.FEEDS | {"from_private": False}
    wrong = FORM | {
        "url": "http://127.0.0.1/rt",
        "feed": "",
        "poll_seconds": "5",
        "is_open": "yes",
        "headers": "X-Api-Key: secret-1",
    }
    page = officer.post(f"{DESK}new", wrong)
    told, body = said(page), page.content.decode()
    for sentence in (
        "市の中のアドレスには取りに行けません。", "時刻表の提供元を選んでください。", "10から3600までの秒数にしてください。",
        "配るには、ライセンスを入力してください。", "キーは画面に残していません。もう一度入力してください。",
    ):  # fmt: skip
        assert sentence in told
    assert 'value="http://127.0.0.1/rt"' in body
    assert "secret-1" not in body
    assert not LiveSource.objects.exists()
