"""What Hanako takes home is whole: who she is, whom she trusts, what she was told, and who looked, with what proves it."""

import csv
import hashlib
import io
import json
import re
import zipfile

import jwt
import pytest
from django.apps import apps
from django.db import models

from accounts.models import HomeChoices, MessageSettings, Resident, User
from accounts.services.mandates import invite_delegate, take_up_mandate
from accounts.services.notices import notify
from kernel import clock
from kernel.access import PersonalModel, access, record
from kernel.log import growth, retention, tree
from kernel.principal import SYSTEM
from kernel.use_case import Act
from tests.accounts.openid.partner import Visitor, partner
from tests.accounts.test_exports import ask, fetch
from tests.factories.people import person, show_papers

NAME, EMAIL = "見本ひみつ花子", "mihon.hanako@example.com"


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    """Give the city a home of its own."""
    settings.MACHI_HOME = tmp_path


def hanako(language="ja"):
    """Hanako, whom the city knows well."""
    who = person(NAME, email=EMAIL)
    User.objects.filter(pk=who.user_id).update(language=language)
    browser = Visitor(language=language)
    browser.sign_in(email=EMAIL)
    browser.who = browser.person = who
    return browser


def take_home(browser) -> dict[str, bytes]:
    """Ask for the copy, fetch it, and return its files."""
    with zipfile.ZipFile(io.BytesIO(fetch(browser, ask(browser).json()["id"])[1].getvalue())) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def lead_a_life(who) -> object:
    """Let her show papers, trust a brother, read a message, choose, and connect a library; return the library."""
    me = who.who.resident_id
    show_papers(who.who)
    act = Act(who.who.principal, at=clock.now())
    brother = person("見本 一郎")
    take_up_mandate(Act(brother.principal, at=clock.now()), token=invite_delegate(act, scopes=["wallet"]).token)
    notify(
        Act(SYSTEM, at=clock.now()),
        to=me,
        message="accounts.role_given",
        values={"organisation": "見本商店"},
        dedupe="shop",
    )
    with access(purpose="tests.choices", actor=me, subject=me, classes=["messages", "home"]):
        MessageSettings.objects.create(resident_id=me, choices={"events": []}, quiet_from=1320, quiet_to=420)
        HomeChoices.objects.create(resident_id=me, pinned=["accounts.papers"], hidden=[])
    library = partner()
    who.connect(library)
    return library


def test_nothing_that_the_city_keeps_about_her_is_missing(db, valkey):
    who = hanako()
    library = lead_a_life(who)

    held = take_home(who)

    read = {path: json.loads(body) for path, body in held.items() if re.fullmatch(r"accounts/[a-z_]+\.json", path)}
    known = read["accounts/identity.json"]
    assert (known["identity"]["birthdate"], known["identity"]["gender"]) == ("1988-04-02", "female")
    assert (known["identity"]["address"], known["identity"]["source"]) == ("熊本県人吉市見本町1番地1", "counter")
    assert [(each["kind"], each["documents"]) for each in known["steps"]] == [("counter", ["passport"])]
    [mandate] = read["accounts/family.json"]
    assert (mandate["name"], mandate["acts_for_me"], mandate["scopes"]) == ("見本 一郎", True, ["wallet"])
    told = {each["title"]: each["body"] for each in read["accounts/messages.json"]}
    assert "「見本商店」で働く人として登録されました" in told["新しい役割がつきました"]
    assert "代理が始まりました" in told
    assert read["accounts/message_settings.json"] == {
        "choices": {"events": []}, "quiet_from": 1320, "quiet_to": 420, "line": None, "browsers": [],
    }  # fmt: skip
    assert read["accounts/home.json"] == {"pinned": ["accounts.papers"], "hidden": []}
    [connection] = read["accounts/connections.json"]
    assert (connection["service"], connection["classes"], connection["ended_at"]) == ("くま川図書館", ["profile"], None)
    [consent] = read["accounts/consents.json"]
    assert consent["consent"]["recipient"]["id"] == str(library.organisation_id)
    assert consent["consent"]["state"] == "standing"
    assert {"accounts/access_log.csv", "accounts/access_log.jsonl", "index.json", "README.html"} <= held.keys()


def test_a_receipt_can_be_checked_with_nothing_but_the_copy(db, valkey):
    who = hanako()
    lead_a_life(who)

    held = take_home(who)

    [consent] = json.loads(held["accounts/consents.json"])
    keys = {each["kid"]: each for each in json.loads(held["accounts/city_keys.json"])["keys"]}
    receipt = held[consent["receipt"]].decode()
    key = jwt.PyJWK(keys[jwt.get_unverified_header(receipt)["kid"]]).key
    said = json.loads(jwt.api_jws.decode(receipt, key, algorithms=["EdDSA"]))
    assert said["consentReceiptID"] == consent["consent"]["id"]
    assert hashlib.sha256(held[consent["words"]]).hexdigest() == said["notice_digest"]["value"]
    assert f"{said['notice_digest']['value']}.json" in consent["words"]


def test_the_page_to_read_first_names_every_file_in_her_language(db, valkey):
    who = hanako("en")
    lead_a_life(who)

    held = take_home(who)

    page = held["README.html"].decode()
    index = json.loads(held["index.json"])["files"]
    assert {each["path"] for each in index} == held.keys() - {"README.html", "index.json"}
    assert all(f"<code>{each['path']}</code>" in page and each["title"] for each in index)
    titles = {each["path"]: each["title"] for each in index}
    assert titles["accounts/messages.json"] == "Messages you received"
    assert not [title for title in titles.values() if re.search("[ぁ-んァ-ヶ]", title)], titles
    assert "RFC 9162" in page
    [role] = [each for each in json.loads(held["accounts/messages.json"]) if "role" in each["title"].lower()]
    assert role["language"] == "en"
    header, *rows = csv.reader(io.StringIO(held["accounts/access_log.csv"].decode("utf-8-sig")))
    assert header[1] == "Who looked"
    assert "You" in {row[1] for row in rows}


@pytest.mark.postgres
def test_every_look_is_in_it_and_its_proof_needs_nobodys_word(committed_db, valkey, monkeypatch):
    """Pages of three, so that the log is read as a large one is."""
    monkeypatch.setattr("accounts.selectors.takeout_log.PAGE", 3)
    retention.make_partitions(at=clock.now())
    who = hanako()
    lead_a_life(who)
    who.ask("GET", "/api/v1/accounts/accesses")
    while growth.seal_and_grow():
        pass
    me = who.who.resident_id
    with access(purpose=record.PURPOSE, actor=me, subject=me, classes=["access_log"]) as opened:
        seen_before = {each.entry.id for each in record.recorded(opened, limit=1_000, size=0)}
    who.ask("GET", "/api/v1/accounts/me")

    held = take_home(who)

    head_text = held["accounts/log_head.jws"].decode()
    keys = {each["kid"]: each for each in json.loads(held["accounts/city_keys.json"])["keys"]}
    key = jwt.PyJWK(keys[jwt.get_unverified_header(head_text)["kid"]]).key
    head = json.loads(jwt.api_jws.decode(head_text, key, algorithms=["EdDSA"]))
    lines = [json.loads(line) for line in held["accounts/access_log.jsonl"].splitlines()]
    proved = [each for each in lines if each["path"] is not None]
    fresh = [each for each in lines if each["path"] is None]
    said = [json.loads(each["canonical"]) for each in proved]
    assert {each["id"] for each in said} == {str(each) for each in seen_before} - {
        json.loads(each["canonical"])["id"] for each in fresh
    }
    assert len(proved) >= 10
    assert "accounts.my_accesses" in {each["purpose"] for each in said}, "that she looked at the log is kept too"
    assert {each["subject"] for each in said} == {str(me)}
    for each in proved:
        leaf = hashlib.sha256(b"\0" + each["canonical"].encode()).digest()
        path = [bytes.fromhex(one) for one in each["path"]]
        assert tree.verify_inclusion(leaf, each["index"], head["size"], path, bytes.fromhex(head["root"]))
        forged = hashlib.sha256(b"\0" + each["canonical"].replace("self", "else").encode() + b" ").digest()
        assert not tree.verify_inclusion(forged, each["index"], head["size"], path, bytes.fromhex(head["root"]))
    assert "accounts.my_profile" in {json.loads(each["canonical"])["purpose"] for each in fresh}
    table = list(csv.reader(io.StringIO(held["accounts/access_log.csv"].decode("utf-8-sig"))))
    assert [row[-1] for row in table[1:]] == [json.loads(each["canonical"])["id"] for each in lines]


def test_who_has_nothing_gets_a_copy_all_the_same(db, valkey):
    ayumi = Visitor()
    ayumi.sign_up(email="ayumi@example.com", display_name="Ayumi")

    held = take_home(ayumi)

    assert json.loads(held["accounts/identity.json"]) == {"identity": None, "card_bound_at": None, "steps": []}
    assert [json.loads(held[f"accounts/{name}.json"]) for name in ("consents", "family")] == [[], []]
    (only,) = json.loads(held["accounts/messages.json"])
    assert only["title"] == "データの書き出しを始めました"
    assert "accounts/log_head.jws" not in held


LEFT_OUT = {
    "Export": "the copies themselves: in the list of copies",
    "CounterCode": "a keyed hash of a code that lives for minutes",
    "Merge": "stands among the steps of identity.json",
    "Dispatch": "that a message waits: ids alone",
    "Delivery": "how a message travels: ids alone; the message is in messages.json",
    "StaffInvitation": "that somebody was asked to work: ids alone; the work itself is among the organisations of profile.json",
    "Resident": "a bare key: resident_id in profile.json",
}
GIVEN = {
    "Profile", "Identity", "Verification", "Card", "Mandate", "FamilyName", "Membership", "Connection", "Device",
    "NightCredential", "BrokenGlass", "HomeChoices", "InboxMessage", "MessageSettings", "PushSubscription", "Grant",
    "User", "Contact",
}  # fmt: skip


def test_a_table_that_names_people_is_in_the_copy_or_says_why_not():
    """Whoever adds one decides here."""
    here = {
        model.__name__
        for model in apps.get_app_config("accounts").get_models()
        if issubclass(model, PersonalModel)
        or any(isinstance(field, models.ForeignKey) and field.related_model is Resident for field in model._meta.fields)
    }
    assert here - GIVEN == LEFT_OUT.keys() & here
    assert here >= GIVEN
