"""A road is closed: whoever asks goes around it at once and is told so; where there is no map, that it cannot be known."""

from datetime import datetime, timedelta

import pytest
from django.core.management import call_command
from django.test import Client

from cityos.services import Observation, Reading, publish_entities
from kernel import clock
from kernel.clock import JST
from kernel.principal import SYSTEM
from kernel.use_case import Act
from mobility.demo.closures import RoadOffice
from mobility.gateways import road_closures
from mobility.gateways.feed_files import pack
from mobility.selectors.live.closures import closures_known
from mobility.services.feeds import serving as held
from mobility.services.live import live_network, publish_changes
from tests.mobility.bringing.office import bring, register
from tests.mobility.engine.journeys.test_footpaths import BRIDGE, NODES, STOPS, WAYS, files_of_town
from tests.mobility.engine.streets.small_map import at as place
from tests.mobility.engine.streets.small_map import write_pbf

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 10, 7, 50, tzinfo=JST)
NAMES = {"ja": "【見本】橋の工事", "en": "[Sample] Bridge works", "ko": "[견본] 다리 공사"}


@pytest.fixture
def river(db, settings, tmp_path, monkeypatch):
    """Let it be ten to eight in the town with the river; return what lays out its streets."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setattr(road_closures, "_registered", [])
    settings.MACHI_HOME = tmp_path / "home"
    held._held.network = None
    register("x")
    bring("x", pack(files_of_town()), at=NOW)

    def lay_out():
        call_command("import_streets", write_pbf(tmp_path / "river.osm.pbf", NODES, WAYS), verbosity=0)

    return lay_out


def closes(road="bridge", at=NOW, **more):
    """Publish a closure as a thing of the town, and let it be gathered."""
    told = {"name": NAMES, "location": BRIDGE, "owner": {"ja": "見本市", "en": "Mihon City"}} | more
    attributes = {key: Observation(value=value, observed_at=at) for key, value in told.items()}
    reading = Reading(id=f"urn:ngsi-ld:RoadClosure:{road}", type="RoadClosure", attributes=attributes)
    publish_entities(Act(SYSTEM, at=NOW, key=f"{road}{at}"), entities=[reading])
    publish_changes(at=NOW)


def asks(start="stop:x:home", goal="stop:x:away", language="ja", **asked):
    answer = Client().get(
        "/api/v1/mobility/journeys", {"from": start, "to": goal} | asked, headers={"Accept-Language": language}
    )
    assert answer.status_code == 200, answer.content
    return answer.json()


def walked(found):
    """Return minutes and metres of the walk between both rides, and what closed roads are to it."""
    walk = found["journeys"][0]["legs"][1]
    return walk["minutes"], walk["metres"], [each["how"] for each in walk["closures"]]


def test_a_bridge_that_is_closed_is_walked_around_and_the_answer_says_so(river):
    river()
    assert walked(asks()) == (4, 300, [])
    closes()
    found = asks(language="en")
    assert walked(found) == (7, 500, ["avoided"])
    assert found["journeys"][0]["legs"][1]["closures"] == [
        {
            "id": "urn:ngsi-ld:RoadClosure:bridge", "how": "avoided", "kind": "all", "name": "[Sample] Bridge works",
            "owner": "Mihon City", "url": "", "begins_at": None, "ends_at": None, "geometry": BRIDGE,
        }
    ]  # fmt: skip
    closes(at=NOW + timedelta(seconds=1), kind="vehicles")
    assert walked(asks()) == (4, 300, [])


def test_a_closure_that_begins_tomorrow_is_avoided_by_whoever_goes_tomorrow(river):
    river()
    closes(begins_at="2026-06-11T06:00:00+09:00", ends_at="2026-06-11T12:00:00+09:00")
    assert walked(asks()) == (4, 300, [])
    assert walked(asks(at="2026-06-11T07:50:00+09:00")) == (7, 500, ["avoided"])
    assert walked(asks(at="2026-06-11T09:00:00+09:00", is_arriving="true")) == (7, 500, ["avoided"])
    assert walked(asks(at="2026-06-12T07:50:00+09:00")) == (4, 300, [])
    (told,) = asks(at="2026-06-11T07:50:00+09:00")["journeys"][0]["legs"][1]["closures"]
    assert told["ends_at"] == "2026-06-11T12:00:00+09:00"


def test_whoever_passes_near_a_closure_is_told_and_who_is_far_is_not(river):
    river()
    closes()
    home, goal = (",".join(map(str, place(*each))) for each in ((180, 100), (330, 100)))
    assert [each["how"] for each in asks(home, goal)["direct"][0]["legs"][0]["closures"]] == ["near"]
    far = ",".join(map(str, place(395, 60)))
    assert asks(far, ",".join(map(str, place(395, 10))))["direct"][0]["legs"][0]["closures"] == []


def test_without_a_map_nobody_can_tell_and_that_is_said(river):
    closes()
    west, east = (",".join(map(str, place(100, north))) for north in (150, -50))
    found = asks(west, east)
    assert [each["how"] for each in found["direct"][0]["legs"][0]["closures"]] == ["not_known"]
    assert found["direct"][0]["legs"][0]["is_estimate"] is True


@pytest.mark.parametrize(
    "wrong",
    [
        {"location": {"type": "Point", "coordinates": [130.7, 32.2, 5]}, "kind": "dogs"},
        {"begins_at": "tomorrow"},
        {"begins_at": "2026-06-11T06:00:00"},
        {"begins_at": "2026-06-11T06:00:00Z", "ends_at": "2026-06-11T05:00:00Z"},
        {"ends_at": "2026-06-10T07:00:00+09:00"},
        {"name": 7},
        {"location": {"type": "LineString", "coordinates": [[130.7, 32 + n / 10_000] for n in range(5001)]}},
    ],
)
def test_what_is_wrong_or_over_closes_nothing(river, wrong):
    closes(**wrong)
    assert closures_known(at=NOW) == []


def test_the_demo_towns_road_office_is_heard_like_any_other(river):
    office = RoadOffice()
    road_closures.register_closures(office)
    assert [each.id for each in closures_known(at=NOW)] == [
        "market-20260614", "market-20260621", "riverside-20260610", "riverside-20260617", "waterworks-20260608",
        "waterworks-20260615",
    ]  # fmt: skip
    publish_changes(at=NOW)
    (now,) = live_network(at=NOW - timedelta(hours=3)).closures
    assert (now.id, now.owners["en"]) == ("waterworks-20260608", "Mihon City Road Section (sample)")
    road_closures.withdraw_closures(office)
    assert closures_known(at=NOW) == []


def test_a_closed_network_is_laid_out_once_and_shares_what_it_can(river):
    river()
    closes()
    shut = live_network(at=NOW)
    assert live_network(at=NOW) is shut
    assert shut.targets is shut.open.targets
    assert len(STOPS) == len(shut.boarded)
    assert live_network(at=NOW, span=(NOW, NOW)) is shut
