"""Home, work and what somebody names themself: saved once, in their own order, for nobody else's eyes."""

import json
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from accounts.services.closing import let_go
from accounts.services.mandates import register_mandate
from kernel import clock, contributions
from kernel.access import AccessRefused, access
from kernel.contributions import data_class_in_words, purpose_in_words
from kernel.ids import new_id
from kernel.principal import SYSTEM
from kernel.use_case import Act
from mobility.models import SavedPlace
from tests.concurrency.crowd import all_at_once
from tests.factories.people import employ, organisation, person

pytestmark = pytest.mark.django_db

DOOR = "/api/v1/mobility/saved_places"
HOME = {"kind": "home", "lat": 32.21, "lon": 130.76, "address": "九日町 例示番地1"}
FIRST, SECOND, THIRD = (str(UUID(int=n, version=4)) for n in (1, 2, 3))


class Phone:
    """One person's phone."""

    def __init__(self, who=None, for_=None) -> None:
        self.who = who or person("見本花子")
        self.client = self.who.client()
        self.headers = {"machi-for": str(for_.resident_id)} if for_ else {}

    def put(self, key, body):
        return self.client.put(f"{DOOR}/{key}", json.dumps(body), "application/json", headers=self.headers)

    def forget(self, key):
        return self.client.delete(f"{DOOR}/{key}", headers=self.headers)

    def arrange(self, *keys):
        return self.client.put(f"{DOOR}/order", json.dumps({"ids": keys}), "application/json", headers=self.headers)

    def saved(self):
        return self.client.get(DOOR, headers=self.headers).json()["results"]

    def names(self):
        return [each["name"] or each["kind"] for each in self.saved()]


def other(name, **more):
    return {"kind": "other", "name": name, "lat": 32.2, "lon": 130.7} | more


def test_a_place_is_saved_under_the_phones_own_id_and_changed_under_the_same():
    phone = Phone()
    first = phone.put(FIRST, HOME)
    assert (first.status_code, first.json()) == (
        200,
        {
            "id": FIRST,
            "kind": "home",
            "name": "",
            "lat": 32.21,
            "lon": 130.76,
            "address": "九日町 例示番地1",
            "stop": "",
        },
    )
    assert phone.put(FIRST, HOME).json() == first.json()
    changed = phone.put(FIRST, HOME | {"name": "うち", "stop": "k1"})
    assert (changed.json()["name"], changed.json()["stop"]) == ("うち", "k1")
    assert phone.saved() == [changed.json()]
    assert phone.client.get(DOOR).json()["most"] == 30


def test_places_stand_in_their_own_order():
    phone = Phone()
    for key, place in ((FIRST, HOME), (SECOND, other("祖母の家")), (THIRD, other("ジム"))):
        phone.put(key, place)
    assert phone.names() == ["home", "祖母の家", "ジム"]
    assert phone.arrange(THIRD, FIRST, SECOND).status_code == 204
    assert phone.names() == ["ジム", "home", "祖母の家"]
    refused = phone.arrange(THIRD, FIRST)
    assert (refused.status_code, refused.json()["code"], refused.json()["saved"]) == (
        409, "saved_places_changed", [THIRD, FIRST, SECOND],
    )  # fmt: skip
    assert phone.arrange(THIRD, FIRST, FIRST).json()["code"] == "saved_places_changed"
    assert phone.names() == ["ジム", "home", "祖母の家"]


def test_what_is_forgotten_is_gone_and_the_others_move_up():
    phone = Phone()
    for key, place in ((FIRST, HOME), (SECOND, other("祖母の家")), (THIRD, other("ジム"))):
        phone.put(key, place)
    assert [phone.forget(FIRST).status_code, phone.forget(FIRST).status_code] == [204, 204]
    assert phone.names() == ["祖母の家", "ジム"]
    phone.put(FIRST, HOME)
    assert phone.names() == ["祖母の家", "ジム", "home"]


def test_there_is_one_home_and_what_is_named_needs_a_name():
    phone = Phone()
    phone.put(FIRST, HOME)
    refused = phone.put(SECOND, HOME | {"lat": 1.0})
    assert (refused.status_code, refused.json()["code"], refused.json()["id"]) == (409, "saved_place_taken", FIRST)
    nameless = phone.put(SECOND, other("  "))
    assert (nameless.status_code, nameless.json()["code"]) == (422, "saved_place_nameless")
    assert nameless.json()["errors"][0]["field"] == "name"
    assert phone.put(SECOND, HOME | {"kind": "castle"}).json()["errors"][0]["field"] == "kind"
    assert phone.put(SECOND, HOME | {"lat": 91}).json()["errors"][0]["field"] == "lat"
    assert phone.names() == ["home"]
    assert phone.put(FIRST, HOME | {"kind": "work"}).json()["kind"] == "work"


def test_thirty_are_enough():
    phone = Phone()
    keys = [str(new_id()) for _ in range(30)]
    for n, key in enumerate(keys):
        assert phone.put(key, other(f"場所{n}")).status_code == 200
    refused = phone.put(FIRST, other("もうひとつ"))
    assert (refused.status_code, refused.json()["code"], refused.json()["most"]) == (409, "saved_places_full", 30)
    assert phone.put(keys[29], other("変えた")).status_code == 200
    assert (len(phone.names()), phone.names()[29]) == (30, "変えた")


def test_many_places_cost_as_many_queries_as_one():
    phone = Phone()
    counts = []
    for n in range(1, 13):
        phone.put(str(UUID(int=n)), other(f"場所{n}"))
        with CaptureQueriesContext(connection) as queries:
            assert len(phone.saved()) == n
        counts.append(len(queries))
    assert counts[1:] == counts[1:2] * 11


def test_each_sees_their_own_alone():
    hanako, taro = Phone(), Phone(person("見本太郎"))
    hanako.put(FIRST, HOME)
    taro.put(FIRST, other("同じ番号"))
    assert (hanako.names(), taro.names()) == (["home"], ["同じ番号"])
    taro.forget(FIRST)
    assert (hanako.names(), taro.names()) == (["home"], [])
    with (
        pytest.raises(AccessRefused),
        access(
            purpose="mobility.my_places", actor=taro.who.resident_id, subject=hanako.who.resident_id, classes=["places"]
        ),
    ):
        pytest.fail("the block must not run")


def test_nothing_of_a_place_stands_in_clear():
    phone = Phone()
    phone.put(FIRST, HOME | {"name": "金糸雀のうち"})
    with access(
        purpose="mobility.my_places", actor=phone.who.resident_id, subject=phone.who.resident_id, classes=["places"]
    ):
        row = SavedPlace.objects.get()
        assert "九日町".encode() not in bytes(row.sealed)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM mobility_savedplace")
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT what::text FROM kernel_audit WHERE action = 'mobility.save_place'")
        [(what,)] = cursor.fetchall()
    assert json.loads(what) == {"place": FIRST, "is_new": True}


@pytest.mark.parametrize(("scopes", "status"), [(["accounts"], 403), (["accounts", "mobility"], 200)])
def test_who_acts_for_somebody_does_so_where_getting_about_is_covered(scopes, status):
    clerk, mother, child = person("窓口"), person("母"), person("子")
    employ(clerk, organisation("city", "見本市", "Mihon"), "city.officer")
    born_on = clock.jst_date(clock.now()).replace(day=1) - timedelta(days=3650)
    register_mandate(
        Act(clerk.principal, at=clock.now(), key=str(new_id())), principal_id=child.resident_id, born_on=born_on,
        delegate_id=mother.resident_id, role="parent", scopes=scopes, evidence="family_register", why="戸籍で確認",
    )  # fmt: skip
    answer = Phone(mother, for_=child).put(FIRST, HOME | {"kind": "school"})
    assert (answer.status_code, answer.json().get("code")) == (status, "out_of_scope" if status == 403 else None)
    assert (Phone(child).names(), Phone(mother).names()) == (["school"] if status == 200 else [], [])


def test_the_person_takes_them_home_and_reads_who_looked():
    phone = Phone()
    store = next(each for each in contributions.personal_stores() if each.name == "mobility")
    assert list(store.export(phone.who.resident_id, at=clock.now())) == []
    phone.put(FIRST, HOME)
    [part] = store.export(phone.who.resident_id, at=clock.now())
    assert (part.path, json.loads(part.content)[0]["address"]) == ("mobility/saved_places.json", "九日町 例示番地1")
    with translation.override("ja"):
        assert data_class_in_words("places") == "よく行く場所"
        assert purpose_in_words("mobility.my_places") == "よく行く場所を保存し、経路を探すため"


def test_a_closed_account_leaves_no_place_behind():
    phone, stays = Phone(), Phone(person("見本太郎"))
    phone.put(FIRST, HOME)
    stays.put(FIRST, HOME)
    store = next(each for each in contributions.personal_stores() if each.name == "mobility")
    assert store.before_closing(phone.who.resident_id, actor=phone.who.resident_id, reason="", at=clock.now()) == []
    for _ in range(2):
        let_go(Act(SYSTEM, at=clock.now()), resident_id=phone.who.resident_id)
    assert (phone.names(), stays.names()) == ([], ["home"])


@pytest.mark.postgres
@pytest.mark.parametrize(
    "changes",
    [{"position": 30}, {"position": -1}, {"position": 0}, {"kind": "castle"}, {"kind": "home"}, {"key": UUID(FIRST)}],
)
def test_the_database_itself_keeps_the_list_in_order(changes):
    phone = Phone()
    phone.put(FIRST, HOME)
    who = phone.who.resident_id
    facts = {
        "resident_id": who,
        "key": new_id(),
        "kind": "other",
        "position": 1,
        "sealed": b"",
        "saved_at": clock.now(),
    }
    with (
        access(purpose="mobility.my_places", actor=who, subject=who, classes=["places"]),
        pytest.raises(IntegrityError),
    ):
        _written_at_once(facts | changes)


def _written_at_once(facts):
    with transaction.atomic():
        SavedPlace.objects.create(**facts)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_phones_at_once_save_both_places():
    who = person("見本花子")
    phones = [Phone(who) for _ in range(6)]
    answers = all_at_once(
        [lambda phone=phone, n=n: phone.put(str(UUID(int=n)), other(f"場所{n}")) for n, phone in enumerate(phones)]
    )
    assert [each.status_code for each in answers] == [200] * 6
    assert sorted(phones[0].names()) == [f"場所{n}" for n in range(6)]
