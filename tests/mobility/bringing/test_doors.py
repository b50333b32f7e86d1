"""Timetables go out as open data, and officers see how each of them is."""

import io
import re
import zipfile
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from kernel.ids import new_id
from kernel.models import AuditEntry
from kernel.principal import SYSTEM
from mobility import services
from mobility.gateways.feed_files import pack
from mobility.gateways.import_progress import shown_progress
from mobility.models import FeedSource, NetworkRelease
from mobility.pages.feed_health import next_try
from tests.factories.people import show_second_factor
from tests.mobility.bringing.office import NOON, bring, register, small, used
from tests.mobility.feeds import written
from tests.wallet.callers import Caller, City

ROOT = "/api/v1/mobility/feeds"
DESK = "/admin/feeds/"
pytestmark = pytest.mark.django_db(transaction=True)


def at_the_desk(person: Caller) -> Client:
    client = Client(headers={"accept-language": "ja"})
    client.force_login(User.objects.get(resident_id=person.resident_id))
    return show_second_factor(client)


@pytest.fixture
def officer() -> Client:
    """Give an officer at their desk."""
    return at_the_desk(City().city_office()[0])


def test_who_brought_a_file_and_made_a_network_is_told(officer):
    register("red")
    bring("red", small())
    for page in (DESK, f"{DESK}red"):
        body = officer.get(page).content.decode()
        assert '<td data-is="行った人">市のシステム</td>' in body
        assert str(SYSTEM.actor) not in body


def test_everybody_reads_which_timetables_are_used():
    register("red", name="赤バス", name_en="Red Bus", licence="CC BY 4.0", attribution="赤バス", is_open=True)
    register("blue")
    for slug in ("red", "blue"):
        bring(slug, small())
    with CaptureQueriesContext(connection) as queries:
        answer = Client().get(ROOT)
    assert len(queries) == 1
    red, blue = answer.json()["feeds"]
    assert (red["slug"], red["name_en"], red["licence"], red["first_day"], red["last_day"]) == (
        "red", "Red Bus", "CC BY 4.0", "2026-06-01", "2026-12-31",
    )  # fmt: skip
    assert (red["gtfs"], blue["gtfs"]) == (f"{ROOT}/red/gtfs.zip", None)
    assert Client().get(ROOT, headers={"If-None-Match": answer["ETag"]}).status_code == 304


def test_a_file_goes_out_as_it_came_where_its_licence_allows():
    register("red", licence="CC BY 4.0", is_open=True)
    register("blue")
    content = small()
    bring("red", content)
    bring("blue", content)
    answer = Client().get(f"{ROOT}/red/gtfs.zip")
    assert (answer.status_code, answer["Content-Type"], b"".join(answer)) == (200, "application/zip", content)
    assert "stops.txt" in zipfile.ZipFile(io.BytesIO(content)).namelist()
    again = Client().get(f"{ROOT}/red/gtfs.zip", headers={"If-None-Match": f'W/"x", {answer["ETag"]}'})
    assert (again.status_code, again.content) == (304, b"")
    for slug in ("blue", "green"):
        assert Client().get(f"{ROOT}/{slug}/gtfs.zip").status_code == 404


def test_a_new_file_has_another_mark():
    register("red", licence="CC BY 4.0", is_open=True)
    bring("red", small(10))
    before = Client().get(f"{ROOT}/red/gtfs.zip")["ETag"]
    bring("red", small(20))
    assert Client().get(f"{ROOT}/red/gtfs.zip", headers={"If-None-Match": before}).status_code == 200


def test_the_desk_is_for_officers_alone(officer):
    city = City()
    assert officer.get(DESK).status_code == 200
    stranger = at_the_desk(city.resident())
    assert stranger.get(DESK).status_code in (302, 403)
    assert Client().get(DESK)["Location"].startswith("/admin/login/")
    register("red")
    before = FeedSource.objects.get().last_outcome
    answer = stranger.post(f"{DESK}red", {"deed": "upload", "why": "x", "file": SimpleUploadedFile("a.zip", small())})
    assert answer.status_code in (302, 403)
    assert (FeedSource.objects.get().last_outcome, used()) == (before, None)


def test_an_officer_registers_uploads_and_sees_what_is_wrong_by_file_and_line(officer):
    assert "時刻表はまだありません。" in officer.get(DESK).content.decode()
    officer.post(DESK, {"deed": "register", "slug": "red", "name": "赤バス", "refresh_hours": "24"})
    assert FeedSource.objects.get().name == "赤バス"
    page = officer.post(
        f"{DESK}red", {"deed": "upload", "why": "改正", "file": SimpleUploadedFile("a.zip", small(10))}, follow=True
    ).content.decode()
    assert "取り込み、使い始めました。" in page
    assert used().why == "改正"
    broken = pack(written("A B", {"t": "A 8:00, B 7:00"}))
    page = officer.post(
        f"{DESK}red", {"deed": "upload", "why": "改正", "file": SimpleUploadedFile("a.zip", broken)}, follow=True
    ).content.decode()
    assert "誤りがあるため、受け付けませんでした。" in page
    assert "<code>stop_times.txt:3</code>" in page
    assert "便「t」の時刻が、前の停車より戻っています。" in page
    assert "前回のファイルには誤りが1件あり、受け付けませんでした。使っている時刻表はそのままです。" in page
    assert NetworkRelease.objects.count() == 1


def test_an_officer_uses_another_version_and_goes_back(officer):
    register("red")
    first = bring("red", small(10))
    second = bring("red", small(20))
    question = officer.get(f"{DESK}red/versions/{first.version_id}").content.decode()
    assert "この版を使いますか" in question
    officer.post(f"{DESK}red/versions/{first.version_id}", {"why": "前の版が正しい"})
    assert used().members.get().version_id == first.version_id
    back = f"{DESK}releases/{second.release_id}"
    assert "この路線網に戻しますか" in officer.get(back).content.decode()
    page = officer.post(back, {"why": ""}, follow=True).content.decode()
    assert used().pk != second.release_id
    officer.post(back, {"why": "やはり新しい版"})
    assert "いま使っているものです。" in officer.get(back).content.decode()
    assert used().pk == second.release_id
    said = [(row.action, row.why) for row in AuditEntry.objects.order_by("id") if row.why]
    assert said[-1] == ("mobility.return_to_network", "やはり新しい版")
    assert "理由" in page


def test_the_desk_shows_how_many_days_are_left_and_every_word_is_escaped(officer, monkeypatch):
    register("red", name="<b>赤</b>")
    bring("red", small(days="20260601,20260615"))
    monkeypatch.setattr("kernel.clock.now", lambda: NOON)
    page = officer.get(DESK).content.decode()
    main = page[page.index('<main class="coin-desk">') : page.index("</main>")]
    assert "あと6日" in main
    assert '<progress max="15" value="6"' in main
    assert "時刻表はあと6日、2026年6月15日までです。新しい時刻表を取り込んでください。" in main
    assert "<b>赤" not in main
    assert re.findall(r"<script|style=|onclick", main) == []


def test_a_file_that_is_missing_or_too_large_is_refused(officer, settings):
    register("red")
    assert (
        "ファイルを選んでください。"
        in officer.post(f"{DESK}red", {"deed": "upload", "why": "x"}, follow=True).content.decode()
    )
    settings.FEEDS = settings.FEEDS | {"most_bytes": 10}
    sent = {"deed": "upload", "why": "x", "file": SimpleUploadedFile("a.zip", small())}
    assert "ファイルが大きすぎます。" in officer.post(f"{DESK}red", sent, follow=True).content.decode()
    assert used() is None


def test_what_was_typed_of_a_source_stays_where_it_is_refused(officer):
    wrong = {"deed": "register", "slug": "Red Bus", "name": "赤バス", "url": "ftp://x.example/", "refresh_hours": "0"}
    page = officer.post(DESK, wrong).content.decode()
    for sentence in (
        "32文字までにしてください。",
        "httpまたはhttpsのアドレスにしてください。",
        "1から720までの時間にしてください。",
    ):
        assert sentence in page
    assert 'value="Red Bus"' in page
    assert not FeedSource.objects.exists()
    register("red")
    page = officer.post(f"{DESK}red", {"deed": "change", "name": "", "refresh_hours": "24"}).content.decode()
    assert "入力してください。" in page
    assert FeedSource.objects.get().name == "redバス"


def test_before_going_back_what_would_be_lost_is_shown(officer, monkeypatch):
    register("red")
    small_one = bring("red", small(days="20260601,20260620"))
    bring("red", small(trips=20))
    monkeypatch.setattr("kernel.clock.now", lambda: NOON)
    page = officer.get(f"{DESK}red/versions/{small_one.version_id}").content.decode()
    assert "半分以下になります" in page
    assert "あと11日で終わります。" in page
    assert officer.get(f"{DESK}red/versions/{new_id()}").status_code == 404
    assert officer.get(f"{DESK}releases/{new_id()}").status_code == 404


def test_while_a_file_is_brought_in_it_is_told_how_far_it_is(officer):
    register("red")
    seen = []

    def tell(step, done):
        hold(step, done)
        seen.append(officer.get(f"{DESK}red/progress").json())

    with shown_progress("red") as hold:
        services.bring_in(SYSTEM, slug="red", content=small(), at=NOON, why="改正", tell=tell)
        assert "data-running" in officer.get(f"{DESK}red").content.decode()
    assert [each["percent"] for each in seen] == sorted(each["percent"] for each in seen)
    assert (seen[0]["words"], seen[-1]["words"]) == ("ファイルを読み、誤りがないか調べています", "終わりました")
    assert officer.get(f"{DESK}red/progress").json() == {"running": False}
    assert "data-running" not in officer.get(f"{DESK}red").content.decode()


def test_when_a_source_is_fetched_next_is_told():
    tried = NOON.replace(minute=30)
    source = FeedSource(url="https://x.example/", last_tried_at=tried, refresh_hours=24)
    assert next_try(source, tried) == NOON.replace(hour=4, minute=7) + timedelta(days=1)
    assert next_try(source, tried + timedelta(days=3)) == NOON.replace(hour=4, minute=7) + timedelta(days=3)
    assert next_try(FeedSource(url=""), NOON) is None


def test_a_source_that_cannot_be_fetched_says_why(officer):
    register("red", url="http://127.0.0.1:9/gtfs.zip")
    bring("red", small())
    page = officer.post(f"{DESK}red", {"deed": "refresh", "why": "確認"}, follow=True).content.decode()
    assert "取りに行けませんでした。いまの時刻表はそのままです。" in page
    assert "前回は取りに行けませんでした。相手のサーバーにつながりませんでした" in page
    assert used() is not None
