"""The desk for freezes: one officer stops, another ends."""

import pytest
from django.test import Client

from accounts.models import User
from tests.factories.people import show_second_factor
from wallet.models import AccountFreeze

pytestmark = pytest.mark.postgres


def at_the_desk(person) -> Client:
    client = Client()
    client.force_login(User.objects.get(resident_id=person.resident_id))
    return show_second_factor(client)


def test_an_officer_freezes_by_a_receipt_and_a_colleague_ends_it(city):
    office, _administrator = city.city_office()
    shop = city.shop()
    colleague = city.member(_office_of(office), "city.officer")
    hanako = city.resident(yen=900)
    number = hanako.post("payments", {"code": shop.code, "amount": 100}).json()["receipt_number"]
    first, second = at_the_desk(office), at_the_desk(colleague)
    wrong = first.post("/admin/freezes/", {"about": "nobody", "scope": "", "reason": ""})
    assert wrong.status_code == 422
    assert AccountFreeze.objects.count() == 0
    assert first.post("/admin/freezes/", {"about": number, "scope": "outgoing", "reason": "届出"}).status_code == 302
    row = AccountFreeze.objects.get()
    assert (row.account_id, row.reason) == (hanako.account, "届出")
    assert hanako.post("payments", {"code": shop.code, "amount": 1}).json()["code"] == "account_frozen"
    first.post(f"/admin/freezes/{row.pk}/end", {"why": "確認できた"})
    second.post(f"/admin/freezes/{row.pk}/end", {"why": " "})
    assert AccountFreeze.objects.filter(ended_at=None).exists()
    page = second.get("/admin/freezes/").content.decode()
    assert "停止を解除する" in page
    assert "停止を解除する" not in first.get("/admin/freezes/").content.decode()
    second.post(f"/admin/freezes/{row.pk}/end", {"why": "確認できた"})
    assert hanako.post("payments", {"code": shop.code, "amount": 1}).status_code == 201
    assert at_the_desk(hanako).get("/admin/freezes/").status_code == 403


def _office_of(officer):
    from accounts.models import Membership  # noqa: PLC0415

    return Membership.objects.get(resident_id=officer.resident_id).organisation_id
