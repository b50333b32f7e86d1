"""Where a life is at stake an officer reads without a yes: with a reason, for a while; the person is told afterwards."""

import json
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

import accounts.contributions
from accounts.models import NAME_PLACE, BrokenGlass, Profile
from accounts.selectors.glass import access_emergency_for
from accounts.services.glass import tell_of_glass
from kernel import clock
from kernel.access import AccessRefused, access
from kernel.ids import new_id
from kernel.principal import SYSTEM
from kernel.problems import NotFound
from kernel.use_case import Act
from tests.factories.people import employ, organisation, person, show_papers

pytestmark = pytest.mark.django_db

GLASS = "/api/v1/accounts/glass"
REASON = "豪雨で連絡がとれず、救助に向かうため"


@pytest.fixture
def officer(db):
    clerk = person("窓口")
    employ(clerk, organisation("city", "人吉市", "Hitoyoshi"), "city.officer")
    return clerk


@pytest.fixture
def hanako(db):
    return person("花子")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ja", "10字以上で書いてください（いまは3字です）。"),
        ("en", "Write at least 10 characters (now 3)."),
        ("ko", "10자 이상 입력해 주세요(현재 3자)."),
        ("zh-hans", "请至少写10个字（现在3个字）。"),
    ],
)
def test_a_reason_that_is_too_short_is_told_so_beside_the_field(officer, hanako, language, words):
    body = {"subject_id": str(hanako.resident_id), "classes": ["profile"], "minutes": 30, "reason": "  救助へ　"}
    headers = {"idempotency-key": str(new_id()), "accept-language": language}
    refused = officer.client().post(GLASS, json.dumps(body), "application/json", headers=headers).json()
    assert (refused["code"], refused["least"]) == ("reason_too_short", 10)
    assert refused["errors"] == [{"field": "reason", "code": "too_short", "message": words}]
    missing = break_it(officer, hanako, reason="   ").json()
    assert [(each["field"], each["code"]) for each in missing["errors"]] == [("reason", "required")]


def break_it(who, subject, **changes):
    body = {"subject_id": str(subject.resident_id), "classes": ["profile"], "minutes": 30, "reason": REASON} | changes
    key = {"idempotency-key": str(new_id())}
    return who.client().post(GLASS, json.dumps(body), "application/json", headers=key)


def read(officer, subject, *classes):
    with access(
        purpose="disaster.rescue",
        actor=officer.resident_id,
        subject=subject.resident_id,
        classes=classes or ["profile"],
    ) as opened:
        return opened.unseal(bytes(Profile.objects.get(pk=subject.resident_id).display_name), NAME_PLACE)


def test_without_broken_glass_an_officer_reads_nobody(officer, hanako):
    with pytest.raises(AccessRefused):
        read(officer, hanako)


def test_behind_broken_glass_the_officer_reads_the_named_classes_of_that_person(officer, hanako):
    broken = break_it(officer, hanako)
    assert broken.status_code == 201
    assert read(officer, hanako) == "花子"
    other, colleague = person("太郎"), person("同僚")
    for who, whom, classes in ((officer, other, []), (colleague, hanako, []), (officer, hanako, ["profile", "family"])):
        with pytest.raises(AccessRefused):
            read(who, whom, *classes)
    assert officer.client().delete(f"{GLASS}/{broken.json()['id']}").status_code == 204
    with pytest.raises(AccessRefused):
        read(officer, hanako)
    assert officer.client().delete(f"{GLASS}/{broken.json()['id']}").status_code == 404


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"reason": "急ぎ"}, 422, "reason_too_short"),
        ({"reason": "          　　　　　"}, 422, "reason_missing"),
        ({"minutes": 241}, 422, "too_long"),
        ({"minutes": 0}, 422, "too_long"),
        ({"classes": ["everything"]}, 404, "not_found"),
        ({"classes": []}, 422, "invalid_body"),
        ({"subject_id": "00000000-0000-7000-8000-000000000009"}, 404, "not_found"),
    ],
)
def test_a_glass_that_must_not_break(officer, hanako, changes, status, code):
    refused = break_it(officer, hanako, **changes)
    assert (refused.status_code, refused.json()["code"]) == (status, code)
    assert not BrokenGlass.objects.exists()


def test_residents_and_merchants_break_nothing(officer, hanako):
    manager = person("店長")
    employ(manager, organisation(), "merchant.manager")
    for who in (hanako, manager):
        assert break_it(who, officer).status_code == 403
    assert not BrokenGlass.objects.exists()


@pytest.mark.postgres
def test_the_time_box_stands_in_the_database(officer, hanako):
    break_it(officer, hanako)
    glass = BrokenGlass.objects.get()
    glass.pk, glass.ends_at = new_id(), glass.broken_at + timedelta(hours=4, seconds=1)
    with pytest.raises(IntegrityError, match="broken_glass_time_box"), transaction.atomic():
        glass.save(force_insert=True)


def test_after_the_time_nobody_reads_and_the_person_is_told_once(officer, hanako):
    break_it(officer, hanako)
    now = clock.now()
    assert tell_of_glass(Act(SYSTEM, at=now)) == []
    assert tell_of_glass(Act(SYSTEM, at=now + timedelta(minutes=31))) == [hanako.resident_id]
    assert tell_of_glass(Act(SYSTEM, at=now + timedelta(minutes=32))) == []


def test_behind_broken_glass_the_officer_sees_how_to_reach_and_to_know_the_person(officer):
    hanako = person("花子", email="hanako@example.com", phone="+819012345678")
    show_papers(hanako)
    mother = person("母")
    broken = break_it(officer, hanako, classes=["contacts", "identity", "family"]).json()["id"]

    view = access_emergency_for(officer.principal, UUID(broken), at=clock.now())

    shown = {each.data_class.name: each.rows for each in view.shown}
    assert shown["contacts"] == [("電話番号", "+819012345678"), ("メールアドレス", "hanako@example.com")]
    assert shown["identity"] == [
        ("氏名", "見本 花子"), ("生年月日", "1988-04-02"), ("性別", "女性"), ("住所", "熊本県人吉市見本町1番地1"),
    ]  # fmt: skip
    assert shown["family"] == []
    nothing = access_emergency_for(
        officer.principal,
        UUID(break_it(officer, mother, classes=["contacts", "identity"]).json()["id"]),
        at=clock.now(),
    )
    assert [each.rows for each in nothing.shown] == [[], []], "who has shown no papers is simply not in them"
    with pytest.raises(NotFound):
        access_emergency_for(officer.principal, UUID(broken), at=clock.now() + timedelta(minutes=31))


def test_every_class_that_accounts_keeps_is_shown_or_says_why_not():
    """Messages, the choice of cards and the log are nothing that saves a life."""
    classes = accounts.contributions.contributions.data_classes.keys()
    assert classes - accounts.contributions.contributions.emergency.keys() == {"access_log", "home", "messages"}
