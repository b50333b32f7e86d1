"""The counter: an officer knows a person by their papers, gives back a lost account, and two of them make two IDs one."""

import json
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, connection

from accounts.engine.documents import suffices
from accounts.engine.my_number import carries_my_number
from accounts.models import CounterCode, Merge, Resident, User
from accounts.selectors import ResidentPrincipal
from accounts.services.counter import verify_at_counter
from accounts.services.merging import confirm_merge, propose_merge, reject_merge
from kernel import clock
from kernel.ids import new_id
from kernel.problems import DomainError
from kernel.use_case import Act
from tests.accounts.cards import show
from tests.accounts.phones import App, Browser
from tests.accounts.test_app_codes import set_up
from tests.factories.people import employ, organisation, person, show_second_factor

pytestmark = pytest.mark.django_db

CODES = "/api/v1/accounts/counter_codes"
DESK = "/admin/desk/"
HANAKO = {"name": "見本 花子", "birthdate": "1988-04-02", "address": "熊本県人吉市見本町1番地1"}


@pytest.fixture
def office(db):
    """Give a city office with two officers and an administrator."""
    office = organisation("city", "人吉市", "Hitoyoshi")
    for role, name in (("city.officer", "officer"), ("city.officer", "second"), ("city.administrator", "boss")):
        employ(person(name, email=f"{name}@example.com"), office, role)
    return office


def at_the_desk(name="officer", *, is_sure=True):
    """Sign an officer in, by a second factor where they are sure."""
    browser = Browser()
    browser.sign_in(email=f"{name}@example.com")
    if is_sure:
        show_second_factor(browser.client)
    return browser


def send(desk, page, **fields):
    """Fill in a desk's form as its page gives it."""
    html = desk.client.get(DESK + page).content.decode()
    key = html.partition('name="key" value="')[2].partition('"')[0]
    return desk.client.post(DESK + page, {"key": key or new_id(), **fields}, headers=desk.headers())


def code(phone):
    answer = phone.ask("POST", CODES)
    assert answer.status_code == 201, answer.content
    return answer.json()["code"]


def my_id(phone):
    return phone.ask("GET", "/api/v1/accounts/id").json()


@pytest.fixture
def hanako(browser):
    browser.sign_up(email="hanako@example.com", display_name="花子")
    return browser


def test_an_officer_knows_hanako_by_her_licence(office, hanako):
    desk, shown = at_the_desk(), code(hanako)

    done = send(desk, "verify", code=f"{shown[:4].lower()} {shown[4:]}", documents=["drivers_licence"], **HANAKO)

    assert (done.status_code, done["Location"]) == (302, DESK + "verify")
    assert "本人確認を記録しました" in desk.client.get(DESK + "verify").content.decode()
    found = my_id(hanako)
    assert (found["level"], found["authentication_level"]) == (2, 1)
    assert found["identity"] | {"checked_at": None} == HANAKO | {"gender": "", "source": "counter", "checked_at": None}
    [step] = hanako.ask("GET", "/api/v1/accounts/id/verifications").json()["results"]
    assert (step["kind"], step["level_before"], step["level_after"], step["by_officer"]) == ("counter", 1, 2, True)
    assert step["documents"] == ["drivers_licence"]
    assert not CounterCode.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT what::text, why FROM kernel_audit WHERE action = 'accounts.verify_at_counter'")
        [(what, _why)] = cursor.fetchall()
    assert json.loads(what) == {"level": 2, "documents": ["drivers_licence"]}


def refused(desk, hanako, sentence, **fields):
    """See a form refused in words, and nothing changed."""
    given = {"code": code(hanako), "documents": ["passport"], **HANAKO} | fields
    answer = send(desk, "verify", **given)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert my_id(hanako)["level"] == 1
    return answer


def test_refusals_stand_in_words_keep_what_was_typed_and_change_nothing(office, hanako):
    desk = at_the_desk()
    answer = refused(desk, hanako, "この窓口コードは使えません", code="AAAA2222")
    assert "熊本県人吉市見本町1番地1" in answer.content.decode()
    refused(desk, hanako, "写真のない書類は2点", documents=["health_insurance"])
    refused(desk, hanako, "写真のない書類は2点", documents=["health_insurance", "health_insurance"])
    refused(desk, hanako, "生年月日を確認してください", birthdate="2099-01-01")
    refused(desk, hanako, "生年月日を確認してください", birthdate="1899-12-31")
    refused(desk, hanako, "12桁のマイナンバー", address="人吉市 １２３４−５６７８−９０１８")
    refused(desk, hanako, "desk-error", documents=["library_card"])
    refused(desk, hanako, "desk-error", name="")
    refused(desk, hanako, "desk-error", name="x" * 201)
    refused(desk, hanako, "desk-error", birthdate="昭和63年")
    refused(desk, hanako, "desk-error", key="no key")


def test_a_code_is_good_once_for_ten_minutes_and_the_newest_alone(office, hanako, monkeypatch):
    desk, first = at_the_desk(), code(hanako)
    second = code(hanako)
    papers = {"documents": ["passport"], **HANAKO}
    assert send(desk, "verify", code=first, **papers).status_code == 422
    late = clock.now() + timedelta(minutes=10)
    with monkeypatch.context() as clockwork:
        clockwork.setattr("accounts.pages.desk.clock.now", lambda: late)
        assert send(desk, "verify", code=second, **papers).status_code == 422
    assert send(desk, "verify", code=second, **papers).status_code == 302
    assert send(desk, "verify", code=second, **papers).status_code == 422
    assert len(hanako.ask("GET", "/api/v1/accounts/id/verifications").json()["results"]) == 1


def test_a_page_that_was_sent_twice_counts_once(office, hanako):
    desk, key, shown = at_the_desk(), new_id(), code(hanako)
    for _ in range(2):
        assert send(desk, "verify", key=key, code=shown, documents=["passport"], **HANAKO).status_code == 302
    assert len(hanako.ask("GET", "/api/v1/accounts/id/verifications").json()["results"]) == 1


def test_nobody_verifies_themself(office):
    desk = at_the_desk()
    answer = send(desk, "verify", code=code(desk), documents=["passport"], **HANAKO)
    assert "自分のIDは扱えません" in answer.content.decode()
    assert my_id(desk)["level"] == 1


def test_who_is_known_by_card_is_not_made_less_sure(office, hanako):
    show(hanako)
    answer = send(at_the_desk(), "verify", code=code(hanako), documents=["passport"], **HANAKO)
    assert "すでにマイナンバーカードで確認されています" in answer.content.decode()
    assert (my_id(hanako)["level"], my_id(hanako)["identity"]["source"]) == (3, "card")


def test_only_officers_with_a_second_factor_stand_at_the_desk(office, hanako):
    for page in ("verify", "lost", "merge"):
        assert hanako.client.get(DESK + page).status_code == 302
        assert at_the_desk(is_sure=False).client.get(DESK + page)["Location"].startswith("/admin/login/")
        assert at_the_desk("boss").client.get(DESK + page).status_code == 200
    officer = User.objects.order_by("id").first()
    bare = Act(at_principal(officer), at=clock.now(), key="verify-00001")
    with pytest.raises(DomainError) as refusal:
        verify_at_counter(bare, code=code(hanako), documents=["passport"], **HANAKO)
    assert refusal.value.code == "step_up_required"
    assert my_id(hanako)["level"] == 1


def at_principal(user, level=1):
    return ResidentPrincipal(user, shown={level: clock.now()})


def test_with_telephone_and_app_lost_the_counter_gives_the_account_back(office, hanako):
    set_up(hanako)
    shown = code(hanako)

    done = send(at_the_desk(), "lost", code=shown, documents=["passport"], why="紛失")

    assert done.status_code == 302
    assert hanako.me().status_code == 401
    again = Browser()
    again.sign_in(email="hanako@example.com")
    assert (my_id(again)["has_app"], my_id(again)["passkeys"]) == (False, 0)
    [step] = again.ask("GET", "/api/v1/accounts/id/verifications").json()["results"]
    assert (step["kind"], step["level_before"], step["level_after"]) == ("factors", 1, 1)


def test_a_token_that_outlives_its_session_is_worth_nothing(office, hanako):
    app = App()
    app.sign_in(email="hanako@example.com")
    assert app.me().status_code == 200
    send(at_the_desk(), "lost", code=code(hanako), documents=["passport"], why="紛失")
    assert app.me().status_code == 401


@pytest.mark.parametrize(
    ("kinds", "enough"),
    [
        (["passport"], True),
        (["my_number_card"], True),
        (["health_insurance"], False),
        (["health_insurance", "pension_book"], True),
        (["health_insurance", "passport"], True),
        ([], False),
        (["passport", "library_card"], False),
    ],
)
def test_one_paper_with_a_picture_or_two_without(kinds, enough):
    assert suffices(kinds) is enough


@pytest.mark.parametrize(
    ("text", "carries"),
    [
        ("123456789018", True),
        ("1234 5678 9018", True),
        ("１２３４−５６７８−９０１８", True),
        ("123456789012", False),  # the check digit does not fit
        ("1234567890180", False),
        ("熊本県人吉市1-2-3", False),
        ("", False),
    ],
)
def test_a_12_digit_number_is_known_by_its_check_digit(text, carries):
    assert carries_my_number(text) is carries


# Two IDs become one.


@pytest.fixture
def two(hanako):
    """Give Hanako a second ID, by telephone, which she made as a guest."""
    other = Browser()
    other.sign_up(phone="090-1234-5678", is_guest=True)
    return hanako, other


def propose(desk, survivor, merged, why="同じ方の二重登録"):
    return send(desk, "merge", survivor_code=code(survivor), merged_code=code(merged), why=why)


def decide(desk, decision="confirm"):
    merge = Merge.objects.order_by("-proposed_at").first()
    return desk.client.post(f"{DESK}merge/{merge.pk}", {"decision": decision}, headers=desk.headers())


def test_two_officers_make_two_ids_one(office, two):
    hanako, other = two
    keys = {name: phone.me().json()["resident_id"] for name, phone in (("kept", hanako), ("closed", other))}
    assert propose(at_the_desk(), hanako, other).status_code == 302
    assert other.me().status_code == 200

    second = at_the_desk("second")
    assert "同じ方の二重登録" in second.client.get(DESK + "merge").content.decode()
    decide(second)

    assert "統合しました" in second.client.get(DESK + "merge").content.decode()
    closed = Resident.objects.get(pk=keys["closed"])
    assert str(closed.merged_into_id) == keys["kept"]
    assert closed.closed_at is not None
    assert other.me().status_code == 401
    again = Browser()
    assert again.sign_in(phone="090-1234-5678").status_code == 200
    me = again.me().json()
    assert (me["resident_id"], me["email"], me["phone"]) == (keys["kept"], "hanako@example.com", "+819012345678")
    assert [step["kind"] for step in again.ask("GET", "/api/v1/accounts/id/verifications").json()["results"]] == [
        "merge"
    ]
    with connection.cursor() as cursor:
        cursor.execute("SELECT payload FROM kernel_outbox WHERE name = 'accounts.residents.merged.v1'")
        [(payload,)] = cursor.fetchall()
    said = payload if isinstance(payload, dict) else json.loads(payload)
    assert said == {"survivor_id": keys["kept"], "merged_id": keys["closed"]}


def test_what_apps_keep_sealed_follows_the_person(office, two):
    """Two homes were saved: the survivor's stays the home, the other becomes a place of that name, sealed anew."""
    hanako, other = two
    door, home = "/api/v1/mobility/saved_places", {"kind": "home", "lat": 32.2, "lon": 130.7}
    hanako.ask("PUT", f"{door}/{UUID(int=1)}", home)
    other.ask("PUT", f"{door}/{UUID(int=1)}", home | {"lat": 32.3})
    other.ask("PUT", f"{door}/{UUID(int=2)}", home | {"kind": "work", "name": "店"})
    propose(at_the_desk(), hanako, other)
    decide(at_the_desk("second"))
    saved = hanako.ask("GET", door).json()["results"]
    assert [(each["kind"], each["name"], each["lat"]) for each in saved] == [
        ("home", "", 32.2), ("other", "自宅", 32.3), ("work", "店", 32.2),
    ]  # fmt: skip
    assert [each["id"] for each in saved if each["kind"] != "other"] == [str(UUID(int=1)), str(UUID(int=2))]


def test_the_card_goes_over_with_the_identity_and_signs_in_to_what_is_left(office, two):
    hanako, other = two
    show(other)

    propose(at_the_desk(), hanako, other)
    decide(at_the_desk("second"))

    found = my_id(hanako)
    assert (found["level"], found["has_card"], found["identity"]["name"]) == (3, True, "見本 花子")
    again = Browser()
    assert show(again, purpose="sign_in").status_code == 200
    assert again.me().json()["resident_id"] == hanako.me().json()["resident_id"]


def test_four_eyes(office, two):
    hanako, other = two
    first = at_the_desk()
    propose(first, hanako, other)

    page = first.client.get(DESK + "merge").content.decode()
    assert "確認はほかの職員が行います" in page
    assert 'value="confirm"' not in page
    decide(first)

    assert "提案した職員は決裁できません" in first.client.get(DESK + "merge").content.decode()
    assert Merge.objects.get().decided_at is None
    assert other.me().status_code == 200
    merge = Merge.objects.get()
    with pytest.raises(IntegrityError, match="merge_four_eyes"):
        Merge.objects.filter(pk=merge.pk).update(
            decided_by=merge.proposed_by, decided_at=clock.now(), is_confirmed=True
        )


def test_the_database_knows_four_eyes_and_that_nobody_merges_themself(office, two):
    hanako, other = (phone.me().json()["resident_id"] for phone in two)
    with pytest.raises(IntegrityError, match="merge_not_of_oneself"):
        Merge.objects.create(
            survivor_id=hanako, merged_id=other, reason="x", proposed_by=hanako, proposed_at=clock.now()
        )


def test_who_proposed_takes_it_back_and_it_can_be_proposed_again(office, two):
    hanako, other = two
    first = at_the_desk()
    propose(first, hanako, other)
    again = propose(first, hanako, other)
    assert "すでに提案されています" in again.content.decode()

    decide(first, "reject")

    assert Merge.objects.get().is_confirmed is False
    assert other.me().status_code == 200
    assert propose(first, hanako, other).status_code == 302


def test_what_cannot_be_one_stays_two(office, two):
    hanako, other = two
    desk = at_the_desk()
    one = code(hanako)
    assert "同じIDのもの" in send(desk, "merge", survivor_code=one, merged_code=one.lower(), why="x").content.decode()
    assert "自分のIDは扱えません" in propose(desk, desk, other).content.decode()
    shop = organisation()
    working = person(email="cashier@example.com")
    employ(working, shop, "merchant.cashier")
    cashier = Browser()
    cashier.sign_in(email="cashier@example.com")
    assert "役割が残っています" in propose(desk, hanako, cashier).content.decode()
    show(hanako)
    show(other, "taro")
    assert "別々のマイナンバーカード" in propose(desk, hanako, other).content.decode()
    assert not Merge.objects.exists()


def test_a_merge_is_decided_once_by_somebody_who_exists(office, two):
    hanako, other = two
    propose(at_the_desk(), hanako, other)
    officers = list(User.objects.order_by("id")[:3])
    merge = Merge.objects.get()
    decide(at_the_desk("second"))

    for service in (confirm_merge, reject_merge):
        for merge_id, expected in ((merge.pk, "merge_decided"), (new_id(), "not_found")):
            with pytest.raises(DomainError) as refusal:
                service(Act(at_principal(officers[1], 2), at=clock.now()), merge_id=merge_id)
            assert refusal.value.code == expected
    resident_id = hanako.me().json()["resident_id"]
    with pytest.raises(DomainError) as refusal:
        propose_merge(
            Act(at_principal(User.objects.get(resident_id=resident_id), 2), at=clock.now(), key="merge-00001"),
            survivor_code="x", merged_code="y", reason="z",
        )  # fmt: skip
    assert refusal.value.code == "not_allowed"
