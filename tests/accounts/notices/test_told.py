"""Whatever is done in somebody's name they find in their inbox: what happened, to what, and where to go if it was not them."""

import json
from datetime import timedelta

import psycopg
import pytest
from celery import current_app

from accounts import tasks
from accounts.models import Dispatch
from accounts.notifications import spoken
from accounts.selectors.partners import OWN_DEVICES
from accounts.services.exports import make_export, request_export
from accounts.services.mandates import register_mandate
from accounts.services.notices import broadcasting
from accounts.services.notices.broadcasting import fan_out_some
from kernel import clock, contributions
from kernel.contributions import Contributions
from kernel.ids import new_id
from kernel.log import retention
from kernel.log.delivery import deliver_some
from kernel.principal import SYSTEM
from kernel.tasks import LogDamaged, verify_logs
from kernel.use_case import Act
from tests.accounts import test_app_codes as app_codes
from tests.accounts.devices.test_devices import APPROVE, DEVICES, TOKEN, let_in, post, waiting
from tests.accounts.notices.conftest import NOON
from tests.accounts.openid.partner import partner, signed_in
from tests.accounts.phones import Browser
from tests.factories.agreements import publish
from tests.factories.people import employ, organisation, person
from tests.kernel.log.readings import read_many
from tests.wallet.callers import City

pytestmark = pytest.mark.django_db

API = "/api/v1/accounts/"


def inbox(who, language="ja"):
    """Return what somebody reads, the newest first."""
    return who.client(HTTP_ACCEPT_LANGUAGE=language).get(API + "messages").json()["results"]


def told(who, language="ja"):
    """Return the titles, the oldest first; every one of them is about the account, so that its letters cannot be switched off."""
    found = [each for each in reversed(inbox(who, language)) if each["category"] == "account"]
    assert {each["priority"] for each in found} <= {"normal"}
    return [each["title"] for each in found]


def read_on_phone(caller):
    """Return the (title, body, link) that a caller at the doors reads, the oldest first."""
    rows = caller.get(API + "messages").json()["results"]
    return [(each["title"], each["body"], each["link"]) for each in reversed(rows) if "役割" not in each["title"]]


def ask(who, method, path, body, key, subject=None):
    headers = {"idempotency-key": key} | ({"machi-for": str(subject.resident_id)} if subject else {})
    return who.client().generic(method, API + path, json.dumps(body), "application/json", headers=headers)


def test_a_connection_that_begins_and_ends_is_told_each_once_in_the_readers_language():
    library, hanako = partner(), signed_in()
    for _again in range(2):
        library.redeem(hanako.connect(library))
    assert told(hanako.person) == ["「くま川図書館」とつながりました"]
    (row,) = hanako.get("/api/v1/accounts/connections").json()["results"]

    answers = [hanako.ask("DELETE", f"/api/v1/accounts/connections/{row['id']}").status_code for _again in range(2)]

    assert answers == [204, 404]
    assert told(hanako.person, "en") == [
        "You are now connected to Kumagawa Library",
        "Your connection to Kumagawa Library has ended",
    ]
    assert [each["link"] for each in inbox(hanako.person)] == ["/me/devices", "/me/connections"]


@pytest.mark.parametrize("what", ["code", "refresh token"])
def test_what_is_shown_twice_ends_the_sign_in_and_the_person_hears_of_it_once(what):
    library, hanako = partner(), signed_in()
    code = hanako.connect(library)
    first = library.redeem(code).json()
    library.refresh(first["refresh_token"])

    for _again in range(2):
        again = library.redeem(code) if what == "code" else library.refresh(first["refresh_token"])
        assert again.json()["error"] == "invalid_grant"

    assert told(hanako.person)[1:] == ["安全のため「くま川図書館」のサインインを終わらせました"]
    assert inbox(hanako.person)[0]["link"] == "/me/connections"


def test_an_authenticator_app_that_comes_and_goes(committed_db):
    browser = Browser()
    browser.sign_up(email=app_codes.HANAKO)
    app_codes.set_up(browser)
    assert browser.ask("DELETE", app_codes.APP).status_code == 200
    read = browser.ask("GET", API + "messages").json()["results"]
    assert [(each["title"], each["link"]) for each in reversed(read)] == [
        ("認証アプリが登録されました", "/me/totp"),
        ("認証アプリが削除されました", "/me/totp"),
    ]


@pytest.fixture
def family(db):
    """A child, and a mother who decides for it."""
    mother, child = person("母"), person("子")
    register_mandate(
        Act(SYSTEM, at=clock.now(), key=str(new_id())), principal_id=child.resident_id, delegate_id=mother.resident_id,
        role="parent", scopes=["accounts"], evidence="family_register", why="戸籍で確認",
        born_on=clock.jst_date(clock.now()).replace(day=1) - timedelta(days=3650),
    )  # fmt: skip
    return mother, child


def test_a_child_reads_what_its_parent_agreed_to_and_took_back(family):
    mother, child = family
    published = publish(organisation(name="見本商店", name_en="Mihon Store"))
    body = {"revision_id": str(published.revision_id), "classes": ["profile"]}
    answers = [ask(mother, "POST", "consents", body, "the-same-key", child) for _again in range(2)]
    assert [each.status_code for each in answers] == [201, 201]
    withdrawal = f"agreements/{published.agreement_id}/withdrawal"
    assert ask(mother, "POST", withdrawal, {}, "none", child).status_code == 200

    withdrawn, given = inbox(child)[:2]
    assert told(child)[1:] == ["あなたの代わりに同意がありました", "あなたの代わりに同意が取り消されました"]
    assert given["body"].startswith(
        "あなたの保護者が、あなたの代わりに「見本商店」の「ポイントカード」に同意しました。"
    )
    assert given["link"] == withdrawn["link"] == f"/me/consents/{published.agreement_id}"
    assert inbox(child, "en")[0]["body"].startswith(
        "Your parent took back the consent to “Point card” of Mihon Store for you."
    )
    assert told(mother) == []


def test_who_decides_alone_is_told_nothing_by_it(db):
    hanako, published = person("花子"), publish(organisation())
    body = {"revision_id": str(published.revision_id), "classes": ["profile"]}
    ask(hanako, "POST", "consents", body, "a-key-of-hers")
    ask(hanako, "POST", f"agreements/{published.agreement_id}/withdrawal", {}, "none")
    assert told(hanako) == []


@pytest.fixture
def copies(settings, tmp_path):
    """Keep copies in a place of this test's own, and leave them undone until the test does them."""
    settings.MACHI_HOME = tmp_path
    current_app.conf.task_always_eager = False


def test_a_copy_of_ones_data_is_told_when_asked_for_and_when_made(copies):
    hanako, asked_at = person("花子"), clock.now()
    acts = [Act(hanako.principal, at=asked_at, key="the-same-key") for _again in range(2)]
    first, again = (request_export(act) for act in acts)
    assert first.id == again.id
    assert told(hanako) == ["データの書き出しを始めました"]

    for _again in range(2):
        make_export(Act(SYSTEM, at=asked_at + timedelta(minutes=1)), export_id=first.id)

    assert told(hanako) == ["データの書き出しを始めました", "データの書き出しができました"]
    until = spoken(asked_at + timedelta(days=1, minutes=1), "ja")
    ready = inbox(hanako)[0]
    assert (ready["body"], ready["link"]) == (f"{until}まで受け取れます。そのあとは消えます。", "/me/data")


def test_a_copy_that_cannot_be_made_is_told_after_the_last_try(copies, monkeypatch):
    class Stumbling:
        name = "toy"

        def export(self, subject, *, at):
            raise ValueError

    given = Contributions(personal_stores=(Stumbling(),))
    monkeypatch.setattr("kernel.contributions._registry", contributions._registry | {"toy": given})
    hanako = person("花子")
    copy = request_export(Act(hanako.principal, at=clock.now(), key="12345678")).id
    for tried in range(1, 5):
        tasks.make_export(export_id=str(copy))
        assert ("データの書き出しができませんでした" in told(hanako)) == (tried >= 3)
    assert len(told(hanako)) == 2


def test_a_till_let_in_and_ended_is_told_to_all_managers_and_to_nobody_else(committed_db):
    city = City()
    shop, elsewhere = city.shop(), city.shop(name="例の店")
    second = city.member(shop.organisation_id, "merchant.manager")
    _till, device, given = let_in(shop.manager, shop, label="入口のレジ")
    asked = waiting()
    body = {"user_code": asked["user_code"], "organisation_id": str(shop.organisation_id), "label": "レジ2"}
    assert [shop.manager.post(APPROVE, body, key="the-same-key").status_code for _again in range(2)] == [201, 201]
    renewed = {"grant_type": "refresh_token", "refresh_token": given["refresh_token"], "client_id": OWN_DEVICES}
    assert [post(TOKEN, **renewed).status_code for _again in range(3)] == [200, 400, 400]
    assert second.ask("DELETE", f"{DEVICES}/{device['id']}", key=None).status_code == 204

    for manager in (shop.manager, second):
        assert [(title, link) for title, _body, link in read_on_phone(manager)] == [
            ("機器「入口のレジ」が使えるようになりました", "/me/town-devices"),
            ("機器「レジ2」が使えるようになりました", "/me/town-devices"),
            ("安全のため機器「入口のレジ」のサインインを終わらせました", "/me/town-devices"),
            ("機器「入口のレジ」の利用が終わりました", "/me/town-devices"),
        ]
    assert "「見本食堂」の機器として登録されました。" in read_on_phone(second)[0][1]
    assert [read_on_phone(who) for who in (shop.cashier, elsewhere.manager)] == [[], []]


def test_a_kiosk_is_told_to_the_citys_administrators(committed_db):
    city = City()
    officer, administrator = city.city_office()
    asked = waiting("kiosk")
    (place,) = officer.post("/api/v1/accounts/device_requests/look", {"user_code": asked["user_code"]}).json()["places"]
    officer.post(APPROVE, {"user_code": asked["user_code"], "organisation_id": place["id"], "label": "1階の案内"})
    assert [title for title, *_rest in read_on_phone(administrator)] == ["機器「1階の案内」が使えるようになりました"]
    assert read_on_phone(officer) == []


@pytest.mark.postgres
def test_a_damaged_log_is_told_to_the_administrators_once_a_day(committed_db, monkeypatch):
    office = organisation("city", "人吉市", "Hitoyoshi")
    administrator, officer = person("管理"), person("窓口")
    employ(administrator, office, "city.administrator")
    employ(officer, office, "city.officer")
    retention.make_partitions(at=NOON)
    monkeypatch.setattr(clock, "now", lambda: NOON)
    with psycopg.connect(committed_db.owner_url, autocommit=True) as owner:
        read_many(owner, 3)
        verify_logs()
        owner.execute("ALTER TABLE kernel_access_log_202611 DISABLE TRIGGER ALL")
        owner.execute("UPDATE kernel_access_log_202611 SET reason = 'none' WHERE reason = 'read 2'")

    def nightly():
        with pytest.raises(LogDamaged):
            verify_logs()
        deliver_some()
        return [each for each in told(administrator) if "食い違い" in each]

    (first,) = nightly()
    assert nightly() == [first]
    monkeypatch.setattr(clock, "now", lambda: NOON + timedelta(days=1))
    assert len(nightly()) == 2
    assert [each for each in told(officer) if "食い違い" in each] == []


class TestAWiderAgreement:
    """Hundreds said yes to less than is asked now; workers tell them, and nobody twice."""

    @pytest.fixture
    def shop(self, committed_db, monkeypatch):
        monkeypatch.setattr(broadcasting, "PIECE", 50)
        return organisation(name="見本商店", name_en="Mihon Store")

    def crowd(self, published, count):
        people = [person(f"住民{number}") for number in range(count)]
        body = {"revision_id": str(published.revision_id), "classes": ["profile"]}
        for who in people:
            assert ask(who, "POST", "consents", body, str(new_id())).status_code == 201
        return people

    @pytest.mark.slow  # three hundred people sign up and say yes, and a worker is killed twice
    def test_everybody_left_behind_is_told_once_whoever_dies(self, shop, monkeypatch):
        first = publish(shop)
        people, stranger, back = self.crowd(first, 300), person("他の人"), person("取り消した人")
        body = {"revision_id": str(first.revision_id), "classes": ["profile"]}
        ask(back, "POST", "consents", body, str(new_id()))
        ask(back, "POST", f"agreements/{first.agreement_id}/withdrawal", {}, "none")

        publish(shop, classes=["profile", "contacts"])
        assert Dispatch.objects.count() == 0, "the request itself tells nobody"

        class Killed(BaseException):
            """The process ends here."""

        write, at = broadcasting.write_piece, clock.now()

        def after_the_writing(piece, *, at):
            write(piece, at=at)
            raise Killed

        def before_it(piece, *, at):
            raise Killed

        for death in (after_the_writing, before_it):
            with monkeypatch.context() as patched:
                patched.setattr(broadcasting, "write_piece", death)
                with pytest.raises(Killed):
                    fan_out_some(priority="normal", at=at)
        for _worker in range(2):
            at += broadcasting.LEASE + timedelta(seconds=1)
            while fan_out_some(priority="normal", at=at):
                pass

        expected = ["「ポイントカード」について、もう一度おたずねします"]
        assert [told(who) for who in people] == [expected] * 300
        assert (told(stranger), told(back)) == ([], [])
        (message,) = inbox(people[0], "en")
        assert message["link"] == f"/consents/ask/{first.agreement_id}"
        assert (message["title"], message["body"][:39]) == (
            "Point card: please decide again",
            "Mihon Store now asks for more than befo",
        )

    def test_the_wording_alone_and_the_first_version_ask_nobody_anew(self, shop):
        people = self.crowd(publish(shop), 1)
        publish(shop, why="お名前をカードに刷るため。", is_wording=True)
        while fan_out_some(priority="normal", at=clock.now()):
            pass
        assert told(people[0]) == []

    def test_a_parent_is_asked_for_the_child_and_a_care_manager_is_not(self, shop, family):
        mother, child = family
        helper, first = person("ケア"), publish(shop)
        care = {"role": "care_manager", "scopes": ["accounts"], "evidence": "care_contract", "why": "契約書を確認"}
        registered = Act(SYSTEM, at=clock.now(), key=str(new_id()))
        register_mandate(registered, principal_id=child.resident_id, delegate_id=helper.resident_id, **care)
        body = {"revision_id": str(first.revision_id), "classes": ["profile"]}
        assert ask(mother, "POST", "consents", body, str(new_id()), child).status_code == 201
        publish(shop, classes=["profile", "contacts"])
        while fan_out_some(priority="normal", at=clock.now()):
            pass
        assert told(mother) == ["「ポイントカード」について、代わりにお決めください"]
        assert told(mother, "en") == ["Point card: please decide for somebody in your care"]
        assert inbox(mother)[0]["link"] == "/me/family"
        assert told(child)[-1] == "「ポイントカード」について、もう一度おたずねします"
        assert told(helper) == []

    def test_who_has_said_yes_anew_before_a_worker_came_is_not_asked(self, shop):
        first = publish(shop)
        quick, slow = self.crowd(first, 2)
        wider = publish(shop, classes=["profile", "contacts"])
        body = {"revision_id": str(wider.revision_id), "classes": ["profile"]}
        assert ask(quick, "POST", "consents", body, str(new_id())).status_code == 201
        while fan_out_some(priority="normal", at=clock.now()):
            pass
        assert (told(quick), len(told(slow))) == ([], 1)
