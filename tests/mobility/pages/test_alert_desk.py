"""The desk of notices: written, looked at, published, changed and withdrawn, and seen wherever people look."""

import re

import pytest
from django.test import Client

from mobility.gateways.gtfs_realtime import read_message
from mobility.models import ServiceAlert
from tests.mobility.pages.desks import at_the_desk, said, whole
from tests.wallet.callers import City

pytestmark = pytest.mark.django_db(transaction=True)
DESK = "/admin/service-alerts/"
FORM = {
    "header_ja": "九日町のバス停が移ります", "header_ja-easy": "バスの のりばが かわります",
    "header_en": "Kokonokamachi stop moves",
    "header_zh-hans": "九日町站点迁移", "header_ko": "고코노카마치 정류장 이동", "description_ja": "祭りのため、50m東へ移ります。",
    "effect": "stop_moved", "cause": "special_event", "severity": "warning", "begins_at": "2026-01-09T07:00",
    "ends_at": "2026-01-09T20:00", "stop": ["town:k1"], "deed": "keep",
}  # fmt: skip


@pytest.fixture
def officer(town):
    return at_the_desk(City().city_office()[0])


def board(stop, language="ja"):
    body = Client().get(f"/boards/{stop}", {"lang": language}).content.decode()
    return re.findall(r'class="alert">.*?<span>(.*?)</span>', body, re.DOTALL)


def passed_on():
    answer = Client().get("/api/v1/mobility/realtime/alerts.pb?feed=town")
    return list(read_message(answer.content).message.alerts.values())


def asked(language):
    told = {"from": {"stop": "town:S"}, "to": {"stop": "town:c"}, "at": "2026-01-09T08:00:00+09:00"}
    answer = Client().post(
        "/api/v1/mobility/journeys", told, content_type="application/json", headers={"Accept-Language": language}
    )
    assert answer.status_code == 200, answer.content
    return [each["header"] for each in answer.json()["alerts"]]


def written(officer, **more):
    officer.post(f"{DESK}new", FORM | more)
    return ServiceAlert.objects.get()


def test_an_empty_desk_says_what_notices_are_for(officer):
    assert "市のお知らせはまだありません。" in said(officer.get(DESK))


def test_a_notice_is_drafted_looked_at_published_and_seen_everywhere(officer):
    row = written(officer)
    page = said(officer.get(f"{DESK}{row.pk}"))
    for text in (
        FORM["header_ja"],
        FORM["header_ko"],
        "下書き（職員だけに見えます）",
        "九日町",
        "停留所が移る",
        "行事・祭り",
    ):
        assert text in page
    assert (board("town:k1"), asked("ja"), passed_on()) == ([], [], [])
    told = officer.post(f"{DESK}{row.pk}", {"deed": "publish"}, follow=True)
    assert "公開しました。" in whole(told)
    assert board("town:k2") == [FORM["header_ja"]]  # the pole on the other side of the street as well
    assert board("town:k1", "en") == [FORM["header_en"]]
    assert board("town:S") == []
    assert asked("ja") == [FORM["header_ja"]]
    assert asked("zh-hans") == [FORM["header_zh-hans"]]
    (out,) = passed_on()
    assert (out.effect, out.cause, out.severity) == ("stop_moved", "special_event", "warning")
    assert {each.stop_id for each in out.concerned} == {"k1", "k2"}
    assert out.header == {
        "ja": FORM["header_ja"], "ja-x-Easy": FORM["header_ja-easy"], "en": FORM["header_en"],
        "zh-Hans": FORM["header_zh-hans"], "ko": FORM["header_ko"],
    }  # fmt: skip


def test_a_form_that_is_sent_twice_writes_one_notice_and_a_refused_one_says_the_same_again(officer):
    page = officer.get(f"{DESK}new").content.decode()
    key = re.search(r'name="key" value="([^"]+)"', page)[1]
    first, second = (officer.post(f"{DESK}new", FORM | {"key": key}) for _ in range(2))
    row = ServiceAlert.objects.get()
    assert first["Location"] == second["Location"] == f"{DESK}{row.pk}"
    wrong = FORM | {"key": f"{key}-2", "url": "http://x.example/"}
    first, second = (said(officer.post(f"{DESK}new", wrong)) for _ in range(2))
    assert "https://で始まるアドレスにしてください。" in first
    assert first == second
    assert "別の内容で使われています。" in whole(officer.post(f"{DESK}new", FORM | {"key": key, "header_ja": "ほか"}))
    assert ServiceAlert.objects.get().header["ja"] == FORM["header_ja"]


def test_it_is_changed_and_withdrawn_and_what_was_done_is_told(officer):
    row = written(officer)
    officer.post(f"{DESK}{row.pk}", {"deed": "publish"})
    form = officer.get(f"{DESK}{row.pk}/change").content.decode()
    assert 'value="2026-01-09T07:00"' in form
    assert 'name="stop" value="town:k1" checked' in form
    assert form.count('name="stop"') == 1  # both poles are one stop
    officer.post(f"{DESK}{row.pk}/change", FORM | {"header_ja": "祭りは延期です"})
    assert board("town:k1") == ["祭りは延期です"]
    assert "理由" in whole(officer.post(f"{DESK}{row.pk}", {"deed": "end", "why": " "}, follow=True))
    assert board("town:k1") == ["祭りは延期です"]
    told = said(officer.post(f"{DESK}{row.pk}", {"deed": "end", "why": "雨で中止"}, follow=True))
    assert board("town:k1") == []
    for word in ("取り下げました", "作成", "公開", "変更", "取り下げ", "雨で中止", FORM["header_ja"]):
        assert word in told
    assert "終わったもの" in said(officer.get(DESK))
    assert "このお知らせは変更できません。" in whole(officer.post(f"{DESK}{row.pk}/change", FORM))


def test_lines_and_stops_are_looked_for_and_what_was_typed_stays(officer):
    sought = FORM | {"deed": "search", "q": "junkan", "stop": []}
    found = officer.post(f"{DESK}new", sought | {"q": "ここのか"}).content.decode()
    assert 'name="stop" value="town:k1"' in found
    assert f'value="{FORM["header_ja"]}"' in found
    by_kanji = officer.post(f"{DESK}new", sought | {"q": "循環"}).content.decode()
    assert 'name="line" value="town:r2"' in by_kanji
    none = said(officer.post(f"{DESK}new", sought | {"q": "なにもない"}))
    assert "「なにもない」に合う路線や停留所は、ほかにありません。" in none
    assert not ServiceAlert.objects.exists()


def test_what_cannot_be_kept_is_refused_at_its_field(officer):
    page = officer.post(
        f"{DESK}new", FORM | {"header_ja": " ", "ends_at": "2026-01-09T06:00", "url": "http://x.example/"}
    )
    told = said(page)
    assert "日本語の見出しを入力してください。" in told
    assert "おわりは、はじまりより後にしてください。" in told
    assert FORM["header_en"] in page.content.decode()
    for wrong in ({"begins_at": "yesterday"}, {"effect": "miracle"}):
        assert "お知らせの内容をご確認ください。" in whole(officer.post(f"{DESK}new", FORM | wrong))
    assert not ServiceAlert.objects.exists()


def test_a_notice_that_names_nothing_is_about_everything_and_every_word_is_escaped(officer):
    row = written(officer, stop=[], header_ja="<b>全線</b>", begins_at="", ends_at="")
    page = officer.post(f"{DESK}{row.pk}", {"deed": "publish"}, follow=True).content.decode()
    assert "<b>全線" not in page
    assert "すべての路線と停留所" in page
    assert board("town:S") == ["&lt;b&gt;全線&lt;/b&gt;"]


def test_who_did_what_is_told_by_office_and_mask_and_oneself_as_you(town):
    city = City()
    people = city.city_office()
    officer, colleague = (at_the_desk(each) for each in people)
    row = written(officer)
    colleague.post(f"{DESK}{row.pk}", {"deed": "publish"})
    mine, theirs = (said(desk.get(f"{DESK}{row.pk}")) for desk in (officer, colleague))
    names = [re.findall(r"\S+の職員（目印 [0-9A-F]{4}）", told) for told in (mine, theirs)]
    assert [len(each) for each in names] == [1, 1]
    assert names[0] != names[1]
    for told in (mine, theirs):
        assert "あなた" in told
        assert not any(str(each.resident_id) in told for each in people)
