"""The town's screens: a sign shows what everybody was told, a kiosk and a desk lead to one's own phone, and no more."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.conf import settings

from accounts.models import Broadcast
from accounts.selectors import principal_of
from accounts.selectors.boards import public_notices
from accounts.selectors.devices import device_principal
from accounts.services.notices.drafting import draft_broadcast, start_broadcast, stop_broadcast
from kernel import clock, contributions
from kernel.ids import new_id
from kernel.use_case import Act
from tests.accounts.devices.test_devices import DEVICES, doors, let_in
from tests.wallet.callers import Caller, City

NOTICES = "/api/v1/accounts/public_notices"
BOARD = f"{DEVICES}/here/board"
DOORS = {
    "signage": {},
    "kiosk": {"app": "/"},
    "desk": {"counter_code": "/me/id/counter"},
}
RIGHTS = {
    "signage": {"accounts.show_notices"},
    "kiosk": {"accounts.show_notices", "accounts.show_app"},
    "desk": {"accounts.show_notices", "accounts.show_counter"},
    "till": {"wallet.see_till", "wallet.charge", "wallet.refund", "wallet.top_up_at_shop"},
}


class Office:
    """A city office, its officer, and where they work."""

    def __init__(self, city):
        self.officer, self.administrator = city.city_office()
        self.organisation_id = self.officer.get("/api/v1/accounts/me").json()["organisations"][0]["id"]

    def tell(self, title, *, audience="everyone", priority="normal", at=None):
        """Send a message to many and return its id."""
        who, at = principal_of(self.administrator.resident_id), at or clock.now()
        drafted = draft_broadcast(
            Act(who, at=at, key=str(new_id())), category="city", priority=priority, audience_kind=audience, audience_value="",
            texts={"ja": {"title": title, "body": "明日です。"}, "en": {"title": f"{title} (en)", "body": "Tomorrow."}},
        )  # fmt: skip
        start_broadcast(Act(who, at=at), broadcast_id=drafted.id, confirmed=None if priority == "normal" else 2)
        return drafted.id


@pytest.fixture
def office(committed_db):
    return Office(City())


def told():
    return [each["texts"]["ja"]["title"] for each in Caller().get(NOTICES).json()["notices"]]


def test_what_everybody_was_told_is_public_and_nothing_else(office):
    office.tell("断水")
    office.tell("住民だけ", audience="residents")
    office.tell("取り消し")
    stop_broadcast(Act(principal_of(office.officer.resident_id), at=clock.now()), broadcast_id=newest("取り消し"))
    office.tell("古い話", at=clock.now() - timedelta(days=31))
    draft_broadcast(
        Act(principal_of(office.officer.resident_id), at=clock.now(), key="only-a-draft"), category="city", priority="normal",
        audience_kind="everyone", audience_value="", texts={"ja": {"title": "下書き", "body": "まだ"}},
    )  # fmt: skip
    answer = Caller().get(NOTICES)
    (notice,) = answer.json()["notices"]
    assert notice["texts"] == {
        "ja": {"title": "断水", "body": "明日です。"},
        "en": {"title": "断水 (en)", "body": "Tomorrow."},
    }
    assert (answer.json()["city"], answer.json()["city_en"]) == (settings.CITY["name_ja"], settings.CITY["name_en"])
    assert answer.headers["Cache-Control"] == "public, max-age=30"
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert "created_by" not in notice


def newest(title):
    return Broadcast.objects.get(texts__ja__title=title).pk


def test_ten_are_shown_newest_first_by_one_query(office, django_assert_num_queries):
    now = clock.now()
    for number in range(12):
        office.tell(f"{number}番", at=now - timedelta(hours=12 - number))
    assert told() == [f"{number}番" for number in range(11, 1, -1)]
    with django_assert_num_queries(1):
        assert len(public_notices(at=now).notices) == 10
    assert public_notices(at=now + timedelta(days=31)).notices == []


@pytest.mark.parametrize("kind", DOORS)
def test_each_kind_shows_its_own_doors(office, kind):
    screen, device, _given = let_in(office.officer, office, kind, label="1階")
    board = screen.get(BOARD).json()
    assert (board["device"]["id"], board["device"]["label"]) == (device["id"], "1階")
    assert {door["name"]: door["address"] for door in board["doors"]} == {
        name: settings.PUBLIC_URL + path for name, path in DOORS[kind].items()
    }
    assert screen.post(f"shops/{device['organisation_id']}/charges", {"amount": 1}).status_code == 404
    assert office.officer.ask("DELETE", f"{DEVICES}/{device['id']}").status_code == 204
    assert screen.get(BOARD).status_code == 401


def test_a_till_is_no_screen_and_a_person_none_either(office):
    shop = City().shop()
    till, _device, _given = let_in(shop.manager, shop)
    assert (till.get(BOARD).status_code, till.get(BOARD).json()["code"]) == (403, "not_allowed")
    assert office.officer.get(BOARD).status_code == 404
    assert Caller().get(BOARD).status_code == 401


@pytest.mark.parametrize("kind", RIGHTS)
def test_each_kind_has_its_rights_within_its_place_and_no_other(office, kind):
    shop = City().shop()
    boss, place = (shop.manager, shop) if kind == "till" else (office.officer, office)
    _caller, device, _given = let_in(boss, place, kind)
    principal, here = device_principal(UUID(device["id"])), UUID(str(place.organisation_id))
    every = {right for given in contributions.everyones() for rights in given.rights.values() for right in rights}
    assert {right for right in every if principal.may(right, within=here)} == RIGHTS[kind]
    elsewhere = UUID(str(office.organisation_id if kind == "till" else shop.organisation_id))
    assert not any(principal.may(right) or principal.may(right, within=elsewhere) for right in every)


def test_a_screen_reads_nothing_that_is_somebodys(office):
    """Every address of the API that a device may knock at answers a sign with nothing personal."""
    sign, _device, _given = let_in(office.officer, office, "signage")
    opened = set()
    for route, door in doors():
        if "<" in route or not hasattr(door, "get"):
            continue
        answer = sign.ask("GET", f"/{route}")
        if answer.status_code == 200 and not answer.content.startswith(b'{"results":[]'):
            opened.add(route)
    mine = {route for route in opened if Caller().ask("GET", f"/{route}").status_code != 200}
    assert mine == {"api/v1/accounts/devices/here", "api/v1/accounts/devices/here/board"}
