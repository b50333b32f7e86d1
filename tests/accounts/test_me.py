"""What the city says of me, and what I change; nobody else reads it."""

import json

import pytest
from django.db import connection

from accounts.models import Profile
from accounts.selectors.profiles import access_name
from kernel.access import AccessRefused, OutsideAccess, access
from tests.factories.people import employ, organisation, person

pytestmark = pytest.mark.django_db

ME = "/api/v1/accounts/me"


@pytest.fixture
def hanako(db):
    return person("花子", email="hanako@example.com")


def change(client, body):
    return client.patch(ME, json.dumps(body), "application/json")


def test_i_change_my_name_and_language(hanako):
    client = hanako.client()

    assert change(client, {"display_name": "はなこ", "language": "ko"}).json()["display_name"] == "はなこ"

    me = client.get(ME).json()
    assert (me["display_name"], me["language"]) == ("はなこ", "ko")
    assert change(client, {"display_name": ""}).json()["display_name"] == ""
    assert change(client, {}).json()["language"] == "ko"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT what->'changed', subject FROM kernel_audit WHERE action = 'accounts.change_me' ORDER BY id LIMIT 1"
        )
        assert cursor.fetchone() == ('["display_name", "language"]', hanako.resident_id)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"display_name": "長" * 61}, "invalid_body"),
        ({"display_name": 1}, "invalid_body"),
        ({"display_name": "花子\n"}, "invalid_body"),
        ({"display_name": "\u202e子花"}, "invalid_body"),
        ({"display_name": "\u0000"}, "invalid_body"),
        ({"level": 3}, "invalid_body"),
        ({"resident_id": "x"}, "invalid_body"),
        ({"language": "tlh"}, "language_unknown"),
    ],
)
def test_what_cannot_be_changed_is_refused_and_nothing_is(hanako, body, code):
    client = hanako.client()
    before = client.get(ME).json()

    refused = change(client, body | {"display_name": body.get("display_name", "別名")})

    assert (refused.status_code, refused.json()["code"]) == (422, code)
    assert client.get(ME).json() == before


def test_where_i_work_and_as_what(hanako):
    shop = organisation(name="見本商店")
    employ(hanako, shop, "merchant.cashier")

    me = hanako.client().get(ME).json()

    assert me["organisations"] == [{"id": str(shop), "name": "見本商店", "role": "merchant.cashier"}]
    assert me["roles"] == ["resident", "merchant.cashier"]


def test_the_name_is_sealed_in_the_database_and_each_reading_is_logged(hanako, django_db_blocker):
    client = hanako.client()
    client.get(ME)
    client.get(ME)

    with access(purpose="test", actor=hanako.resident_id, subject=hanako.resident_id, classes=["profile"]):
        stored = bytes(Profile.objects.get(pk=hanako.resident_id).display_name)
    assert "花子".encode() not in stored


def test_anothers_name_is_not_to_be_read(hanako):
    taro = person("太郎")

    with pytest.raises(OutsideAccess):
        Profile.objects.get(pk=hanako.resident_id)
    with (
        pytest.raises(AccessRefused),
        access(purpose="accounts.my_profile", actor=taro.resident_id, subject=hanako.resident_id, classes=["profile"]),
    ):
        pass
    with access(purpose="accounts.my_profile", actor=taro.resident_id, subject=taro.resident_id, classes=["profile"]):
        assert list(Profile.objects.values_list("pk", flat=True)) == [taro.resident_id]
    assert access_name(hanako.resident_id, hanako.resident_id) == "花子"


@pytest.mark.postgres
def test_the_database_shows_no_profile_without_an_access(hanako):
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM accounts_profile")
        assert cursor.fetchone() == (0,)


def test_a_stranger_is_nobody(client):
    answer = client.get(ME)

    assert (answer.status_code, answer.json()["code"], answer["WWW-Authenticate"]) == (401, "not_signed_in", "Bearer")
