"""Home shows what matters now: what was pinned first, nothing that was hidden, and danger to life above all."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from accounts.engine.home import arranged, distance_m, points
from kernel import contributions
from kernel.contributions import Card, Contributions, Place
from tests.accounts.notices.conftest import NOON
from tests.wallet.callers import City

HOME = "/api/v1/accounts/home"
STATION = Place(32.2167, 130.7500)
SHRINE = Place(32.2128, 130.7531)  # some 520 m from the station


def card(key, weight=50, **more):
    return Card(key=key, kind=more.pop("kind", key), title=key, detail="", link="/", weight=weight, **more)


def order(*cards, at=NOON, here=None, pinned=(), hidden=()):
    return [each.key for each in arranged(cards, at=at, here=here, pinned=pinned, hidden=hidden)]


def test_what_weighs_more_stands_first_and_equal_ones_never_jump():
    assert order(card("b"), card("a"), card("c", 51)) == ["c", "a", "b"]


def test_what_ends_soon_comes_up_hour_by_hour():
    bus = card("bus", 30, until=NOON + timedelta(hours=6))
    assert [points(bus, at=NOON - timedelta(hours=each), here=None) for each in (18, 17, 6, 0)] == [30, 31, 50, 60]
    assert order(card("a"), bus) == ["bus", "a"]
    assert order(card("a"), bus, at=NOON - timedelta(hours=18)) == ["a", "bus"]


def test_a_card_shows_from_and_until_to_the_second():
    now = card("now", shows_from=NOON, until=NOON + timedelta(seconds=1))
    times = [NOON - timedelta(microseconds=1), NOON, NOON + timedelta(seconds=1)]
    assert [order(now, at=each) for each in times] == [[], ["now"], []]


def test_what_is_near_comes_up():
    assert distance_m(STATION, SHRINE) == pytest.approx(523, abs=5)
    assert distance_m(STATION, STATION) == 0
    near, far = card("near", 40, place=SHRINE), card("far", 45, place=Place(32.5, 130.75))
    assert order(near, far) == ["far", "near"]
    assert order(near, far, here=STATION) == ["near", "far"]


def test_what_was_chosen_counts_more_than_anything_but_danger():
    cards = (card("a", 90), card("b", 10), card("c", 50), card("flood", 100))
    assert order(*cards, pinned=["b"], hidden=["a", "flood"]) == ["flood", "b", "c"]


@pytest.fixture
def city(committed_db):
    return City()


def keys(who):
    answer = who.get(HOME)
    assert answer.status_code == 200, answer.content
    return [each["key"] for each in answer.json()["cards"]]


def test_cards_of_all_apps_stand_in_one_order(city):
    hanako = city.resident(yen=500)
    assert keys(hanako) == ["wallet.balance", "accounts.passkey"]
    shown = hanako.get(HOME, language="en").json()
    assert (shown["cards"][0]["detail"], len(shown["kinds"])) == ("500 yen", 5)


def test_choices_are_kept_and_can_be_taken_back(city):
    hanako, taro = city.resident(), city.resident()
    choose = f"{HOME}/choices"
    body = {"pinned": ["accounts.passkey"], "hidden": ["wallet.balance"]}
    assert hanako.ask("PUT", choose, body).status_code == 204
    assert (keys(hanako), keys(taro)) == (["accounts.passkey"], ["wallet.balance", "accounts.passkey"])
    assert hanako.ask("PUT", choose, {"pinned": [], "hidden": []}).status_code == 204
    assert keys(hanako) == keys(taro)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"pinned": ["unheard"], "hidden": []}, "card_kind_unknown"),
        ({"pinned": []}, "invalid_body"),
        ({"pinned": "x", "hidden": []}, "invalid_body"),
        ({"pinned": ["x"] * 61, "hidden": []}, "invalid_body"),
    ],
)
def test_choices_that_cannot_be_are_refused(city, body, code):
    hanako = city.resident()
    answer = hanako.ask("PUT", f"{HOME}/choices", body)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert keys(hanako) == ["wallet.balance", "accounts.passkey"]


@pytest.mark.parametrize(
    "query", ["lat=32", "lon=130", "lat=91&lon=1", "lat=x&lon=1", "lat=nan&lon=1", "lat=1e1&lon=1", "lat=&lon="]
)
def test_a_place_that_is_none_is_refused(city, query):
    answer = city.resident().get(f"{HOME}?{query}")
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_query")


def test_an_app_that_fails_leaves_the_others_cards(city, monkeypatch):
    def fail(*_arguments, **_named):
        raise RuntimeError

    broken = Contributions(cards=(SimpleNamespace(kinds={}, cards=fail),))
    monkeypatch.setattr("kernel.contributions._registry", contributions._registry | {"broken": broken})
    assert keys(city.resident()) == ["wallet.balance", "accounts.passkey"]
