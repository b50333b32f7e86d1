"""Hanako closes her account: at once, for good, everywhere, and no backup brings her back."""

import json
import threading
from datetime import timedelta

import psycopg
import pytest
from allauth.account.models import EmailAddress
from allauth.headless.tokens.strategies.jwt.internal import decode_token
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection, connections
from django.test import Client

from accounts.api.live import LiveSignIns
from accounts.gateways import erasures
from accounts.loops.erasures import follow
from accounts.models import Contact, Membership, PhoneNumber, Profile, Resident, User
from accounts.selectors.accesses import access_accesses_for
from accounts.selectors.closing import why_erasures_wait
from accounts.selectors.step_up import FRESH
from accounts.services import closing
from kernel import clock, contributions
from kernel.access import Shredded, access
from kernel.contributions import ClosingNotice, Contributions
from kernel.ids import new_id
from kernel.log.delivery import deliver_some
from kernel.use_case import Act
from kernel.web import health
from tests.accounts.authenticator import Authenticator as Device
from tests.accounts.phones import App, Browser, newest_letter
from tests.factories.people import employ, organisation, person

DOOR = "/api/v1/accounts/closing"
EMAIL, NUMBER = "mihon.hanako@example.com", "+819012345678"


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    """Give the city a home, and so an erasure list, of its own."""
    settings.MACHI_HOME = tmp_path
    return tmp_path


def close(phone, gives_up=None, key=None, door=DOOR, **more):
    """Close an account through the door."""
    body = {"gives_up": gives_up or {}} | more
    return phone.ask("POST", door, body, **{"Idempotency-Key": key or str(new_id())})


@pytest.fixture
def hanako(db):
    """Hanako, signed in on her browser and in an app, with a passkey and a number."""
    who = person("見本花子", email=EMAIL, phone=NUMBER)
    browser, app = Browser(), App()
    browser.sign_in(email=EMAIL)
    app.sign_in(phone=NUMBER)
    options = browser.get("account/authenticators/webauthn?passwordless").json()["data"]["creation_options"][
        "publicKey"
    ]
    browser.post("account/authenticators/webauthn", {"name": "x", "credential": Device().make(options)})
    return who, browser, app


def personal_rows(resident_id):
    """Count what is kept of somebody."""
    with access(purpose="test", actor=resident_id, subject=resident_id, classes=["contacts", "profile"]):
        return Contact.objects.count() + Profile.objects.count()


def test_everything_of_hers_is_gone_at_once_and_she_cannot_come_back_in(hanako):
    who, browser, app = hanako
    other = person("別の人", email="taro@example.com")
    handle = LiveSignIns().handle(None, {"sid": _sid(app)})

    told = browser.ask("GET", DOOR).json()
    answer = close(browser)

    assert (told["obstacles"], told["gives_up"], len(told["goes"]), len(told["stays"])) == ([], [], 4, 2)
    assert (answer.status_code, answer.json()) == (200, {"resident_id": str(who.resident_id)})
    assert [browser.me().status_code, app.me().status_code, app.renew().status_code] == [401, 401, 410]
    assert LiveSignIns().principal(handle) is None
    assert Resident.objects.get(pk=who.resident_id).closed_at is not None
    for model in (EmailAddress, PhoneNumber, Authenticator, UserSession):
        assert not model.objects.filter(user_id=who.user_id).exists()
    assert Session.objects.count() == 0
    assert personal_rows(who.resident_id) == 0
    with access(purpose="test", actor=who.resident_id, subject=who.resident_id, classes=["profile"]) as gone, \
            pytest.raises(Shredded):  # fmt: skip
        gone.seal("x", "test")
    Browser().post("auth/code/request", {"email": EMAIL})
    assert newest_letter().code == ""
    assert User.objects.get().pk == other.user_id
    assert Browser().sign_up(email=EMAIL).status_code == 200, "the address is free again, for somebody new"


def test_her_roles_end_and_she_is_told_before(hanako):
    who, browser, _app = hanako
    employ(who, organisation(), "merchant.manager")

    assert [each["code"] for each in browser.ask("GET", DOOR).json()["notices"]] == ["accounts.roles_end"]
    assert close(browser).status_code == 200
    assert Membership.objects.get().ended_at is not None


def test_the_last_administrator_stays(hanako):
    who, browser, _app = hanako
    employ(who, organisation("city", "市役所", "City"), "city.administrator")

    refused = close(browser)

    assert (refused.status_code, refused.json()["code"]) == (409, "closing_obstructed")
    assert [each["code"] for each in refused.json()["obstacles"]] == ["accounts.last_administrator"]
    assert browser.me().status_code == 200
    assert erasures.fingerprints() == []


def test_what_is_lost_must_be_named_as_it_is_now(hanako, monkeypatch):
    _who, browser, _app = hanako
    with _store(before=[ClosingNotice("test.coins", "コインが失われます。", amount=500)]):
        for wrong in ({}, {"test.coins": 499}, {"test.coins": 500, "test.more": 1}):
            refused = close(browser, wrong)
            assert (refused.status_code, refused.json()["code"]) == (409, "closing_changed")
            assert refused.json()["gives_up"] == {"test.coins": 500}
        assert browser.me().status_code == 200
        assert close(browser, {"test.coins": 500}).status_code == 200


@pytest.mark.parametrize(
    "body", [{}, {"gives_up": []}, {"gives_up": {"x": "1"}}, {"gives_up": {"x": 1.5}}, {"gives_up": {}, "x": 1}, []]
)
def test_a_body_of_another_shape_changes_nothing(hanako, body):
    _who, browser, _app = hanako

    refused = browser.ask("POST", DOOR, body, **{"Idempotency-Key": "0123456789"})

    assert refused.status_code == 422
    assert browser.me().status_code == 200


def test_five_minutes_after_signing_in_she_shows_her_passkey_again(hanako, monkeypatch):
    _who, browser, app = hanako
    later = clock.now() + FRESH + timedelta(seconds=1)
    monkeypatch.setattr("accounts.api.closing.views.clock.now", lambda: later)

    for phone in (browser, app):
        refused = close(phone)
        assert (refused.status_code, refused.json()["code"]) == (401, "step_up_required")
        assert refused.json()["step_up"][0]["way"] == "passkey"
        assert phone.me().status_code == 200


def test_the_same_key_again_is_answered_alike_while_the_first_is_under_way(hanako):
    who, *_phones = hanako
    act = Act(who.principal, at=clock.now(), key="the-same-key")
    first = closing.close_my_account.answer(act, gives_up={})

    again = Act(act.principal, at=clock.now(), key="the-same-key")
    assert closing.close_my_account.answer(again, gives_up={}) == first
    other = closing.close_my_account.answer(Act(act.principal, at=clock.now(), key="another-key"), gives_up={})
    assert (other.status, json.loads(other.body)["code"]) == (409, "resident_closed")
    assert len(erasures.fingerprints()) == 1


def test_an_officer_closes_an_account_for_a_reason(hanako):
    who, browser, _app = hanako
    officer = person("窓口", email="officer@example.com")
    employ(officer, organisation("city", "市役所", "City"), "city.officer")
    desk = officer.client()
    door = f"/api/v1/accounts/residents/{who.resident_id}/closing"

    def ask(body):
        return desk.post(door, body, content_type="application/json", headers={"Idempotency-Key": str(new_id())})

    def look(body):
        return desk.post(f"{door}/look", body, content_type="application/json")

    assert look({"why": "ご遺族の届け出"}).json()["obstacles"] == []
    assert look({"why": ""}).status_code == 422
    assert browser.ask("POST", f"{door}/look", {"why": "x"}).status_code == 403
    assert ask({"gives_up": {}, "why": ""}).status_code == 422
    assert ask({"gives_up": {}, "why": "   "}).json()["code"] == "reason_missing"
    assert browser.me().status_code == 200
    assert ask({"gives_up": {}, "why": "ご遺族の届け出"}).status_code == 200
    assert browser.me().status_code == 401
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT actor, subject, why FROM kernel_audit WHERE action = 'accounts.close_account_at_counter'"
        )
        assert cursor.fetchall() == [(officer.resident_id, who.resident_id, "ご遺族の届け出")]
    closed, *_asked, looked = access_accesses_for(who.resident_id, None, 10, by="office")
    assert [(each.purpose.code, each.reason) for each in (looked, closed)] == [
        ("wallet.before_closing", "ご遺族の届け出"), ("accounts.close_account", "ご遺族の届け出"),
    ]  # fmt: skip
    assert look({"why": "x"}).status_code == 404
    nobody = f"/api/v1/accounts/residents/{new_id()}/closing/look"
    assert desk.post(nobody, {"why": "x"}, content_type="application/json").status_code == 404


def test_every_app_lets_go_and_one_that_stumbles_is_asked_again(committed_db, valkey):
    who = person("見本花子", email=EMAIL)
    gone, stumbles = [], [True]

    def let_go(subject):
        gone.append(subject)
        if stumbles.pop() if stumbles else False:
            raise OSError

    with _store(closed=let_go):
        closing.close_my_account(Act(who.principal, at=clock.now(), key="0123456789"), gives_up={})
        assert gone == []
        deliver_some()
        assert gone == [who.resident_id]
        with connection.cursor() as cursor:
            cursor.execute("UPDATE kernel_delivery SET next_try_at = now() - interval '1 second' WHERE done_at IS NULL")
        deliver_some()
        assert gone == [who.resident_id] * 2
        deliver_some()
        assert len(gone) == 2


@pytest.mark.postgres
def test_fifty_taps_close_once(committed_db, valkey):
    who = person("見本花子", email=EMAIL)
    principal, answers = who.principal, []

    def tap(number):
        try:
            act = Act(principal, at=clock.now(), key=f"key-number-{number % 2}")
            answers.append(closing.close_my_account.answer(act, gives_up={}).status)
        finally:
            connections.close_all()

    taps = [threading.Thread(target=tap, args=(number,)) for number in range(10)]
    for thread in taps:
        thread.start()
    for thread in taps:
        thread.join()

    assert sorted(answers) == [200] * 5 + [409] * 5
    assert len(erasures.fingerprints()) == 1
    assert why_erasures_wait() is None


@pytest.mark.postgres
@pytest.mark.slow  # a copy of the database as it was before
def test_a_restored_backup_brings_nobody_back(committed_db, database_server, valkey):
    """The backup has her key, her name and her sign-in; the erasure list, which no backup overwrites, has her too."""
    hanako, taro = person("見本花子", email=EMAIL), person("見本太郎", email="taro@example.com")
    browser = Browser()
    browser.sign_in(email=EMAIL)
    connections.close_all()
    with psycopg.connect(database_server.admin.info.dsn, dbname="postgres", autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE machi_backup TEMPLATE {committed_db.name} OWNER machi_owner")
    try:
        closing.close_my_account(Act(hanako.principal, at=clock.now(), key="0123456789"), gives_up={})
        assert why_erasures_wait() is None
        _switch_to("machi_backup")
        valkey.flushdb()

        assert Resident.objects.get(pk=hanako.resident_id).closed_at is None
        assert browser.me().status_code == 200, "the backup alone would bring her back"
        ready = _readiness()
        assert (ready["ok"], ready["why"].split()[0]) == (False, "1")

        follow()

        assert _readiness() == {"name": "erasures", "ok": True}
        assert browser.me().status_code == 401
        assert personal_rows(hanako.resident_id) == 0
        with access(purpose="test", actor=hanako.resident_id, subject=hanako.resident_id, classes=["profile"]) as gone, \
                pytest.raises(Shredded):  # fmt: skip
            gone.unseal(b"", "test")
        assert personal_rows(taro.resident_id) == 2
        assert Browser().sign_in(email="taro@example.com").status_code == 200
        assert deliver_some() is False, "the apps heard of it again"
    finally:
        _switch_to(committed_db.name)
        database_server.admin.execute("DROP DATABASE machi_backup WITH (FORCE)")


def test_a_closing_that_broke_off_after_its_line_is_finished(db, monkeypatch):
    """The line is written, then the power goes before the commit."""
    who = person("見本花子", email=EMAIL)

    class PowerCut(Exception):
        pass

    def cut(resident_id, *, at):
        write(resident_id, at=at)
        raise PowerCut

    write = erasures.append
    monkeypatch.setattr(erasures, "append", cut)
    with pytest.raises(PowerCut):
        closing.close_my_account(Act(who.principal, at=clock.now(), key="0123456789"), gives_up={})
    assert Resident.objects.get().closed_at is None
    assert why_erasures_wait() is not None

    monkeypatch.undo()
    follow()

    assert Resident.objects.get().closed_at is not None
    assert not User.objects.exists()
    assert why_erasures_wait() is None


def test_a_half_line_is_cut_away_and_a_lost_list_is_told(db, home):
    hanako, taro = person(email=EMAIL), person(email="taro@example.com")
    closing.close_my_account(Act(hanako.principal, at=clock.now(), key="0123456789"), gives_up={})
    with (home / "erasures").open("ab") as file:
        file.write(b"2026-11-21T03:00:00+00:00 0123")
    assert why_erasures_wait() is None

    closing.close_my_account(Act(taro.principal, at=clock.now(), key="0123456789"), gives_up={})

    assert erasures.fingerprints() == [erasures.fingerprint(each.resident_id) for each in (hanako, taro)]
    assert (home / "erasures").stat().st_mode & 0o777 == 0o600
    assert str(hanako.resident_id) not in (home / "erasures").read_text()
    (home / "erasures").unlink()
    assert "lost 2 lines" in why_erasures_wait()
    follow()
    assert "lost 2 lines" in why_erasures_wait()
    call_command("follow_erasures", "--accept")
    assert why_erasures_wait() is None
    assert len(erasures.fingerprints()) == 2


def _sid(app):
    return decode_token(app.access, "access")["sid"]


def _switch_to(name):
    connections.close_all()
    connection.settings_dict["NAME"] = name


def _readiness():
    health._found = None
    checks = json.loads(Client().get("/readyz").content)["checks"]
    return next(each for each in checks if each["name"] == "erasures")


class _store:  # noqa: N801 - reads as a block
    """An app that keeps something about people, for the length of a block."""

    name = "test"

    def __init__(self, *, before=(), closed=lambda subject: None):
        self.before, self.let_go = list(before), closed

    def __enter__(self):
        contributions.register("test", Contributions(personal_stores=(self,)))
        return self

    def __exit__(self, *_fault):
        contributions.withdraw("test")

    def export(self, subject, *, at):
        return []

    def before_closing(self, subject, *, actor, reason, at):
        return self.before

    def closed(self, subject, *, at):
        self.let_go(subject)
