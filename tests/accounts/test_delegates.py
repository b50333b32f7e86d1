"""Somebody acts for another: within the services and the time that were written down, under both names, and no instant longer."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from accounts.engine.agreements import comes_of_age
from accounts.errors import InvitationGone, OfAge
from accounts.models import Mandate
from accounts.selectors.mandates import live_mandates, mandated
from accounts.services.mandates import end_due_mandates, invite_delegate, register_mandate, take_up_mandate
from kernel import clock
from kernel.access import AccessRefused, access
from kernel.ids import new_id
from kernel.principal import SYSTEM
from kernel.use_case import Act
from tests.concurrency.crowd import all_at_once
from tests.factories.agreements import publish
from tests.factories.people import employ, organisation, person

pytestmark = pytest.mark.django_db

API = "/api/v1/accounts/"


@pytest.fixture
def mother(db):
    return person("母")


@pytest.fixture
def child(db):
    return person("子")


@pytest.fixture
def officer(db):
    clerk = person("窓口")
    employ(clerk, organisation("city", "人吉市", "Hitoyoshi"), "city.officer")
    return clerk


def act(who=None, *, at=None) -> Act:
    return Act(who.principal if who else SYSTEM, at=at or clock.now(), key=str(new_id()))


def register(who, principal, delegate, **changes) -> Mandate:
    years = changes.pop("years", 10)
    facts = {
        "role": "parent",
        "scopes": ["accounts", "wallet"],
        "evidence": "family_register",
        "why": "戸籍で確認",
        "born_on": clock.jst_date(clock.now()).replace(day=1) - timedelta(days=365 * years),
    } | changes
    registered = register_mandate(
        act(who), principal_id=principal.resident_id, delegate_id=delegate.resident_id, **facts
    )
    return Mandate.objects.get(pk=registered.id)


def acting(who, subject) -> dict[str, str]:
    return {"headers": {"machi-for": str(subject.resident_id)}}


def post(client, path, body, **headers):
    headers = {"idempotency-key": str(new_id()), **headers}
    return client.post(API + path, json.dumps(body), "application/json", headers=headers)


def test_a_parent_reads_and_changes_the_childs_profile_and_both_names_stand_on_it(officer, mother, child):
    register(officer, child, mother)
    client = mother.client()
    me = client.get(API + "me", **acting(mother, child)).json()
    assert (me["resident_id"], me["display_name"], me["email"], me["roles"]) == (
        str(child.resident_id), "子", None, ["resident"],
    )  # fmt: skip
    changed = client.patch(API + "me", '{"display_name": "こども"}', "application/json", **acting(mother, child))
    assert changed.json()["display_name"] == "こども"
    assert client.get(API + "me").json()["display_name"] == "母"
    with connection.cursor() as cursor:
        cursor.execute("SELECT actor, subject FROM kernel_audit WHERE action = 'accounts.change_me'")
        assert cursor.fetchall() == [(mother.resident_id, child.resident_id)]


def test_out_of_scope_is_403_and_revoked_is_403_in_the_same_second(officer, mother, child):
    mandate = register(officer, child, mother, scopes=["accounts"])
    client = mother.client()
    assert client.get(API + "me", **acting(mother, child)).status_code == 200
    refused = client.get("/api/v1/wallet/balance", **acting(mother, child))
    assert (refused.status_code, refused.json()["code"], refused.json()["scopes"]) == (
        403,
        "out_of_scope",
        ["accounts"],
    )
    assert client.get("/api/v1/wallet/shops", **acting(mother, child)).json()["code"] == "out_of_scope"
    assert post(officer.client(), f"mandates/{mandate.pk}/end", {"why": "申し出による"}).status_code == 204
    gone = client.get(API + "me", **acting(mother, child))
    assert (gone.status_code, gone.json()["code"]) == (403, "not_delegate")
    with (
        pytest.raises(AccessRefused),
        access(purpose="accounts.my_profile", actor=mother.resident_id, subject=child.resident_id, classes=["profile"]),
    ):
        pytest.fail("the block must not run")


def test_without_a_mandate_and_the_other_way_round_nothing_opens(officer, mother, child):
    register(officer, child, mother)
    stranger = person("他人")
    for who, subject in ((child, mother), (stranger, child), (officer, child)):
        assert who.client().get(API + "me", **acting(who, subject)).json()["code"] == "not_delegate"
    for nonsense in ("x", str(new_id()), ""):
        refused = mother.client().get(API + "me", headers={"machi-for": nonsense})
        assert (refused.status_code, refused.json()["code"]) == (403, "not_delegate")


def test_roles_do_not_travel_with_a_delegate(officer, mother, child):
    register(officer, child, officer_to_be := person("兼務"))
    employ(officer_to_be, organisation("operator", "運行", "Lines"), "driver")
    principal = officer_to_be.principal

    principal.act_for(mandated(principal.actor, child.resident_id, at=clock.now()))
    assert principal.may("wallet.pay") == child.principal.may("wallet.pay")
    assert not principal.may("admin.enter")


def test_a_parents_right_ends_at_the_18th_birthday_at_midnight_in_japan(officer, mother, child):
    born = date(2009, 3, 15)
    mandate = register(officer, child, mother, born_on=born)
    midnight = datetime(2027, 3, 14, 15, 0, tzinfo=UTC)
    assert mandate.ends_at == midnight
    assert live_mandates(at=midnight - timedelta(seconds=1)).filter(pk=mandate.pk).exists()
    assert not live_mandates(at=midnight).filter(pk=mandate.pk).exists()
    assert end_due_mandates(act(at=midnight - timedelta(seconds=1))) == []
    assert end_due_mandates(act(at=midnight)) == [mandate.pk]
    assert end_due_mandates(act(at=midnight)) == []
    mandate.refresh_from_db()
    assert (mandate.ended_because, mandate.ended_at) == ("majority", midnight)


@pytest.mark.parametrize(
    ("born", "instant"),
    [
        (date(2008, 2, 29), datetime(2026, 2, 28, 15, tzinfo=UTC)),
        (date(2010, 2, 28), datetime(2028, 2, 27, 15, tzinfo=UTC)),
        (date(2010, 1, 1), datetime(2027, 12, 31, 15, tzinfo=UTC)),
        (date(2012, 2, 29), datetime(2030, 2, 28, 15, tzinfo=UTC)),
    ],
)
def test_the_instant_of_majority(born, instant):
    assert comes_of_age(born) == instant


def test_in_the_database_too_the_right_ends_by_the_clock(officer, mother, child):
    now = clock.now()
    facts = {"role": "guardian", "scopes": ["accounts"], "evidence": "court", "why": "審判書で確認"}
    pair = {"principal_id": child.resident_id, "delegate_id": mother.resident_id}
    for ends_at, opens in ((now - timedelta(seconds=1), False), (now + timedelta(days=1), True)):
        register_mandate(
            act(officer, at=now - timedelta(days=2)),
            ends_at=ends_at,
            **pair,
            **facts | {"role": "guardian" if opens else "family"},
        )
        reading = access(
            purpose="accounts.my_profile", actor=mother.resident_id, subject=child.resident_id, classes=["profile"]
        )
        if opens:
            with reading as opened:
                assert opened.ground == "delegate"
        else:
            with pytest.raises(AccessRefused), reading:
                pytest.fail("the block must not run")


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"born_on": "1990-01-01"}, 422, "of_age"),
        ({"ends_at": "2020-01-01T00:00:00Z"}, 422, "term_over"),
        ({"ends_at": "2090-01-01T00:00:00"}, 422, "invalid_body"),
        ({"born_on": None}, 422, "reason_missing"),
        ({"why": "  "}, 422, "reason_missing"),
        ({"scopes": ["everything"]}, 422, "scope_unknown"),
        ({"role": "boss"}, 422, "invalid_body"),
        ({"evidence": "own_word"}, 422, "invalid_body"),
        ({"delegate_id": "00000000-0000-7000-8000-000000000009"}, 404, "not_found"),
    ],
)
def test_the_counter_refuses_what_cannot_be(officer, mother, child, changes, status, code):
    body = {
        "principal_id": str(child.resident_id),
        "delegate_id": str(mother.resident_id),
        "role": "parent",
        "scopes": ["accounts"],
        "evidence": "family_register",
        "why": "戸籍で確認",
        "born_on": "2020-01-01",
    } | changes
    refused = post(officer.client(), "mandates", body)
    assert (refused.status_code, refused.json()["code"]) == (status, code)
    assert not Mandate.objects.exists()


def test_an_officer_writes_nothing_in_their_own_case_and_nobody_else_writes_at_all(officer, mother, child):
    own = {"principal_id": str(child.resident_id), "delegate_id": str(officer.resident_id), "role": "parent",
           "scopes": ["accounts"], "evidence": "family_register", "why": "戸籍", "born_on": "2020-01-01"}  # fmt: skip
    assert post(officer.client(), "mandates", own).status_code == 403
    assert post(mother.client(), "mandates", own | {"delegate_id": str(mother.resident_id)}).status_code == 403
    assert not Mandate.objects.exists()


def test_a_child_does_not_end_it_but_the_parent_may(officer, mother, child):
    mandate = register(officer, child, mother)
    assert post(child.client(), f"mandates/{mandate.pk}/end", {}).status_code == 403
    assert post(person("他人").client(), f"mandates/{mandate.pk}/end", {}).status_code == 404
    assert post(officer.client(), f"mandates/{mandate.pk}/end", {}).json()["code"] == "reason_missing"
    assert post(mother.client(), f"mandates/{mandate.pk}/end", {}).status_code == 204
    assert post(mother.client(), f"mandates/{mandate.pk}/end", {}).status_code == 404


def test_grandmother_invites_her_grandson_and_takes_it_back():
    grandmother, grandson = person("祖母"), person("孫")
    over = {"scopes": ["wallet"], "ends_at": "2020-01-01T00:00:00Z"}
    assert post(grandmother.client(), "family/invitations", over).json()["code"] == "term_over"
    invited = post(grandmother.client(), "family/invitations", {"scopes": ["wallet", "accounts"]}).json()
    family = grandmother.client().get(API + "family").json()
    assert [(row["state"], row["person"]) for row in family["act_for_me"]] == [("invited", None)]
    taken = post(grandson.client(), "family/invitations/taken", {"token": invited["token"]})
    assert taken.status_code == 201
    mine = grandson.client().get(API + "family").json()
    assert [(row["name"], row["role"], row["scopes"]) for row in mine["i_act_for"]] == [
        ("祖母", "family", ["accounts", "wallet"])
    ]
    assert grandmother.client().get(API + "family").json()["act_for_me"][0]["name"] == "孫"
    assert grandson.client().get("/api/v1/wallet/balance", **acting(grandson, grandmother)).status_code == 200
    assert post(grandmother.client(), f"mandates/{invited['id']}/end", {}).status_code == 204
    assert grandson.client().get("/api/v1/wallet/balance", **acting(grandson, grandmother)).status_code == 403
    assert grandson.client().get(API + "family").json()["i_act_for"] == []
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM accounts_familyname")
        assert cursor.fetchone() == (0,)


def test_the_invited_one_sees_who_invites_before_saying_yes(mother, child):
    ends_at = clock.now() + timedelta(days=90)
    token = invite_delegate(act(mother), scopes=["wallet"], ends_at=ends_at).token

    look = post(child.client(), "family/invitations/looked", {"token": token})

    assert look.status_code == 200
    seen = look.json()
    assert (seen["name"], seen["role"], seen["scopes"]) == ("母", "family", [{"name": "wallet", "words": "おさいふ"}])
    assert datetime.fromisoformat(seen["ends_at"]) == ends_at
    assert Mandate.objects.filter(delegate=None).count() == 1, "looking takes nothing up"
    assert post(child.client(), "family/invitations/taken", {"token": token}).status_code == 201


def test_who_guesses_learns_nothing_of_an_invitation_and_not_for_long(mother, child, settings):
    settings.SIGN_IN_LIMITS_TIMES = 1
    taken, open_one = (invite_delegate(act(mother), scopes=["wallet"]).token for _ in range(2))
    take_up_mandate(act(child), token=taken)
    stranger = person("他人").client()
    found = [post(stranger, "family/invitations/looked", {"token": each}) for each in ("x" * 27, taken)]
    assert [(each.status_code, each.json()["code"]) for each in found] == [(410, "invitation_gone")] * 2
    assert len({each.json()["title"] for each in found}) == 1, "one that never was and one that is over look the same"
    assert post(mother.client(), "family/invitations/looked", {"token": open_one}).json()["code"] == "not_for_delegates"
    for _ in range(18):
        post(stranger, "family/invitations/taken", {"token": "x" * 27})
    for door in ("looked", "taken"):
        slowed = post(stranger, f"family/invitations/{door}", {"token": open_one})
        assert (slowed.status_code, 0 < int(slowed["Retry-After"]) <= 600) == (429, True)
    assert post(person("別").client(), "family/invitations/looked", {"token": open_one}).status_code == 200
    assert post(stranger, "family/invitations/looked", {"token": "short"}).status_code in (422, 429)


def test_an_invitation_is_for_one_person_for_one_day(mother, child):
    token = invite_delegate(act(mother), scopes=["wallet"]).token
    with pytest.raises(InvitationGone):
        take_up_mandate(act(child, at=clock.now() + timedelta(hours=24, seconds=1)), token=token)
    refused = post(mother.client(), "family/invitations/taken", {"token": token})
    assert refused.json()["code"] == "not_for_delegates"
    assert post(child.client(), "family/invitations/taken", {"token": token}).status_code == 201
    assert (
        post(person("他人").client(), "family/invitations/taken", {"token": token}).json()["code"] == "invitation_gone"
    )
    assert post(child.client(), "family/invitations/taken", {"token": "x" * 27}).status_code == 410


@pytest.mark.postgres
def test_of_ten_who_show_the_same_invitation_one_has_it(committed_db):
    grandmother = person("祖母")
    token = invite_delegate(act(grandmother), scopes=["wallet"]).token
    acts = [act(person(f"孫{number}")) for number in range(10)]
    outcomes = all_at_once([lambda mine=mine: take_up_mandate(mine, token=token) for mine in acts])
    assert sorted(each == "invitation_gone" for each in outcomes) == [False] + [True] * 9
    assert Mandate.objects.exclude(delegate=None).count() == 1


def test_a_minors_yes_is_the_parents_and_ends_when_the_child_comes_of_age(officer, mother, child):
    mandate = register(officer, child, mother)
    shop = organisation()
    published = publish(shop)
    body = {"revision_id": str(published.revision_id), "classes": ["profile"]}
    assert post(child.client(), "consents", body).json()["code"] == "guardian_decides"
    given = post(mother.client(), "consents", body, **acting(mother, child)["headers"])
    assert given.status_code == 201
    (consent,) = child.client().get(API + "consents").json()["results"]
    assert (consent["is_by_delegate"], consent["state"]) == (True, "standing")
    assert datetime.fromisoformat(consent["ends_at"]) == mandate.ends_at


def test_family_and_care_managers_say_no_yes_for_another(officer, child):
    helper = person("ケア")
    register(officer, child, helper, role="care_manager", evidence="care_contract", born_on=None)
    body = {"revision_id": str(publish(organisation()).revision_id), "classes": ["profile"]}
    refused = post(helper.client(), "consents", body, **acting(helper, child)["headers"])
    assert (refused.status_code, refused.json()["code"]) == (403, "not_for_delegates")


@pytest.mark.postgres
def test_the_database_keeps_a_mandate_as_it_was_written(officer, mother, child):
    mandate = register(officer, child, mother)
    for change in (
        {"scopes": ["health"]},
        {"ends_at": clock.now() + timedelta(days=9999)},
        {"delegate": child.resident_id},
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            Mandate.objects.filter(pk=mandate.pk).update(**change)
    with pytest.raises(IntegrityError, match="mandate_once"), transaction.atomic():
        Mandate.objects.bulk_create([_copy(mandate)])


def _copy(mandate: Mandate) -> Mandate:
    again = Mandate.objects.get(pk=mandate.pk)
    again.pk = new_id()
    return again


def test_nobody_of_eighteen_gets_a_parent(officer, mother, child):
    with pytest.raises(OfAge):
        register(officer, child, mother, years=19)
