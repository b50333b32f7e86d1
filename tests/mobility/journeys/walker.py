"""Walks the journeys of an answer leg by leg, by the files of the feeds alone; it knows none of the product's code.

It reads what the API sends (JSON), and holds every time, place, change and price against the operators' tables.
"""

import math
from collections import Counter
from datetime import date, datetime, timedelta, timezone
from itertools import pairwise

JST = timezone(timedelta(hours=9))
SPEEDS = {"walk": 1333, "wheelchair": 1000, "step_free": 1200, "gentle": 1000}
PACES = {"slow": 75, "usual": 100, "fast": 120}
"""Millimetres a second, and per cent of them."""
KINDS = {"0": "tram", "1": "subway", "2": "rail", "3": "bus"}
PICK_UP_S = 600
"""The made-up taxi comes ten minutes after it is called at the earliest."""


class Walker:
    """Knows a town by its files: ``oracle`` as it runs, ``fares`` by feed, ``docks`` and agreed ``discounts``."""

    def __init__(self, town, oracle):
        """Index the trips by what journeys call them."""
        self.town, self.oracle = town, oracle
        self.named = {}
        for trip in oracle.trips:
            name = trip.partition("~")[0]
            self.named.setdefault(town.trip_names.get(name, name), []).append(trip)

    def answer(self, answer, question):
        """Walk all journeys of an answer; return how many there are."""
        for journey in [*answer["journeys"], *answer["direct"]]:
            self.journey(journey, answer, question)
        order = "arrives_at" if answer["is_arriving"] else "leaves_at"
        told = [instant(each[order]) for each in answer["journeys"]]
        assert told == sorted(told)
        for each in answer["journeys"]:
            if "soonest" in each["best"]:
                assert instant(each["arrives_at"]) == min(instant(other["arrives_at"]) for other in answer["journeys"])
        return len(answer["journeys"])

    def journey(self, journey, answer, question):
        """Walk one journey."""
        legs = journey["legs"]
        begins, ends = instant(legs[0]["leaves_at"]), instant(legs[-1]["arrives_at"])
        assert (instant(journey["leaves_at"]), instant(journey["arrives_at"])) == (begins, ends)
        assert ends <= instant(answer["at"]) if answer["is_arriving"] else begins >= instant(answer["at"])
        assert self.is_one_place(answer["from"], legs[0]["start"])
        assert self.is_one_place(legs[-1]["end"], answer["to"])
        for leg in legs:
            assert instant(leg["leaves_at"]) <= instant(leg["arrives_at"])
            self.ride(leg, question) if leg["way"] == "ride" else self.way(leg, answer, question)
        for last, leg in pairwise(legs):
            self.change(last, leg, question)
        self.passes(legs, question)
        self.sums(journey, question)
        self.fare(journey, question)

    def ride(self, leg, question):
        """See that the trip runs that day, calls at both stops when it is said to, and lets one on and off."""
        calls = self.found(leg)
        on, off = calls[0], calls[-1]
        assert on.get("pickup_type") != "1"
        assert off.get("drop_off_type") != "1"
        told = [
            (each["place"]["stop"], each["arrives_at"], each["leaves_at"])
            for each in leg["calls"]
            if not each["is_skipped"]
        ]
        midnight = self.midnight(leg)
        assert [(stop, seconds(a, midnight), seconds(b, midnight)) for stop, a, b in told] == [
            (call["stop_id"], call["arrive"], call["leave"]) for call in calls[1:-1]
        ]
        assert leg["trip"]["stops"] == len(leg["calls"]) + 1
        trip = self.town.trips.get(leg["trip"]["id"])
        if trip is None:  # it runs besides the timetable, and nothing is known of it but where it calls
            assert leg["trip"]["line"]["id"] == ""
            assert not {"kinds", "has_bicycle"} & question.keys()
            return
        route = self.town.routes[trip["route_id"]]
        assert leg["trip"]["line"]["id"] == trip["route_id"]
        assert trip["route_id"] not in question.get("avoided_routes", [])
        if question.get("kinds"):
            assert KINDS[route["route_type"]] in question["kinds"]
        if question.get("walk") == "wheelchair":
            assert trip.get("wheelchair_accessible") != "2"
            assert {self.town.stops[call["stop_id"]].get("wheelchair_boarding") for call in (on, off)}.isdisjoint({"2"})
        if question.get("has_bicycle"):
            assert trip.get("bikes_allowed") == "1"

    def found(self, leg):
        """Return the calls of a leg from boarding to alighting, its trip found by its id, day, stops and times."""
        day, midnight = date.fromisoformat(leg["trip"]["day"]), self.midnight(leg)
        leaves, arrives = seconds(leg["leaves_at"], midnight), seconds(leg["arrives_at"], midnight)
        for name in self.named[leg["trip"]["id"]]:
            calls = self.oracle.calls[name]
            if not self.oracle.runs(self.oracle.trips[name]["service_id"], day):
                continue
            on = [n for n, c in enumerate(calls) if (c["stop_id"], c["leave"]) == (leg["start"]["stop"], leaves)]
            off = [n for n, c in enumerate(calls) if (c["stop_id"], c["arrive"]) == (leg["end"]["stop"], arrives)]
            if on and off and on[0] < off[-1]:
                skipped = sum(each["is_skipped"] for each in leg["calls"])
                wanted = len(leg["calls"]) - skipped + 1
                begin, end = next((a, b) for a in on for b in off if b - a == wanted)
                return calls[begin : end + 1]
        raise AssertionError(f"no such ride: {leg['trip']['id']} {leg['start']} {leg['leaves_at']}")

    def way(self, leg, answer, question):
        """See that nobody walks, rides or is driven faster than they can, nor from where nothing is to be had."""
        straight, took = (
            metres(leg["start"], leg["end"]),
            (instant(leg["arrives_at"]) - instant(leg["leaves_at"])).total_seconds(),
        )
        assert leg["metres"] >= 0.99 * straight - 1
        if leg["way"] == "walk":
            speed = SPEEDS[question.get("walk", "walk")] * PACES[question.get("pace", "usual")] / 100_000
            assert took >= 0.98 * straight / speed - 1
        elif leg["way"] == "bicycle":
            begin, end = (self.town.dock_at(leg[side]["lat"], leg[side]["lon"]) for side in ("start", "end"))
            assert begin.bikes > 0
            assert end.room is None or end.room > 0
            assert took >= straight / 4.17
        else:
            assert leg["offer"]
            assert leg["fare"] > 0
            if not answer["is_arriving"] and not question.get("via"):
                assert instant(leg["leaves_at"]) >= instant(answer["at"]) + timedelta(seconds=PICK_UP_S)

    def change(self, last, leg, question):
        """See that one leg goes on where the other ended, and that changing between two rides takes its time."""
        spare = (instant(leg["leaves_at"]) - instant(last["arrives_at"])).total_seconds()
        assert spare >= 0
        is_passed = any(
            self.is_one_place(self.town.place(via["place"]), last["end"]) for via in question.get("via", [])
        )
        assert self.is_one_place(last["end"], leg["start"]) if is_passed else _is_same(last["end"], leg["start"])
        if leg["is_seated"]:
            blocks = {self.town.trips[each["trip"]["id"]].get("block_id") for each in (last, leg)}
            assert len(blocks) == 1
            assert blocks.isdisjoint({None, ""})
        elif last["way"] == leg["way"] == "ride" and last["end"]["stop"] == leg["start"]["stop"]:
            number = self.oracle.number[last["end"]["stop"]]
            slower = 1333 / (SPEEDS[question.get("walk", "walk")] * PACES[question.get("pace", "usual")] / 100)
            assert spare >= math.floor(self.oracle.walks.get((number, number), 0) * min(slower, 1))

    def passes(self, legs, question):
        """See that the places on the way are passed in order, and stayed at."""
        passed = []
        for n, leg in enumerate(legs):
            passed += [(call["place"], timedelta(0)) for call in leg["calls"]]
            passed.append((leg["end"], self.stay(legs, n)))
        for via in question.get("via", []):
            place, stay = self.town.place(via["place"]), timedelta(minutes=via.get("stay_minutes", 0))
            assert any(self.is_one_place(there, place) and spare >= stay for there, spare in passed)

    def stay(self, legs, n):
        """Return how long one is where a leg ends; from one pole of a station to another is still there."""
        on = [leg for leg in legs[n + 1 :] if leg["way"] != "walk" or not self.is_one_place(legs[n]["end"], leg["end"])]
        return instant(on[0]["leaves_at"]) - instant(legs[n]["arrives_at"]) if on else timedelta(0)

    def sums(self, journey, question):
        """See that what is said of the whole follows from the legs."""
        legs = journey["legs"]
        walks = [leg for leg in legs if leg["way"] == "walk"]
        walked = sum((instant(leg["arrives_at"]) - instant(leg["leaves_at"])).total_seconds() for leg in walks)
        assert journey["walk_minutes"] == math.ceil(walked / 60)
        assert journey["walk_metres"] == sum(leg["metres"] for leg in walks)
        assert journey["changes"] == max(0, len(legs) - len(walks) - sum(leg["is_seated"] for leg in legs) - 1)
        rides = sum(leg["way"] == "ride" for leg in legs)
        assert rides <= (question.get("most_changes", 7) + 1) * (1 + len(question.get("via", [])))

    def fare(self, journey, question):
        """Buy every ride again by the operators' tables, and what was agreed on for changing."""
        legs, fare = journey["legs"], journey["fare"]
        by_feed, rides, sums = {}, [], Counter()
        for n, leg in enumerate(legs):
            if leg["way"] == "ride":
                rides.append(n)
            if leg["way"] == "ride" and leg["trip"]["line"]["id"]:
                slug = leg["trip"]["line"]["id"].partition(":")[0]
                by_feed.setdefault(slug, []).append(self.sold(leg, slug))
        parts = {slug: self.town.fares[slug].of_rides(own) for slug, own in by_feed.items()}
        unknown = sum(each[0] for each in parts.values())
        for slug, (_unknown, amount) in parts.items():
            sums[self.town.fares[slug].currency] += amount
        unknown += sum(leg["fare"] is None for leg in legs if leg["way"] not in {"ride", "walk"})
        unknown += sum(not leg["trip"]["line"]["id"] for leg in legs if leg["way"] == "ride")
        sums["JPY"] += sum(leg["fare"] or 0 for leg in legs if leg["way"] not in {"ride", "walk"})
        off = self.discounts(legs, fare, rides)
        assert [(line["leg"], line["amount"]) for line in fare["lines"] if line["why"] == "discount"] == off
        sums["JPY"] += sum(each for _leg, each in off)
        told = {each["currency"]: each["amount"] for each in fare["sums"] if each["amount"]}
        paid = {currency: amount for currency, amount in sums.items() if amount}
        assert (fare["total"] is None) == (bool(unknown) or len(paid) > 1)
        amount = sum(paid.values()) if len(paid) < 2 else 0
        if question.get("rider", "adult") == "adult":
            assert told == paid
            assert fare["at_least"] == amount
            assert fare["total"] in {None, amount}
        else:
            assert fare["at_least"] <= amount
            assert told.keys() == paid.keys()

    def sold(self, leg, slug):
        """Return a ride in the words of the feed that sells it: route, ends, when it leaves, all stops."""
        calls = self.found(leg)
        own = [call["stop_id"].partition(":")[2] for call in calls]
        return (
            leg["trip"]["line"]["id"].partition(":")[2],
            own[0],
            own[-1],
            instant(leg["leaves_at"]).timestamp(),
            tuple(own),
            leg["is_seated"],
        )

    def discounts(self, legs, fare, rides):
        """Return what is taken off, by leg: between two rides that are both paid, within the time agreed on, the most."""
        paid = {line["leg"]: line["amount"] for line in fare["lines"] if line["why"] != "discount"}
        share = {line["leg"]: line["why"] for line in fare["lines"]}
        found = []
        for n, m in pairwise(rides):
            ends = tuple(legs[k]["trip"]["line"]["id"].partition(":")[0] for k in (n, m))
            spare = (instant(legs[m]["leaves_at"]) - instant(legs[n]["arrives_at"])).total_seconds()
            offs = [
                rule["off"] for rule in self.town.discounts
                if spare <= rule["within_s"] and ends in _ways(rule) and paid[n] and paid[m]
            ]  # fmt: skip
            if offs and share[m] == "fare":
                found.append((m, -min(max(offs), paid[m])))
            elif offs:
                found += [
                    (m, line["amount"]) for line in fare["lines"] if line["leg"] == m and line["why"] == "discount"
                ]
        return found

    def is_one_place(self, one, other):
        """Tell whether two places are the same, or a station and one of its platforms."""
        return (
            metres(one, other) < 2
            or self.town.station(one.get("stop")) == self.town.station(other.get("stop")) is not None
        )

    def midnight(self, leg):
        """Return the instant from which a trip's times count."""
        return datetime.combine(date.fromisoformat(leg["trip"]["day"]), datetime.min.time(), JST)


def instant(text):
    """Read an instant."""
    return datetime.fromisoformat(text)


def seconds(text, midnight):
    """Return an instant in seconds of a service day."""
    return int((instant(text) - midnight).total_seconds())


def metres(one, other):
    """Return how far two places lie apart, on a sphere, by cosines."""
    a, b = math.radians(one["lat"]), math.radians(other["lat"])
    east = math.radians(other["lon"] - one["lon"]) * math.cos((a + b) / 2)
    return 6_371_008.8 * math.hypot(b - a, east)


def _ways(rule):
    ways = {(rule["from_feed"], rule["to_feed"])}
    return ways | {(rule["to_feed"], rule["from_feed"])} if rule.get("is_both_ways") else ways


def _is_same(one, other):
    if one.get("stop") and other.get("stop"):
        return one["stop"] == other["stop"]
    return metres(one, other) < 2
