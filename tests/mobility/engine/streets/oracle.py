"""A second opinion on ways: the raw map, every piece of every way, and a heap. Slow, obvious, and none of the product's code.

It knows what the tags of the town under test say, and makes of them what the profiles promise; nothing is contracted or indexed.
"""

import heapq
import math
from collections import defaultdict

import numpy as np

R = 6371008.8
SHUT = {
    "no", "private", "use_sidepath", "agricultural", "forestry", "delivery", "emergency", "military", "permit", "residents", "bus",
    "psv",
}  # fmt: skip
OPEN = {"yes", "designated", "official", "permissive", "destination", "customers", "public"}
ROADS = {"trunk", "primary", "secondary", "tertiary", "unclassified", "residential", "road", "living_street", "service"}
FOOTWAYS = {
    "pedestrian",
    "footway",
    "corridor",
    "path",
    "bridleway",
    "cycleway",
    "steps",
    "platform",
    "elevator",
    "track",
}
SMOOTH = {
    "asphalt",
    "concrete",
    "paved",
    "paving_stones",
    "wood",
    "metal",
    "concrete:plates",
    "concrete:lanes",
    "bricks",
    "tiles",
}
ROUGH = {"sett", "cobblestone", "unhewn_cobblestone", "compacted", "fine_gravel", "metal_grid", "grass_paver"}
LOOSE = {
    "gravel",
    "pebblestone",
    "sand",
    "ground",
    "earth",
    "dirt",
    "mud",
    "grass",
    "unpaved",
    "rock",
    "stone",
    "woodchips",
}
GRADES = {
    "excellent": 1,
    "good": 1,
    "intermediate": 1,
    "bad": 2,
    "very_bad": 3,
    "horrible": 3,
    "very_horrible": 3,
    "impassable": 3,
}


def grade(tags, prefix=""):
    """Return 1 for smooth, 2 for rough, 3 for loose ground, 0 where nothing is told."""
    ground = tags.get(f"{prefix}surface")
    told = 1 if ground in SMOOTH else 2 if ground in ROUGH else 3 if ground in LOOSE else 0
    return GRADES.get(tags.get(f"{prefix}smoothness"), told)


def last_word(tags, keys, usual):
    """Return whether somebody may pass: the most particular key that says something decides."""
    for key in reversed(keys):
        if tags.get(key) in SHUT:
            return False
        if tags.get(key) in OPEN and (key != "access" or usual):
            return True
    return usual


def on_foot(tags):
    """Return whether one may walk along a way."""
    base = tags.get("highway", "platform" if "platform" in (tags.get("railway"), tags.get("public_transport")) else "")
    base = base.removesuffix("_link")
    known = base in ROADS or base in FOOTWAYS or base == "motorway"
    return known and last_word(tags, ("access", "foot"), base != "motorway" and tags.get("motorroad") != "yes")


def metres(a, b):
    (la, lo), (lb, lp) = a, b
    la, lo, lb, lp = map(math.radians, (la, lo, lb, lp))
    h = math.sin((lb - la) / 2) ** 2 + math.cos(la) * math.cos(lb) * math.sin((lp - lo) / 2) ** 2
    return 2 * R * math.asin(math.sqrt(h))


def walk(tags):
    """Return seconds a metre along and against a way for the profile ``walk``, cost and risk of it too."""
    if not on_foot(tags):
        return None
    if tags.get("highway") == "steps":
        base = 1 / 0.7
        conveyed = tags.get("conveying")
        return (base if conveyed != "backward" else None, base if conveyed != "forward" else None)
    climb = slope(tags)
    return ((1 + 0.03 * max(0, climb)) / 1.333, (1 + 0.03 * max(0, -climb)) / 1.333)


def wheelchair(tags):
    """Return the cost a metre for the profile ``wheelchair``: no stairs, no bad ground, unknown ground a quarter dearer."""
    if not on_foot(tags) or tags.get("wheelchair") == "no":
        return None
    if tags.get("highway") == "steps" and "yes" not in (tags.get("ramp:wheelchair"), tags.get("ramp:stroller")):
        return None
    climb, is_crossing = slope(tags), "crossing" in (tags.get("footway"), tags.get("cycleway"))
    guessed = tags.get("incline") in ("up", "down")
    if abs(climb) > 8 and not guessed:
        return None
    sides = [grade(tags, f"sidewalk{side}:") for side in ("", ":both", ":left", ":right")]
    ground = min([each for each in sides if each], default=0) or grade(tags) or track(tags)
    told = tags.get("wheelchair") in ("yes", "designated")
    if not told:
        if is_crossing and tags.get("kerb") in ("raised", "rolled", "regular", "yes"):
            return None
        if ground == 3 or 0 < width(tags) < 0.9:
            return None
    kerb_open = is_crossing and tags.get("kerb") not in ("lowered", "flush", "no", "raised", "rolled", "regular", "yes")
    unknown = guessed or (not told and (kerb_open or tags.get("wheelchair") == "limited" or ground == 0))
    factor = (1.25 if unknown else 1) * (1 + 0.1 * abs(climb))
    return tuple(factor * (1 + 0.08 * max(0, each)) for each in (climb, -climb))


def car(tags):
    """Return seconds a metre by car along and against a way."""
    base = tags.get("highway", "").removesuffix("_link")
    usual = base in ROADS | {"motorway"}
    may = last_word(tags, ("access", "vehicle", "motor_vehicle", "motorcar"), usual)
    may |= tags.get("taxi") in ("yes", "designated") and base in ROADS
    if not may or base not in ROADS | FOOTWAYS | {"motorway"}:
        return None
    kmh = {"motorway": 80, "trunk": 60, "primary": 50, "secondary": 50, "tertiary": 40, "unclassified": 30, "residential": 30,
           "road": 30, "living_street": 20, "service": 20}.get(base, 15)  # fmt: skip
    if tags.get("maxspeed", "").isdigit() and int(tags["maxspeed"]) > 0:
        kmh = min(130, int(tags["maxspeed"]))
    pace = 3.6 / (kmh * 0.75)
    oneway = tags.get(
        "oneway", "yes" if tags.get("junction") in ("roundabout", "circular") or base == "motorway" else "no"
    )
    oneway = tags.get("oneway:motor_vehicle", oneway)
    return (None if oneway in ("-1", "reverse") else pace, None if oneway in ("yes", "true", "1") else pace)


def track(tags):
    if tags.get("highway") != "track" or "tracktype" not in tags:
        return 0
    return {"grade1": 1, "grade2": 2}.get(tags["tracktype"], 3)


def slope(tags):
    text = tags.get("incline", "")
    if text in ("up", "down"):
        return 6 if text == "up" else -6
    try:
        return round(float(text.rstrip("%°")))
    except ValueError:
        return 0


def width(tags):
    try:
        return float(tags.get("width", ""))
    except ValueError:
        return 0


def gate_of_feet(tags, *, on_wheels=False):
    """Return whether a node lets walkers pass, or a wheelchair."""
    barrier = tags.get("barrier", "")
    shut = barrier in ("wall", "fence", "hedge", "city_wall", "guard_rail", "ditch") and not last_word(
        tags, ("access", "foot"), False
    )
    if barrier and (shut or not last_word(tags, ("access", "foot"), True)):
        return None
    if on_wheels and (barrier or "kerb" in tags):
        told = tags.get("wheelchair")
        raised = tags.get("kerb") in ("raised", "rolled", "regular", "yes")
        raised |= barrier in ("turnstile", "full-height_turnstile", "kissing_gate", "stile", "log")
        if told == "no" or (raised and told not in ("yes", "designated")):
            return None
    return 40.0 if tags.get("highway") == "elevator" else 0.0


def gate_of_cars(tags):
    barrier = tags.get("barrier", "")
    shut = barrier and barrier not in (
        "gate",
        "lift_gate",
        "swing_gate",
        "sliding_gate",
        "entrance",
        "kerb",
        "toll_booth",
    )
    keys = ("access", "vehicle", "motor_vehicle", "motorcar")
    if barrier and ((shut and not last_word(tags, keys, False)) or not last_word(tags, keys, True)):
        return None
    lift = 40.0 if tags.get("highway") == "elevator" else 0.0
    return lift + (12.0 if tags.get("highway") == "traffic_signals" else 0.0)


PROFILES = {
    "walk": (walk, gate_of_feet, 1.333),
    "wheelchair": (wheelchair, lambda tags: gate_of_feet(tags, on_wheels=True), 1.0),
    "car": (car, gate_of_cars, 1.1),
}


class Oracle:
    """One map for one profile: every piece by itself, both directions."""

    def __init__(self, records, profile):
        pace, gate, self.off = PROFILES[profile]
        self.place = {
            int(n): (a / 1e7, b / 1e7) for n, a, b in zip(records.node_id, records.lat, records.lon, strict=True)
        }
        self.wait = {n: gate(records.node_tags.get(n, {})) for n in self.place}
        self.next, self.pieces = defaultdict(list), []
        for way in records.ways:
            told = pace(way.tags)
            if told is None:
                continue
            for a, b in zip(way.nodes[:-1], way.nodes[1:], strict=True):
                if a not in self.place or b not in self.place or a == b:
                    continue
                length = metres(self.place[a], self.place[b])
                self.pieces.append((a, b, length, told))
                for here, there, each in ((a, b, told[0]), (b, a, told[1])):
                    if each is not None and self.wait[there] is not None:
                        self.next[here].append((there, each * length + self.wait[there]))
        self._keep_the_town()
        self.ends = np.array([[*self.place[a], *self.place[b]] for a, b, *_ in self.pieces])

    def spread(self, begins):
        """Return the least cost to every node from some that are reached at a cost."""
        best, heap = {}, [(cost, node) for node, cost in begins]
        heapq.heapify(heap)
        while heap:
            cost, node = heapq.heappop(heap)
            if node not in best:
                best[node] = cost
                for there, more in self.next[node]:
                    if there not in best:
                        heapq.heappush(heap, (cost + more, there))
        return best

    def snap(self, place):
        """Return the nearest piece, the share of it and the metres to it, by looking at all of them."""
        k = math.cos(math.radians(place[0]))
        scale = R * math.pi / 180
        y, x = (self.ends[:, 0] - place[0]) * scale, (self.ends[:, 1] - place[1]) * k * scale
        v, u = (self.ends[:, 2] - self.ends[:, 0]) * scale, (self.ends[:, 3] - self.ends[:, 1]) * k * scale
        share = np.clip(-(x * u + y * v) / np.maximum(u * u + v * v, 1e-12), 0, 1)
        off = np.hypot(x + share * u, y + share * v)
        n = int(np.argmin(off))
        return (n, float(share[n]), float(off[n])) if off[n] <= 200 else None

    def leave(self, spot):
        """Return the costs from a place on a piece to its two ends, with the wait there."""
        n, share, off = spot
        a, b, length, (along, against) = self.pieces[n]
        told = []
        for node, part, each in ((b, 1 - share, along), (a, share, against)):
            if (each is not None or part == 0) and self.wait[node] is not None:
                told.append((node, (each or 0) * part * length + self.wait[node] + off / self.off))
        return told

    def arrive(self, best, start, here, goal, there):
        """Return the cost of the best way between two places, None where there is none."""
        n, share, off = goal
        a, b, length, (along, against) = self.pieces[n]
        crow = metres(here, there)
        if crow <= off + start[2]:
            return crow / self.off
        told = []
        for node, part, each in ((a, share, along), (b, 1 - share, against)):
            if (each is not None or part == 0) and node in best:
                told.append(best[node] + (each or 0) * part * length + off / self.off)
        if start[0] == n:
            each = along if share >= start[1] else against
            if each is not None:
                told.append(each * abs(share - start[1]) * length + (off + start[2]) / self.off)
        return min(told, default=None)

    def _keep_the_town(self):
        """Leave out pieces of small parts, from which one does not get to anything else and back."""
        back, part = defaultdict(list), {}
        for here, each in self.next.items():
            for there, _cost in each:
                back[there].append(here)
        for node in list(self.next):
            if node not in part:
                onward = _flood(node, lambda n: [there for there, _ in self.next[n] if there not in part])
                whole = onward & _flood(node, lambda n: [there for there in back[n] if there not in part])
                part.update(dict.fromkeys(whole, node))
        length = defaultdict(float)
        for a, b, each, _told in self.pieces:
            if a in part and part[a] == part.get(b):
                length[part[a]] += each
        enough = min(3000, max(length.values()))
        self.town = {node for node, which in part.items() if length[which] >= enough}
        self.pieces = [piece for piece in self.pieces if self._belongs(piece, part)]

    def _belongs(self, piece, part):
        a, b, _length, told = piece
        inside = [node in self.town and self.wait[node] is not None for node in (a, b)]
        return (all(inside) and part[a] == part[b]) or (any(inside) and None not in told)


def _flood(node, following):
    seen, stack = {node}, [node]
    while stack:
        for there in following(stack.pop()):
            if there not in seen:
                seen.add(there)
                stack.append(there)
    return seen
