"""Hanako takes home a copy of everything: made beside her, sealed at rest, fetched once, gone after a day."""

import hashlib
import io
import json
import os
import zipfile
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from celery import current_app

from accounts import tasks
from accounts.consumers import ExportsFeed
from accounts.models import Export
from accounts.selectors.step_up import FRESH
from accounts.services import closing, exports
from accounts.services.mandates import end_mandate, register_mandate
from kernel import clock, contributions, files
from kernel.contributions import Contributions, ExportPart
from kernel.ids import new_id
from kernel.principal import SYSTEM
from kernel.tasks import sweep_files
from kernel.use_case import Act
from tests.accounts.phones import App, Browser
from tests.accounts.test_at_rest import found_in
from tests.factories.people import employ, organisation, person

DOOR = "/api/v1/accounts/exports"
EMAIL, NAME = "mihon.hanako@example.com", "見本ひみつ花子"


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    """Give the city a home of its own."""
    settings.MACHI_HOME = tmp_path
    return tmp_path


@pytest.fixture
def hanako(db, valkey):
    """Hanako, signed in, with a role."""
    who = person(NAME, email=EMAIL, phone="+819012345678")
    employ(who, organisation(name="=見本商店"), "merchant.manager")
    browser = Browser()
    browser.sign_in(email=EMAIL)
    browser.who = who
    return browser


@pytest.fixture
def mother(hanako):
    """Somebody else, signed in."""
    browser = Browser()
    browser.who = person("母", email="mother@example.com")
    browser.sign_in(email="mother@example.com")
    return browser


@pytest.fixture
def by_hand():
    """Leave tasks undone until the test does them."""
    current_app.conf.task_always_eager = False


def ask(phone, key=None):
    return phone.ask("POST", DOOR, None, **{"Idempotency-Key": key or str(new_id())})


def fetch(phone, export_id):
    address = phone.ask("POST", f"{DOOR}/{export_id}/download").json()["address"]
    return address, phone.ask("GET", address)


def test_she_asks_sees_it_ready_and_takes_everything_home(hanako, home):
    asked = ask(hanako)
    assert (asked.status_code, asked.json()["state"]) == (202, "waiting")
    [ready] = hanako.ask("GET", DOOR).json()["results"]
    assert (ready["state"], ready["done"]) == ("ready", ready["total"])

    address, answer = fetch(hanako, ready["id"])

    assert answer["Content-Type"] == "application/zip"
    assert answer["Content-Disposition"].startswith('attachment; filename="machi-')
    assert answer["Cache-Control"] == "no-store"
    content = answer.getvalue()
    assert len(content) == int(answer["Content-Length"]) == ready["size"]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        held = {name: archive.read(name) for name in archive.namelist()}
    index = json.loads(held["index.json"])
    assert index["schema"] == "machi.export.v1"
    assert {each["path"]: each["sha256"] for each in index["files"]} == {
        path: hashlib.sha256(body).hexdigest()
        for path, body in held.items()
        if path not in ("index.json", "README.html")
    }
    assert json.loads(held["accounts/profile.json"])["display_name"] == NAME
    assert [
        (each["kind"], each["value"], each["is_confirmed"]) for each in json.loads(held["accounts/contacts.json"])
    ] == [
        ("email", EMAIL, True),
        ("phone", "+819012345678", True),
    ]
    assert [each["name"] for each in json.loads(held["accounts/sign_ins.json"])] == ["Chrome · Android"]
    assert json.loads(held["accounts/roles.json"])[0]["organisation"] == "=見本商店"
    page = held["README.html"].decode()
    assert 'lang="ja"' in page
    assert "連絡先" in page
    assert hanako.ask("GET", address).json()["code"] == "download_spent"


def test_the_file_lies_sealed_and_opens_for_her_alone(hanako, home):
    export_id = ask(hanako).json()["id"]

    [path] = [path for path in (home / "files").rglob("*") if path.is_file()]
    assert found_in(path.read_bytes().decode("latin-1"), [NAME, EMAIL]) == []
    assert not path.read_bytes().startswith(b"PK")
    taro = App()
    person("見本太郎", email="taro@example.com")
    taro.sign_in(email="taro@example.com")
    address = hanako.ask("POST", f"{DOOR}/{export_id}/download").json()["address"]
    for phone, door in ((taro, address), (taro, f"{DOOR}/{export_id}"), (Browser(), address)):
        assert phone.ask("GET", door).status_code in (401, 404, 410)
    assert taro.ask("POST", f"{DOOR}/{export_id}/download").status_code == 404
    assert hanako.ask("GET", address).status_code == 200, "whoever tried in between has not spent it"


def test_a_copy_is_for_its_person_alone_and_goes_to_nobody_who_acts_for_them(hanako, mother, by_hand):
    """Neither while the mandate stands nor after it: no copy is made for a delegate, and an address works for its person alone."""
    mandate = stand_for(hanako.who, mother.who)
    acting = {"Machi-For": str(hanako.who.resident_id)}
    me = mother.ask("GET", "/api/v1/accounts/me", **acting)
    assert (me.status_code, me.json()["display_name"]) == (200, NAME), me.content
    export_id = ask(hanako).json()["id"]

    def try_all(expected):
        asked = mother.ask("POST", DOOR, None, **acting, **{"Idempotency-Key": str(new_id())})
        signed = mother.ask("POST", f"{DOOR}/{export_id}/download", None, **acting)
        seen = mother.ask("GET", f"{DOOR}/{export_id}", **acting)
        assert [(each.status_code, each.json()["code"]) for each in (asked, signed, seen)] == [(403, expected)] * 3

    try_all("out_of_scope")
    assert Export.objects.count() == 1
    tasks.make_export(export_id=export_id)
    try_all("out_of_scope")
    address = hanako.ask("POST", f"{DOOR}/{export_id}/download").json()["address"]
    assert mother.ask("GET", address, **acting).status_code == 403
    assert mother.ask("GET", address).json()["code"] == "download_spent"

    end_mandate(Act(SYSTEM, at=clock.now()), mandate_id=mandate, why="申し出")

    try_all("not_delegate")
    assert mother.ask("GET", address, **acting).status_code == 403
    assert mother.ask("GET", address).json()["code"] == "download_spent"
    assert hanako.ask("GET", address).status_code == 200, "who tried has not spent it"


def test_what_was_queued_before_an_end_holds_what_stands_after_it(hanako, by_hand):
    """A connection that ended while the copy waited is told as ended, and the other's name has gone with the mandate."""
    brother = person("見本 一郎")
    mandate = stand_for(hanako.who, brother, role="family", evidence="letter")
    export_id = ask(hanako).json()["id"]
    end_mandate(Act(hanako.who.principal, at=clock.now()), mandate_id=mandate)
    tasks.make_export(export_id=export_id)
    with zipfile.ZipFile(io.BytesIO(fetch(hanako, export_id)[1].getvalue())) as archive:
        [kept] = json.loads(archive.read("accounts/family.json"))
        whole = b"".join(archive.read(name) for name in archive.namelist())
    assert (kept["name"], kept["ended_because"]) == ("", "principal")
    assert "見本 一郎".encode() not in whole


def test_an_address_dies_with_the_sign_in_that_asked_for_it(hanako):
    address = hanako.ask("POST", f"{DOOR}/{ask(hanako).json()['id']}/download").json()["address"]
    hanako.ask("DELETE", "auth/session")
    assert hanako.ask("GET", address).status_code == 401


def test_files_are_made_for_people_about_themselves_alone():
    """Whoever keeps a file of another kind decides here how a withdrawal stops it.

    Papers beside an application are read by the officers who review it, by no consent, and go with the application.
    """
    root = Path(__file__).resolve().parents[2]
    apps = [root / name for name in ("accounts", "wallet", "cityos")]
    keepers = {
        path.relative_to(root).as_posix()
        for app in apps
        for path in app.rglob("*.py")
        if "files.keep(" in path.read_text()
    }
    assert keepers == {"accounts/services/exports.py", "wallet/services/merchants/attaching.py"}


def stand_for(principal, who, *, role="parent", evidence="family_register"):
    """Let one act for the other in accounts and wallet; return the mandate."""
    registered = register_mandate(
        Act(SYSTEM, at=clock.now(), key=str(new_id())), principal_id=principal.resident_id,
        delegate_id=who.resident_id, role=role, scopes=["accounts", "wallet"], evidence=evidence, why="確認した",
        born_on=clock.jst_date(clock.now()) - timedelta(days=3650) if role == "parent" else None,
    )  # fmt: skip
    return registered.id


def test_one_at_a_time_three_a_day_and_the_same_key_once(hanako, by_hand):
    first = ask(hanako, "the-same-key")
    assert ask(hanako, "the-same-key").content == first.content
    assert ask(hanako).json()["code"] == "export_under_way"
    for _more in range(2):
        tasks.make_export(export_id=str(Export.objects.latest("requested_at").pk))
        assert ask(hanako).status_code == 202
    tasks.make_export(export_id=str(Export.objects.latest("requested_at").pk))
    refused = ask(hanako)
    assert (refused.status_code, refused.json()["code"]) == (429, "too_many_exports")
    assert 86_000 < int(refused["Retry-After"]) <= 86_401
    assert Export.objects.count() == 3


def test_before_it_is_ready_and_after_its_day_there_is_nothing_to_fetch(hanako, by_hand, home):
    export_id = ask(hanako).json()["id"]
    assert hanako.ask("POST", f"{DOOR}/{export_id}/download").json()["code"] == "export_not_ready"
    tasks.make_export(export_id=export_id)
    address = hanako.ask("POST", f"{DOOR}/{export_id}/download").json()["address"]
    Export.objects.update(expires_at=clock.now())

    tasks.tend_exports()

    assert hanako.ask("GET", f"{DOOR}/{export_id}").json()["state"] == "gone"
    assert [path for path in (home / "files").rglob("*") if path.is_file()] == []
    assert hanako.ask("GET", address).json()["code"] == "export_not_ready"


def test_it_needs_a_fresh_sign_in(hanako, monkeypatch):
    export_id = ask(hanako).json()["id"]
    later = clock.now() + FRESH + timedelta(seconds=1)
    monkeypatch.setattr("accounts.api.exports.views.clock.now", lambda: later)

    assert ask(hanako).json()["code"] == "step_up_required"
    assert hanako.ask("POST", f"{DOOR}/{export_id}/download").json()["code"] == "step_up_required"
    assert hanako.ask("GET", f"{DOOR}/{export_id}").status_code == 200


def test_it_goes_with_the_account_also_while_it_is_being_made(hanako, home, by_hand):
    export_id = ask(hanako).json()["id"]
    with _store(lambda: closing.let_go(Act(SYSTEM, at=clock.now()), resident_id=hanako.who.resident_id)):
        tasks.make_export(export_id=export_id)

    assert Export.objects.get().state == "gone"
    assert [path for path in (home / "files").rglob("*") if path.is_file()] == []


def test_a_killed_worker_leaves_nothing_half_and_another_goes_on(hanako, by_hand, home):
    class Killed(BaseException):
        pass

    def kill():
        raise Killed

    export_id = ask(hanako).json()["id"]
    with _store(kill), pytest.raises(Killed):
        tasks.make_export(export_id=export_id)
    assert Export.objects.get().state == "making"
    tasks.make_export(export_id=export_id)
    assert Export.objects.get().state == "making", "the other's lease holds"
    current_app.conf.task_always_eager = True
    tasks.tend_exports()
    assert Export.objects.get().state == "making"
    Export.objects.update(leased_until=clock.now() - timedelta(seconds=1))

    tasks.tend_exports()

    assert Export.objects.get().state == "ready"


def test_a_copy_that_was_kept_and_never_handed_over_is_swept(hanako, home):
    ready = ask(hanako).json()["id"]
    orphan = files.keep(exports.AREA, b"its worker was killed").name
    for path in (home / "files").rglob("*"):
        os.utime(path, (0, 0))
    sweep_files()
    assert not (home / "files" / orphan).exists()
    assert fetch(hanako, ready)[1].status_code == 200


def test_an_app_that_stumbles_is_asked_three_times(hanako, by_hand, caplog):
    def stumble():
        raise ValueError("花子")

    export_id = ask(hanako).json()["id"]
    with _store(stumble):
        for state in ("waiting", "waiting", "failed"):
            tasks.make_export(export_id=export_id)
            assert hanako.ask("GET", f"{DOOR}/{export_id}").json()["state"] == state
    assert ask(hanako).status_code == 202, "she may ask again"


def test_old_snapshot_and_events_are_the_fresh_snapshot(hanako, by_hand):
    feed, topic = ExportsFeed(), exports.topic_of(hanako.who.resident_id)
    assert feed.topic(hanako.who.principal, "") == topic
    export_id = ask(hanako).json()["id"]
    old = {each.id: each for each in feed.snapshot(topic, at=clock.now())["exports"]}

    tasks.make_export(export_id=export_id)
    for name, data in feed.events(topic, export_id, at=clock.now()):
        assert name == "export.changed"
        old[data["export"].id] = data["export"]

    assert list(old.values()) == feed.snapshot(topic, at=clock.now())["exports"]


def test_it_speaks_her_language_and_her_spreadsheet_runs_nothing(db, valkey):
    ayumi = Browser(language="en")
    ayumi.sign_up(email="ayumi@example.com", display_name="Ayumi")
    with _store(lambda: None):
        export_id = ask(ayumi).json()["id"]
        content = fetch(ayumi, export_id)[1].getvalue()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert "Your data" in archive.read("README.html").decode()
        assert "index.json" in archive.namelist()


def test_reading_for_the_copy_stands_in_her_access_log(committed_db, valkey):
    who = person(NAME, email=EMAIL)
    browser = Browser()
    browser.sign_in(email=EMAIL)
    ask(browser)
    with psycopg.connect(committed_db.owner_url) as owner:
        rows = owner.execute(
            "SELECT DISTINCT purpose FROM kernel_access_log WHERE actor = subject AND subject = %s", [who.resident_id]
        )
        assert {"accounts.my_export", "wallet.my_export"} <= {purpose for (purpose,) in rows}


class _store:  # noqa: N801 - reads as a block
    """An app that does something while a copy is made."""

    name = "test"

    def __init__(self, deed):
        self.deed = deed

    def __enter__(self):
        contributions.register("test", Contributions(personal_stores=(self,)))

    def __exit__(self, *_fault):
        contributions.withdraw("test")

    def export(self, subject, *, at):
        self.deed()
        return [ExportPart("test/x.json", b"{}", "x")]

    def before_closing(self, subject, *, actor, reason, at):
        return []

    def closed(self, subject, *, at):
        pass
