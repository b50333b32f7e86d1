"""Whoever follows a journey is told in time that it runs otherwise, and what to do instead; and the city forgets it afterwards."""

import random
from datetime import timedelta

import pytest
import redis

from kernel.principal import GuestPrincipal
from mobility.errors import FollowUnknown
from mobility.gateways import followed_store
from mobility.services import journeys
from mobility.services.journeys import following, telling
from tests.mobility.bringing.office import bring
from tests.mobility.following.conftest import ROOT, TRIPS, Traveller, feed_of, taken

pytestmark = pytest.mark.django_db


def rides(journey):
    """Return the rides of a journey as ``trip 8:00-8:10``."""
    return [
        f"{leg['trip']['id'].removeprefix('red:')} {leg['leaves_at'][11:16]}-{leg['arrives_at'][11:16]}"
        for leg in journey["legs"]
        if leg["trip"]
    ]


def without_instant(followed):
    return {name: value for name, value in followed.items() if name != "at"}


def test_a_missed_change_is_told_with_a_way_on_that_can_be_taken(city):
    mine = Traveller(city)
    assert rides(mine.shows["journey"]) == ["a 08:00-08:10", "b 08:14-08:25"]
    assert (mine.shows["phase"]["kind"], mine.shows["trouble"], mine.shows["instead"]) == ("waiting", None, [])
    assert mine.shows["changes"] == [{"before": 0, "after": 1, "needed_s": 120, "slack_s": 120, "holds": True}]

    riding = mine.hear(at="8:01")["phase"]
    assert (riding["kind"], riding["next"]["place"]["name"], riding["stops_left"]) == ("riding", "S20", 0)
    city.says(city.late("a", 300, call=1))
    late = mine.hear(at="8:02")
    assert late["trouble"] == {"kind": "missed", "leg": 1}
    assert (late["changes"][0]["slack_s"], late["changes"][0]["holds"]) == (-180, False)
    assert [rides(each) for each in late["instead"]] == [["a 08:00-08:25", "c 08:28-08:38"]]
    assert late["instead"][0]["legs"][-1]["end"]["stop"] == "red:S60"

    new = Traveller(city, late["instead"][0])
    assert new.shows["phase"]["kind"] == "riding"
    assert new.shows["trouble"] is None
    assert city.client.delete(f"{ROOT}followed_journeys/{mine.id}").status_code == 204
    assert new.hear(at="8:28:30")["phase"]["leg"] == 1
    assert new.hear(at="8:50")["phase"]["kind"] == "arrived"


def test_a_delay_that_goes_away_again_is_told_too(city):
    mine = Traveller(city)
    mine.hear()
    city.says(city.late("a", 300))
    assert mine.hear()["trouble"]["kind"] == "missed"
    assert mine.shows["journey"]["legs"][0]["trip"]["delay_s"] == 300
    assert rides(mine.shows["journey"]) == ["a 08:05-08:15", "b 08:14-08:25"]
    city.says(city.late("a", 0))
    assert mine.hear()["trouble"] is None
    assert rides(mine.shows["journey"]) == ["a 08:00-08:10", "b 08:14-08:25"]


def test_a_cancelled_bus_is_told_with_ways_from_where_one_is(city):
    mine = Traveller(city)
    city.says(city.cancelled("b"))
    before = mine.hear(at="7:55")
    assert before["trouble"] == {"kind": "cancelled", "leg": 1}
    assert before["journey"]["legs"][1]["trip"]["state"] == "cancelled"
    assert rides(before["instead"][0]) == ["a 08:00-08:20", "c 08:28-08:38"]
    stranded = mine.hear(at="8:15")
    assert stranded["phase"] == {"kind": "stranded", "leg": 1, "next": None, "stops_left": 0}
    assert rides(stranded["instead"][0]) == ["b2 08:34-08:45"]


def test_a_new_timetable_without_the_trip_is_told_as_lost_with_a_way_on(city):
    mine = Traveller(city)
    mine.hear(at="8:01")
    bring("red", feed_of({name: told for name, told in TRIPS.items() if name != "b"}), at=city.at)
    gone = mine.hear(at="8:02")
    assert (gone["trouble"], gone["journey"]) == ({"kind": "gone", "leg": 1}, None)
    assert rides(gone["instead"][0]) == ["a 08:00-08:20", "c 08:28-08:38"]


def test_a_new_timetable_with_other_numbers_and_times_goes_on_with_the_journey(city):
    mine = Traveller(city)
    mine.hear()
    moved = {"early": "S0 6:00, S1 6:10"} | {name: told.replace("8:25", "8:28") for name, told in TRIPS.items()}
    bring("red", feed_of(moved), at=city.at)
    assert rides(mine.hear()["journey"]) == ["a 08:00-08:10", "b 08:14-08:28"]
    assert mine.shows["trouble"] is None
    city.is_now("7:50:31")
    assert [topic for topic, _mark in city.tell()] == [mine.topic]  # for processes that opened it later


@pytest.mark.parametrize("seed", range(4))
def test_old_snapshot_and_events_are_the_fresh_snapshot(city, seed):
    dice, everybody = random.Random(seed), [Traveller(city), Traveller(city, city.journeys()[1])]
    at, kinds = city.at, set()
    city.tell()
    for step in range(60):
        at += timedelta(seconds=dice.choice([1, 5, 20, 45, 60, 90]))
        city.is_now(f"{at:%H:%M:%S}".lstrip("0"))
        if step % 4 == 0:
            trips = [trip for trip in TRIPS if dice.random() < 0.6]
            gone = [city.cancelled(trip) for trip in trips if dice.random() < 0.15]
            city.says(*gone or [city.late(trip, 30 * dice.randrange(0, 16), dice.randrange(2)) for trip in trips])
        touched = city.tell()
        for each in everybody:
            for _topic, mark in (pair for pair in touched if pair[0] == each.topic):
                ((_kind, data),) = each.feed.events(each.topic, mark, at=city.at)
                each.shows, each.told = data["followed"], each.told + 1
            assert (step, without_instant(each.shows)) == (step, without_instant(each.afresh()))
            kinds.add(each.shows["phase"]["kind"])
    assert kinds >= {"riding", "waiting"}
    assert all(0 < each.told < 60 for each in everybody)


def test_words_are_in_the_language_in_which_it_was_taken_and_the_fare_stays(city):
    mine = Traveller(city, language="en")
    city.says(city.cancelled("b"))
    assert mine.hear()["journey"]["fare"] == mine.journey["fare"]
    assert mine.shows["instead"][0]["legs"][0]["start"]["name"]


def test_what_is_kept_is_sealed_is_nobodys_and_goes(city, valkey):
    mine = Traveller(city)
    everything = b"".join(key + (valkey.dump(key) or b"") for key in valkey.scan_iter())
    for secret in (mine.id.encode(), "自宅".encode(), b"32.06", "病院".encode()):
        assert secret not in everything
    assert 0 < valkey.ttl(f"machi:followed:{journeys.key_of(mine.id)}") <= 3 * 3600
    city.client.delete(f"{ROOT}followed_journeys/{mine.id}")
    assert not list(valkey.scan_iter("machi:followed*"))
    with pytest.raises(FollowUnknown):
        mine.feed.topic(GuestPrincipal(), mine.id)
    assert list(mine.feed.events(mine.topic, "0", at=city.at)) == []


def test_a_loop_that_begins_anew_knows_who_has_boarded(city):
    mine = Traveller(city)
    for at in ("7:59", "8:01", "8:12"):
        mine.hear(at=at)
    city.watch = journeys.Watch()
    city.says(city.late("a", 300, call=1))  # told when it was there already
    assert mine.hear(at="8:16")["phase"]["leg"] == 1


def test_what_is_over_is_let_go_of_and_one_that_cannot_be_reckoned_harms_no_other(city, monkeypatch):
    odd, mine = Traveller(city), Traveller(city)
    real = telling.stands
    fails = odd.topic.rpartition(":")[2]

    def stands(found, held, *, at):
        if city.watch.seen.get(fails) and found.kept is city.watch.seen[fails].kept:
            raise ZeroDivisionError
        return real(found, held, at=at)

    monkeypatch.setattr(telling, "stands", stands)
    assert [topic for topic, _mark in city.tell()] == [mine.topic]
    assert set(city.watch.seen) == {mine.topic.rpartition(":")[2]}
    city.is_now("10:26")
    assert city.tell() == []
    assert not city.watch.seen


def test_nothing_is_reckoned_anew_while_nothing_happens(city, monkeypatch):
    Traveller(city)
    city.tell()
    reckoned, real = [], telling.stands
    monkeypatch.setattr(telling, "stands", lambda *given, **more: reckoned.append(1) or real(*given, **more))
    for at in ("7:50:10", "7:52", "7:59:59"):
        city.is_now(at)
        assert city.tell() == []
    assert not reckoned


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        (lambda legs: legs[0].pop("trip"), "legs.0.trip", "required"),
        (lambda legs: legs[0]["start"].pop("stop"), "legs.0.start", "place_unclear"),
        (lambda legs: legs[1]["end"].pop("lat"), "legs.1.end", "place_unclear"),
        (lambda legs: legs[0].update(arrives_at="2026-06-10T07:00:00+09:00"), "legs.0.arrives_at", "runs_back"),
        (lambda legs: legs[0].update(leaves_at="2026-06-08T07:00:00+09:00"), "legs", "out_of_time"),
        (lambda legs: legs[0].update(leaves_at="0001-01-01T00:00:00+09:00"), "legs", "out_of_time"),
        (lambda legs: legs[0].update(leaves_at="9999-12-31T23:59:59-09:00"), "legs", "out_of_time"),
    ],
)
def test_what_is_no_journey_is_refused_by_its_field(city, change, field, code):
    legs = taken(city.journeys()[0])
    change(legs)
    answer = city.ask_to_follow(legs)
    assert (answer.status_code, answer.json()["code"]) == (422, "follow_unfit")
    assert [(each["field"], each["code"]) for each in answer.json()["errors"]] == [(field, code)]
    assert not city.watch.seen


def test_bodies_that_are_none_are_refused(city):
    legs = taken(city.journeys()[0])
    for body in ([], legs * 30, [legs[0] | {"leaves_at": "2026-06-10T08:00:00"}], [legs[0] | {"way": "swim"}]):
        assert city.ask_to_follow(body).json()["code"] == "invalid_body"
    city.is_now("10:30")
    assert [each["code"] for each in city.ask_to_follow(legs).json()["errors"]] == ["over"]


def test_no_more_are_followed_than_the_city_can(city, monkeypatch):
    monkeypatch.setattr(following, "MOST_FOLLOWED", 1)
    mine = Traveller(city)
    full = city.ask_to_follow(taken(mine.journey))
    assert (full.status_code, full.json()["code"], full["Retry-After"]) == (429, "follows_full", "60")


def test_without_redis_one_is_told_to_come_back(city, monkeypatch):
    legs = taken(city.journeys()[0])

    def away():
        raise redis.ConnectionError

    monkeypatch.setattr(followed_store, "_redis", away)
    assert city.ask_to_follow(legs).json()["code"] == "live_away"
    assert city.client.delete(f"{ROOT}followed_journeys/x").json()["code"] == "live_away"


def test_an_id_that_nobody_has_opens_nothing(city):
    answer = city.post("/api/v1/realtime/tickets", {"feeds": ["mobility.journey:nobodys"]})
    assert (answer.status_code, answer.json()["code"]) == (404, "follow_unknown")
