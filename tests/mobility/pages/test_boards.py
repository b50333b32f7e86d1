"""The board of a stop: read without a script, in five languages, and honest about what it does not know."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import translation

from kernel.ids import new_id
from kernel.principal import SYSTEM_ACTOR
from mobility.engine.live import Catalogue, Gathering, overlaid
from mobility.engine.live.news import TripNews, TripRef
from mobility.models import ServiceAlert
from mobility.pages import boards
from mobility.pages.board_words import LANGUAGE_NAMES, day_in_words
from mobility.selectors.stops.signs import LANGUAGES, turn_at
from mobility.services import current_network
from tests.mobility.town import FRIDAY_MORNING

pytestmark = pytest.mark.django_db
TAG = re.compile(r"<[^>]+>")


def page(path="town:S2", language="ja", **query):
    return Client().get(f"/boards/{path}", {"lang": language} | query if language else query)


def rows(answer):
    """Return the cells of each row as they are read."""
    body = answer.content.decode().partition("<tbody")[2].partition("</tbody>")[0]
    return [
        [" ".join(TAG.sub(" ", cell).split()) for cell in re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL)]
        for row in re.findall(r"<tr[^>]*>(.*?)</tr>", body, re.DOTALL)
    ]


def text(answer):
    return " ".join(TAG.sub(" ", answer.content.decode()).split())


def test_a_board_says_what_leaves_next(town, at):
    at(FRIDAY_MORNING - timedelta(minutes=7))
    answer = page()
    assert rows(answer) == [
        ["7 分", "08:00", "まちなか線", "市役所", "1"],
        ["67 分", "09:00", "まちなか線", "市役所", "1"],
        ["1月10日（土）", "00:30 最終", "まちなか線", "市役所", "2"],
        ["1月10日（土）", "10:00", "循環線", "循環", "1"],
    ]
    said = text(answer)
    assert "人吉駅前 ひとよしえきまえ" in said
    assert "07:53 1月9日（金）" in said
    assert "本日の最終 00:30 まちなか線 市役所" in said
    assert '<noscript><meta http-equiv="refresh" content="30"></noscript>' in answer.content.decode()
    assert (answer["Cache-Control"], answer["Content-Language"]) == ("no-cache", "ja")
    assert "style=" not in answer.content.decode()


def test_within_the_minute_it_is_soon(town, at):
    at(FRIDAY_MORNING - timedelta(seconds=59))
    assert rows(page())[0][0] == "まもなく"


def test_late_and_cancelled_vehicles_are_told_in_words(town, at, monkeypatch):
    network, news = current_network(at=FRIDAY_MORNING), Gathering()
    catalogue = Catalogue(
        network.timetable, trip_ids=network.feed.trip_id, stop_of=dict(network.stop_numbers),
        route_ids=network.feed.route_id, trip_route=network.feed.trip_route,
    )  # fmt: skip
    said = [TripNews(TripRef("town:t1"), delay_s=200), TripNews(TripRef("town:t2"), kind="canceled")]
    news.take(said, catalogue, int(FRIDAY_MORNING.timestamp()))
    live = network.with_live(overlaid(network.timetable, news.changes()))
    monkeypatch.setattr(boards, "live_network", lambda **_at: live)
    assert rows(page())[:2] == [
        ["3 分", "08:00 08:03 3分遅れ", "まちなか線", "市役所", "1"], ["運休", "09:00", "まちなか線", "市役所", "1"],
    ]  # fmt: skip


def test_notices_take_the_place_of_departures(town):
    for n in range(3):
        ServiceAlert.objects.create(
            id=new_id(), header={"ja": f"工事 {n}", "en": f"Works {n}"}, written_by=SYSTEM_ACTOR, made_at=FRIDAY_MORNING,
            changed_at=FRIDAY_MORNING + timedelta(seconds=n),
        )  # fmt: skip
    said = text(page(language="en"))
    assert "Works 2" in said
    assert "Works 1" in said
    assert "Works 0" not in said


def test_after_the_last_one_the_next_day_is_told(town, at):
    at(datetime(2026, 1, 9, 0, 0, tzinfo=UTC))
    said = text(page("town:c"))
    assert "本日の運行は終わりました。 次は 1月12日（月） 08:30 です。" in said
    assert rows(page("town:c")) == []


def test_a_timetable_that_has_ended_is_said(town, at):
    at(datetime(2026, 3, 1, tzinfo=UTC))
    assert "この時刻表は1月31日（土）で終わりました。" in text(page())


@pytest.mark.parametrize(
    ("language", "tag", "stop", "says"),
    [
        ("ja", "ja", "人吉駅前", "発車案内"), ("ja-easy", "ja", "人吉駅前", "やさしい日本語"),
        ("en", "en", "Hitoyoshi Sta.", "City Hall"),
        ("zh-hans", "zh-Hans", "人吉駅前", "简体中文"), ("ko", "ko", "人吉駅前", "시청"),
    ],
)  # fmt: skip
def test_a_language_can_be_chosen(town, language, tag, stop, says):
    answer = page(language=language)
    assert f'<html lang="{tag}"' in answer.content.decode()
    assert answer["Content-Language"] == tag
    assert f"<h1>{stop}" in answer.content.decode()
    assert says in text(answer)
    assert translation.get_language() == "ja"


def test_without_a_choice_the_languages_take_turns(town, at):
    start = datetime(2026, 1, 9, 0, 0, tzinfo=UTC)
    seen = []
    for n in range(6):
        at(start + timedelta(seconds=12 * n))
        seen.append(page(language=None)["Content-Language"])
    first = LANGUAGES.index("ja-easy") if seen[0] == "ja" and seen[1] == "ja" else 0
    assert sorted(set(seen)) == ["en", "ja", "ko", "zh-Hans"]
    assert seen[0] == seen[5]
    assert first in {0, 4}
    two = turn_at(start, ["ko", "en", "xx"])
    assert (two.languages, two.until - start) == (["en", "ko"], timedelta(seconds=12))
    assert {turn_at(start + timedelta(seconds=12 * n), ["ko", "en"]).language for n in range(2)} == {"en", "ko"}


@pytest.mark.parametrize(
    ("look", "attribute"), [("dark", ' data-look="dark"'), ("light", ' data-look="light"'), ("x", "")]
)
def test_dark_and_light_can_be_chosen(town, look, attribute):
    assert f'<html lang="ja"{attribute}>' in page(look=look).content.decode()


def test_a_stop_that_is_not_there_is_not_found(town):
    assert page("town:nowhere").status_code == 404


def test_without_a_timetable_that_is_said_on_the_board(db, at):
    at(FRIDAY_MORNING)
    assert "時刻表がまだ登録されていません" in text(page("S"))
    assert Client().get("/boards/").status_code == 503


def test_the_stop_is_chosen_from_a_list_or_by_its_name(town):
    def offered(**query):
        body = Client().get("/boards/", query).content.decode()
        return re.findall(r'href="/boards/([^"]+)">([^< ]+)', body)

    assert offered() == [("town:k1", "九日町"), ("town:S", "人吉駅前"), ("town:c", "市役所")]
    assert offered(q="ここのか") == offered(q="kokono") == [("town:k1", "九日町")]
    assert offered(q="<script>") == []


def test_days_are_told_as_people_read_them():
    day = datetime(2026, 11, 21, tzinfo=UTC).date()
    assert [day_in_words(day, each) for each in LANGUAGE_NAMES] == [
        "11月21日（土）", "11月21日（土）", "Sat 21 Nov", "11月21日（六）", "11월 21일(토)",
    ]  # fmt: skip
