"""What somebody likes, as the options of a phone ask for it, is honoured by the answer: each door is tried."""

import msgspec
import pytest

from mobility.gateways.feed_files import pack
from mobility.services.feeds import serving
from tests.mobility.api.conftest import ROOT
from tests.mobility.bringing.office import bring, register
from tests.mobility.town import FILES, FRIDAY_MORNING

pytestmark = pytest.mark.django_db
STATION, HALL = {"stop": "town:S"}, {"stop": "town:c"}
HOUSE = {"lat": 32.2145, "lon": 130.7525}


def asks(anybody, **told):
    body = {"from": STATION, "to": HALL, "at": "2026-01-09T07:50:00+09:00"} | told
    answer = anybody.client.post(ROOT + "journeys", msgspec.json.encode(body), content_type="application/json")
    assert answer.status_code == 200, answer.content
    return answer.json()


def rides(found):
    return [[leg["trip"]["id"] for leg in each["legs"] if leg["trip"]] for each in found["journeys"]]


def test_lines_are_avoided_and_kinds_are_chosen(town, anybody):
    assert rides(asks(anybody)) == [["town:t1"], ["town:t2"]]
    assert rides(asks(anybody, avoided_routes=["town:r1"])) == []
    assert rides(asks(anybody, avoided_routes=["town:r2", "town:gone"])) == [["town:t1"], ["town:t2"]]
    assert rides(asks(anybody, kinds=["rail", "tram"])) == []
    assert rides(asks(anybody, kinds=["bus"])) == [["town:t1"], ["town:t2"]]
    assert rides(asks(anybody, preferred_routes=["town:r1"])) == [["town:t1"], ["town:t2"]]


def test_who_walks_slowly_leaves_earlier_and_who_walks_little_is_not_sent(town, anybody):
    usual, slow = (asks(anybody, **{"from": HOUSE, "pace": pace})["journeys"][0] for pace in ("usual", "slow"))
    assert slow["legs"][0]["minutes"] >= usual["legs"][0]["minutes"]
    assert slow["leaves_at"] < usual["leaves_at"]
    far = {"lat": 32.2100, "lon": 130.7440}
    near = asks(anybody, **{"from": far, "most_walk_minutes": 5})
    assert (rides(near), near["nothing"]) == ([], "no_stop_near")
    assert rides(asks(anybody, **{"from": far, "most_walk_minutes": 30}))[0] == ["town:t2"]


def test_places_on_the_way_are_passed_with_the_stay(town, anybody):
    via = {"place": {"stop": "town:k1"}, "stay_minutes": 30}
    found = asks(anybody, via=[via])
    assert rides(found) == [["town:t1", "town:t2"]]
    with_taxi = asks(anybody, via=[via], own=["taxi", "bicycle"])
    assert ["town:t1", "town:t2"] in rides(with_taxi)


def test_a_taxi_is_asked_for_before_after_and_between(town, anybody):
    far = {"lat": 32.2350, "lon": 130.7400}
    assert rides(asks(anybody, to=far)) == []
    found = asks(anybody, to=far, own=["taxi"])
    ways = {tuple(leg["way"] for leg in each["legs"]) for each in found["journeys"]}
    assert ("ride", "taxi") in ways
    (direct,) = [each for each in found["direct"] if each["legs"][0]["way"] == "taxi"]
    assert direct["fare"]["total"] == direct["legs"][0]["fare"] > 300
    assert rides(asks(anybody, to=far, own=["taxi"], most_changes=0)) == []
    ids = [each["id"] for each in found["journeys"] + found["direct"]]
    assert len(set(ids)) == len(ids)  # a phone keeps each under its id
    assert direct["id"].startswith("taxi@")


def test_a_fare_in_another_currency_and_a_taxi_in_yen_stand_beside_each_other(db, at, anybody):
    fares = {
        "fare_attributes.txt": "fare_id,price,currency_type,payment_method,transfers\nflat,4.70,BRL,0,0",
        "fare_rules.txt": "fare_id,route_id\nflat,r1\nflat,r2",
    }
    serving._held.network = None
    register("town")
    bring("town", pack({name: text.encode() for name, text in (FILES | fares).items()}), at=FRIDAY_MORNING)
    found = asks(anybody, to={"lat": 32.2350, "lon": 130.7400}, own=["taxi"])
    both = next(each for each in found["journeys"] if [leg["way"] for leg in each["legs"]] == ["ride", "taxi"])
    yen = both["legs"][1]["fare"]
    assert both["fare"] == {
        "total": None, "at_least": 0, "currency": "",
        "lines": [
            {"leg": 0, "name": "", "why": "fare", "amount": 470, "currency": "BRL"},
            {"leg": 1, "name": "", "why": "taxi", "amount": yen, "currency": "JPY"},
        ],
        "sums": [{"amount": 470, "currency": "BRL"}, {"amount": yen, "currency": "JPY"}],
    }  # fmt: skip
    (direct,) = [each for each in found["direct"] if each["legs"][0]["way"] == "taxi"]
    assert (direct["fare"]["total"], direct["fare"]["currency"]) == (direct["legs"][0]["fare"], "JPY")
