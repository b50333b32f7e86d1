"""People of a shop: invited by a code, seen by the manager, made manager, and dismissed at once."""

from datetime import timedelta
from functools import partial

import pytest

from accounts.models import Membership, StaffInvitation
from accounts.selectors import principal_of
from accounts.selectors.partners import OWN_DEVICES
from accounts.services.devices import approve_device, ask_for_device
from accounts.services.staff import dismiss_staff, take_up_work
from kernel import clock
from kernel.principal import SYSTEM
from kernel.use_case import Act
from tests.concurrency.crowd import all_at_once
from tests.wallet.audit import broken
from tests.wallet.callers import City
from wallet import services

DOOR = "/api/v1/accounts/"


@pytest.fixture
def city(committed_db) -> City:
    """Build a city whose people ask over HTTP, in a database of its own."""
    return City()


def staff(shop) -> str:
    return f"{DOOR}organisations/{shop.organisation_id}/staff"


def invited(shop, role: str = "merchant.cashier") -> dict:
    answer = shop.manager.post(staff(shop), {"role": role})
    assert answer.status_code == 201, answer.content
    return answer.json()


def taken(who, token: str, name: str = "はな"):
    return who.post(f"{DOOR}staff_invitations/taken", {"token": token, "name": name})


def titles(who) -> list[str]:
    return [each["title"] for each in who.get(f"{DOOR}messages").json()["results"]]


def test_a_manager_invites_somebody_takes_it_up_and_works(city):
    shop, hanako = city.shop(), city.resident()
    made = invited(shop)
    assert bytes(StaffInvitation.objects.get().hash) != made["token"].encode()
    listed = shop.manager.get(staff(shop)).json()
    assert ([each["role"] for each in listed["invitations"]], "token" in listed["invitations"][0]) == (
        ["merchant.cashier"], False,
    )  # fmt: skip
    looked = hanako.post(f"{DOOR}staff_invitations/looked", {"token": made["token"]}).json()
    assert (looked["organisation"], looked["role"]) == ("見本食堂", "merchant.cashier")
    assert hanako.get("shops").json()["results"] == []
    assert taken(hanako, made["token"]).status_code == 201
    assert [each["id"] for each in hanako.get("shops").json()["results"]] == [str(shop.id)]
    people = shop.manager.get(staff(shop)).json()["people"]
    assert [(each["role"], each["name"], each["is_me"]) for each in people] == [
        ("merchant.manager", "", True), ("merchant.cashier", "", False), ("merchant.cashier", "はな", False),
    ]  # fmt: skip
    assert "はな".encode() not in bytes(Membership.objects.order_by("began_at").last().called)
    assert "スタッフが増えました" in titles(shop.manager)
    for again in (hanako, city.resident()):
        assert taken(again, made["token"]).json()["code"] == "invitation_gone"


def test_what_is_over_withdrawn_or_ones_own_opens_nothing(city):
    shop, other, hanako = city.shop(), city.shop("別の店"), city.resident()
    made = invited(shop)
    assert taken(shop.manager, made["token"]).json()["code"] == "not_for_delegates"
    assert other.manager.ask("DELETE", f"{DOOR}staff_invitations/{made['id']}").status_code == 404
    assert shop.manager.ask("DELETE", f"{DOOR}staff_invitations/{made['id']}").status_code == 204
    assert taken(hanako, made["token"]).json()["code"] == "invitation_gone"
    old = invited(shop)
    late = Act(principal_of(hanako.resident_id), at=clock.now() + timedelta(hours=24))
    with pytest.raises(Exception, match="invitation_gone"):
        take_up_work(late, token=old["token"], name="はな")
    of_a_former_manager = invited(shop, "merchant.manager")
    assert taken(hanako, of_a_former_manager["token"]).status_code == 201
    last = invited(shop)
    me = next(each for each in shop.manager.get(staff(shop)).json()["people"] if each["is_me"])
    assert hanako.ask("DELETE", f"{DOOR}staff/{me['id']}").status_code == 204
    assert taken(city.resident(), last["token"]).json()["code"] == "invitation_gone"


def test_who_may_see_and_do_what(city):
    shop, other, hanako = city.shop(), city.shop("別の店"), city.resident()
    cashier = next(each["id"] for each in shop.manager.get(staff(shop)).json()["people"] if not each["is_me"])
    for who in (hanako, shop.cashier, other.manager):
        assert who.get(staff(shop)).status_code == 404
        assert who.post(staff(shop), {}).status_code == 403
        assert who.post(f"{DOOR}staff/{cashier}/promotion").status_code == 404
    assert other.manager.ask("DELETE", f"{DOOR}staff/{cashier}").status_code == 404
    assert shop.cashier.ask("DELETE", f"{DOOR}staff/{cashier}").status_code == 204  # one's own


def test_the_last_manager_stays_and_a_promoted_cashier_lets_them_go(city):
    shop = city.shop()
    hanako = city.resident()
    taken(hanako, invited(shop)["token"], "はな")
    people = shop.manager.get(staff(shop)).json()["people"]
    me = next(each["id"] for each in people if each["is_me"])
    flower = next(each["id"] for each in people if each["name"] == "はな")
    assert shop.manager.ask("DELETE", f"{DOOR}staff/{me}").json()["code"] == "last_manager"
    assert shop.manager.post(f"{DOOR}staff/{flower}/promotion").status_code == 201
    people = hanako.get(staff(shop)).json()["people"]
    assert ("merchant.manager", "はな", True) in [(each["role"], each["name"], each["is_me"]) for each in people]
    assert shop.manager.ask("DELETE", f"{DOOR}staff/{me}").status_code == 204
    assert shop.manager.get(f"shops/{shop.id}/payments").status_code == 404
    assert Membership.objects.filter(ended_at__isnull=False).exclude(called=b"").count() == 0


def test_a_dismissed_cashier_charges_no_more_and_is_told(city):
    shop = city.shop()
    cashier = next(each["id"] for each in shop.manager.get(staff(shop)).json()["people"] if not each["is_me"])
    assert shop.cashier.post(f"shops/{shop.id}/charges", {"amount": 100}).status_code == 201
    assert shop.manager.ask("DELETE", f"{DOOR}staff/{cashier}").status_code == 204
    assert shop.cashier.post(f"shops/{shop.id}/charges", {"amount": 100}).status_code == 404
    assert "役割が終わりました" in titles(shop.cashier)


def test_a_till_is_called_otherwise_by_who_answers_for_it(city):
    shop, hanako = city.shop(), city.resident()
    code = ask_for_device(Act(SYSTEM, at=clock.now()), client_id=OWN_DEVICES, kind="till").user_code
    by = Act(principal_of(shop.manager.resident_id), at=clock.now(), key="let-in-000001")
    till = approve_device(by, user_code=code, organisation_id=shop.organisation_id, label="レジ").id
    door = f"{DOOR}devices/{till}"
    assert shop.manager.ask("PATCH", door, {"label": "入口のレジ"}).json()["label"] == "入口のレジ"
    for who in (hanako, shop.cashier):
        assert who.ask("PATCH", door, {"label": "x"}).status_code == 404
    assert shop.manager.get(f"{DOOR}devices").json()["results"][0]["label"] == "入口のレジ"


@pytest.mark.postgres
def test_an_invitation_used_twenty_times_at_once_is_taken_once(city):
    shop = city.shop()
    token = invited(shop)["token"]
    people = [principal_of(city.resident().resident_id) for _ in range(10)]
    outcomes = all_at_once(
        partial(take_up_work, Act(each, at=clock.now()), token=token, name="はな") for each in people * 2
    )
    assert outcomes.count("invitation_gone") == 19
    assert Membership.objects.filter(role="merchant.cashier", ended_at=None).count() == 2


@pytest.mark.postgres
def test_of_two_managers_who_dismiss_each_other_at_once_one_stays(city):
    shop, hanako = city.shop(), city.resident()
    taken(hanako, invited(shop, "merchant.manager")["token"])
    rows = dict(Membership.objects.filter(role="merchant.manager").values_list("resident_id", "id"))
    first, second = (principal_of(each) for each in rows)
    for each in (first, second):
        assert each.may("accounts.employ", within=shop.organisation_id)  # both were let in before either went
    outcomes = all_at_once(
        [
            partial(dismiss_staff, Act(first, at=clock.now()), membership_id=rows[second.actor]),
            partial(dismiss_staff, Act(second, at=clock.now()), membership_id=rows[first.actor]),
        ]
    )
    assert sorted(str(each) for each in outcomes) == ["None", "last_manager"]
    assert Membership.objects.filter(role="merchant.manager", ended_at=None).count() == 1


@pytest.mark.postgres
def test_a_cashier_dismissed_while_charging_has_charged_or_not_and_the_books_are_whole(city):
    shop, hanako = city.shop(), city.resident(yen=10_000)
    cashier = Membership.objects.get(role="merchant.cashier").pk
    codes = [hanako.code() for _ in range(2)]
    manager = principal_of(shop.manager.resident_id)

    def charge(code: str) -> str:
        who = Act(principal_of(shop.cashier.resident_id), at=clock.now(), key=f"charge-{code[-20:]}")
        return str(services.charge_customer_at_once(who, shop_id=shop.id, customer_code=code, amount=100).status)

    outcomes = all_at_once(
        [partial(charge, code) for code in codes]
        + [partial(dismiss_staff, Act(manager, at=clock.now()), membership_id=cashier)]
    )
    assert set(outcomes[:2]) <= {"paid", "not_found"}
    assert hanako.balance() == 10_000 - 100 * outcomes.count("paid")
    with pytest.raises(Exception, match="not_found"):
        charge(hanako.code())
    assert broken() == {}
