"""A paired sign shows the stop that an officer chose for it, in the languages chosen, until another is chosen or none."""

import re

import pytest
from django.test import Client

from mobility.models import StopSign
from tests.accounts.devices.test_devices import let_in
from tests.accounts.devices.test_screens import BOARD, DEVICES, Office
from tests.mobility.pages.desks import at_the_desk, said, whole
from tests.wallet.callers import City

pytestmark = pytest.mark.django_db(transaction=True)
DESK = "/admin/signs/"


@pytest.fixture
def office(town):
    return Office(City())


@pytest.fixture
def officer(office):
    return at_the_desk(office.officer)


def title(answer):
    return re.search(r"<h1>([^< ]+)", answer.content.decode())[1]


def test_who_chose_a_stop_is_told(office, officer):
    _sign, device, _given = let_in(office.officer, office, "signage", label="駅前の画面")
    page = f"{DESK}{device['id']}"
    assert "決めた人" not in said(officer.get(page))
    officer.post(page, {"deed": "set", "stop": "town:S", "language": ["ja"]})
    assert "決めた人 あなた · " in said(officer.get(page))
    assert re.search(r"決めた人 \S+の職員（目印 [0-9A-F]{4}）", said(at_the_desk(office.administrator).get(page)))


def test_without_signs_the_desk_says_how_one_comes(officer):
    assert "「/screen」を開いて" in said(officer.get(DESK))


def test_a_sign_shows_the_stop_that_is_chosen_for_it_and_is_heard(office, officer):
    sign, device, _given = let_in(office.officer, office, "signage", label="駅前の画面")
    assert sign.get(BOARD).json()["shows"] is None
    assert "駅前の画面" in said(officer.get(DESK))
    page = f"{DESK}{device['id']}"
    assert 'value="town:S"' in officer.get(page, {"q": "えきまえ"}).content.decode()
    told = officer.post(page, {"deed": "set", "stop": "town:S", "language": ["ja", "en"], "look": "dark"}, follow=True)
    assert "人吉駅前" in said(told)
    path = sign.get(BOARD).json()["shows"]
    assert path == f"/boards/signs/{device['id']}"
    assert "まだ切り替わっていません" in said(officer.get(DESK))
    shown = Client().get(path)
    body = shown.content.decode()
    assert title(shown) in {"人吉駅前", "Hitoyoshi"}
    assert 'data-look="dark"' in body
    assert 'data-stop="town:S"' in body
    nav = body.partition("<nav")[2]
    assert ("日本語" in nav, "English" in nav, "한국어" in nav, "<a " in nav) == (True, True, False, False)
    assert "最後に見えたのは" in said(officer.get(DESK))
    officer.post(page, {"deed": "set", "stop": "town:c", "language": ["ja"]})
    assert title(Client().get(path)) == "市役所"
    assert StopSign.objects.get().languages == ["ja"]


def test_a_sign_that_is_cleared_or_has_ended_goes_back_to_the_towns_notices(office, officer):
    sign, device, _given = let_in(office.officer, office, "signage")
    page = f"{DESK}{device['id']}"
    officer.post(page, {"deed": "set", "stop": "town:S"})
    path = sign.get(BOARD).json()["shows"]
    officer.post(page, {"deed": "clear"})
    assert (Client().get(path)["Location"], sign.get(BOARD).json()["shows"]) == ("/screen", None)
    assert officer.post(page, {"deed": "clear"}).status_code == 404
    officer.post(page, {"deed": "set", "stop": "town:S"})
    assert office.officer.ask("DELETE", f"{DEVICES}/{device['id']}").status_code == 204
    assert Client().get(path)["Location"] == "/screen"
    assert officer.get(page).status_code == 404


def test_what_no_sign_can_show_is_refused(office, officer):
    _sign, device, _given = let_in(office.officer, office, "signage")
    _kiosk, kiosk, _given = let_in(office.officer, office, "kiosk")
    page = f"{DESK}{device['id']}"
    assert "この停留所は見つかりません。" in whole(officer.post(page, {"deed": "set", "stop": "town:nowhere"}))
    told = officer.post(page, {"deed": "set", "stop": "town:S", "look": "pink"})
    assert "ことばと画面の色をご確認ください。" in said(told) or "表示端末の内容をご確認ください。" in whole(told)
    assert officer.post(f"{DESK}{kiosk['id']}", {"deed": "set", "stop": "town:S"}).status_code == 404
    assert not StopSign.objects.exists()


def test_a_stop_that_the_timetable_lost_is_said_on_the_sign(office, officer):
    _sign, device, _given = let_in(office.officer, office, "signage")
    officer.post(f"{DESK}{device['id']}", {"deed": "set", "stop": "town:S", "language": ["ja"]})
    StopSign.objects.update(stop_id="town:gone")
    answer = Client().get(f"/boards/signs/{device['id']}")
    assert answer.status_code == 200
    assert "この停留所は見つかりません。" in answer.content.decode()
    assert "town:gone" in said(officer.get(DESK))
