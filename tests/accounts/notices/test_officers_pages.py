"""An officer writes to everybody: the form keeps what was typed, a phone shows what will come, and nothing leaves by accident."""

import re

import pytest
from django.test import Client

from accounts.models import Broadcast
from kernel import clock
from tests.accounts.phones import Browser
from tests.factories.people import employ, organisation, show_second_factor

ROOT = "/admin/broadcasts/"
pytestmark = pytest.mark.slow  # each signs people in by code


@pytest.fixture
def office(told):
    """Give a city office with an officer and an administrator, and one resident."""
    city = organisation("city", "人吉市", "Hitoyoshi")
    for role in ("officer", "administrator"):
        employ(told.person(role), city, f"city.{role}")
    told.carry()
    return told.person("hanako")


def come_in(name):
    browser = Browser()
    browser.sign_in(email=f"{name}@example.com")
    return show_second_factor(browser.client)


def send(client, path, **fields):
    page = client.get(path).content.decode()
    key = re.search('name="key" value="([^"]+)"', page)
    fields |= {"key": key[1]} if key else {}
    answer = client.post(path, fields, headers={"X-CSRFToken": client.cookies["csrftoken"].value})
    return client.get(answer["Location"]) if answer.status_code == 302 else answer


def written(client, **fields):
    asked = {
        "title_ja": "断水のお知らせ",
        "body_ja": "明日の朝です。",
        "category": "city",
        "audience": "everyone",
    } | fields
    return send(client, f"{ROOT}new", **asked)


def inbox(who):
    results = who.client().get("/api/v1/accounts/messages").json()["results"]
    return [message["title"] for message in results if message["category"] != "account"]


def test_an_officer_writes_looks_tries_sends_and_watches(told, office):
    officer = come_in("officer")
    assert officer.get("/admin/accounts/broadcast/")["Location"] == ROOT
    assert "まだ一斉のお知らせはありません" in officer.get(ROOT).content.decode()
    page = written(officer, title_en="No water", body_en="Tomorrow")
    text, row = page.content.decode(), Broadcast.objects.get()
    assert (text.count("No water"), text.count("断水のお知らせ") >= 2, "3人に送る" in text) == (3, True, True)
    one = f"{ROOT}{row.pk}"
    send(officer, one, deed="try")
    told.carry()
    assert inbox(office) == []
    assert "配信中" in send(officer, one, deed="start").content.decode()
    assert officer.get(f"{one}/progress").json() == {"state": "running", "percent": 0, "written": 0, "expected": 3}
    told.at = clock.now()
    told.carry()
    assert officer.get(f"{one}/progress").json() == {"state": "done", "percent": 100, "written": 3, "expected": 3}
    assert inbox(office) == ["断水のお知らせ"]
    assert "配信済み" in officer.get(ROOT).content.decode()


def test_what_was_typed_stays_when_it_is_refused(office):
    officer = come_in("officer")
    text = written(officer, body_ja="", title_ko="단수").content.decode()
    assert (
        "日本語の件名と本文を入力してください" in text,
        'value="断水のお知らせ"' in text,
        'value="단수"' in text,
    ) == (True,) * 3
    assert Broadcast.objects.count() == 0


def test_danger_to_life_is_confirmed_by_the_number_of_people(told, office):
    officer, administrator = come_in("officer"), come_in("administrator")
    assert 'value="life"' not in officer.get(f"{ROOT}new").content.decode()
    assert "この操作はできません" in written(officer, priority="life", category="safety").content.decode()
    text = written(administrator, priority="life", category="safety").content.decode()
    assert "3人の電話を、夜中でも鳴らします" in text
    one = f"{ROOT}{Broadcast.objects.get().pk}"
    for wrong in ("", "2", "三", "9" * 40):
        assert "画面に表示された人数" in send(administrator, one, deed="start", confirmed=wrong).content.decode()
    assert "権限がありません" in send(officer, one, deed="start", confirmed="3").content.decode()
    assert Broadcast.objects.get().state == "draft"
    send(administrator, one, deed="start", confirmed="3")
    assert Broadcast.objects.get().state == "running"


def test_nobody_else_comes_in(office):
    for path in ("", "new", "01999999-0000-7000-8000-000000000000", "01999999-0000-7000-8000-000000000000/progress"):
        assert Client().get(ROOT + path)["Location"] == f"/admin/login/?next={ROOT}{path}"
        assert come_in("hanako").get(ROOT + path).status_code == 403
    assert come_in("officer").get(f"{ROOT}01999999-0000-7000-8000-000000000000").status_code == 404


def test_a_letter_of_texts_cannot_carry_markup(office):
    text = written(come_in("officer"), body_ja="<script>alert(1)</script>").content.decode()
    assert ("<script>alert(1)" in text, "&lt;script&gt;alert(1)" in text) == (False, True)
