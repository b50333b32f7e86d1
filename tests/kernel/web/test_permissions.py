"""Who may call: everyone, who is signed in, who holds a right."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from rest_framework.views import APIView

from kernel import clock
from kernel.assurance import require
from kernel.principal import SYSTEM
from kernel.problems import NotAllowed, NotSignedIn, StepUpRequired
from kernel.web import Holds, Needs, Open, SignedIn
from kernel.web.exceptions import problem


def test_open_lets_everyone_in(posted, caller):
    assert Open().has_permission(posted(user=AnonymousUser()), APIView())
    assert Open().has_permission(posted(user=caller()), APIView())


def test_signed_in_asks_for_a_sign_in(posted, caller):
    assert SignedIn().has_permission(posted(user=caller()), APIView())
    with pytest.raises(NotSignedIn):
        SignedIn().has_permission(posted(user=AnonymousUser()), APIView())


def test_holds_asks_for_the_right_and_says_which(posted, caller):
    permission = Holds("wallet.read_ledger")
    assert permission.needs == "wallet.read_ledger"
    staff = caller("wallet.read_ledger")
    with pytest.raises(StepUpRequired):
        permission().has_permission(posted(user=staff), APIView())
    staff.authentication_level, staff.shown_at = 2, clock.now()
    assert permission().has_permission(posted(user=staff), APIView())
    staff.shown_at = clock.now() - timedelta(hours=12, seconds=1)
    with pytest.raises(StepUpRequired):
        permission().has_permission(posted(user=staff), APIView())
    with pytest.raises(NotAllowed):
        permission().has_permission(posted(user=caller("wallet.charge")), APIView())
    with pytest.raises(NotSignedIn):
        permission().has_permission(posted(user=AnonymousUser()), APIView())


NOON = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)


@pytest.fixture
def noon(monkeypatch):
    monkeypatch.setattr("kernel.web.permissions.clock.now", lambda: NOON)


def test_needs_lets_in_who_is_known_surely_and_lately_enough(posted, caller, noon):
    who = caller()
    who.account_level, who.authentication_level, who.shown_at = 2, 2, NOON - timedelta(minutes=10)

    assert Needs(account=2)().has_permission(posted(user=who), APIView())
    assert Needs(authentication=2)().has_permission(posted(user=who), APIView())
    within = Needs(account=2, authentication=2, within=timedelta(minutes=10))
    assert within().has_permission(posted(user=who), APIView())
    with pytest.raises(NotSignedIn):
        within().has_permission(posted(user=AnonymousUser()), APIView())


@pytest.mark.parametrize(
    ("need", "max_age"),
    [
        ({"account": 3}, None),
        ({"authentication": 3}, 300),
        ({"authentication": 2, "within": timedelta(minutes=9)}, 540),
        ({"within": timedelta(minutes=9)}, 540),
    ],
)
def test_less_or_older_is_a_refusal_that_names_what_is_needed(posted, caller, noon, need, max_age):
    who = caller()
    who.account_level, who.authentication_level, who.shown_at = 2, 2, NOON - timedelta(minutes=10)

    with pytest.raises(StepUpRequired) as refused:
        Needs(**need)().has_permission(posted(user=who), APIView())

    needs = refused.value.members["needs"]
    assert needs["account_level"] == need.get("account", 0)
    assert needs["authentication_level"] == need.get("authentication", 0)
    assert needs["max_age"] == max_age


def test_a_ten_minute_old_sign_in_cannot_do_a_level_3_act(posted, caller, noon):
    who = caller()
    who.account_level, who.authentication_level = 3, 3
    permission = Needs(authentication=3, within=timedelta(hours=1))

    who.shown_at = NOON - timedelta(minutes=5)
    assert permission().has_permission(posted(user=who), APIView())
    for age in (timedelta(minutes=5, microseconds=1), timedelta(minutes=10)):
        who.shown_at = NOON - age
        with pytest.raises(StepUpRequired):
            permission().has_permission(posted(user=who), APIView())


def test_who_never_authenticated_in_this_sign_in_is_asked_to(caller):
    with pytest.raises(StepUpRequired):
        require(caller(), at=NOON, within=timedelta(hours=1))


def test_machinery_is_always_sure_enough():
    require(SYSTEM, at=NOON, account=3, authentication=3, within=timedelta(seconds=1))


def test_the_answer_says_by_which_authentication_the_request_would_do(caller):
    with pytest.raises(StepUpRequired) as refused:
        require(caller(), at=NOON, authentication=3)

    answer = problem(refused.value)

    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == (
        'Bearer error="insufficient_user_authentication", acr_values="urn:machi:authentication:3", max_age="300"'
    )
    said = json.loads(answer.content)
    assert (said["code"], said["has"]) == ("step_up_required", {"account_level": 1, "authentication_level": 1})
    assert problem(NotSignedIn())["WWW-Authenticate"] == "Bearer"
