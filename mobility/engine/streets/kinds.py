"""What the tags of a way say about going along it. Ways that say the same are of one kind.

The tags and their values are those that OpenStreetMap's own pages describe (wiki: Key:highway, Key:access, Key:surface, Key:kerb,
Key:oneway). What a tag does not say is kept as not told; a profile decides what to make of it.
"""

import re
from enum import IntEnum
from typing import NamedTuple

from mobility.engine.streets.access import BICYCLE, CAR, FOOT, leave
from mobility.engine.streets.profiles import Surface
from mobility.engine.streets.records import PLATFORM, Tags


class Class(IntEnum):
    """What sort of street it is."""

    MOTORWAY = 0
    TRUNK = 1
    PRIMARY = 2
    SECONDARY = 3
    TERTIARY = 4
    MINOR = 5
    LIVING = 6
    SERVICE = 7
    TRACK = 8
    PEDESTRIAN = 9
    FOOTWAY = 10
    CROSSING = 11
    PATH = 12
    CYCLEWAY = 13
    STEPS = 14
    PLATFORM = 15
    LIFT = 16


class Kerb(IntEnum):
    """Whether wheels pass the kerb: not told, lowered or flush, raised."""

    UNKNOWN = 0
    LOW = 1
    RAISED = 2


class Wheels(IntEnum):
    """What the map itself says about wheelchairs."""

    UNKNOWN = 0
    YES = 1
    LIMITED = 2
    NO = 3


class Kind(NamedTuple):
    """One kind of street, seen along its line: small whole numbers, so that a table of them fits compiled code.

    ``along`` and ``against`` are bits of modes that may go that way, ``pushed`` tells that a bicycle is pushed. ``incline`` is
    per cent, up along the line; ``is_guessed`` says that the map only tells up or down. ``width_cm`` is 0 and ``limit_kmh`` the
    usual where neither is told.
    """

    street: int
    along: int
    against: int
    pushed: int
    surface: int
    walked_surface: int
    width_cm: int
    kerb: int
    incline: int
    is_guessed: int
    limit_kmh: int
    wheels: int
    has_ramp: int

    def turned(self) -> "Kind":
        """Return the same street seen from its other end."""
        return self._replace(along=self.against, against=self.along, incline=-self.incline)


_CLASSES = {
    "motorway": Class.MOTORWAY, "trunk": Class.TRUNK, "primary": Class.PRIMARY, "secondary": Class.SECONDARY,
    "tertiary": Class.TERTIARY, "unclassified": Class.MINOR, "residential": Class.MINOR, "road": Class.MINOR,
    "living_street": Class.LIVING, "service": Class.SERVICE, "track": Class.TRACK, "pedestrian": Class.PEDESTRIAN,
    "footway": Class.FOOTWAY, "corridor": Class.FOOTWAY, "path": Class.PATH, "bridleway": Class.PATH,
    "cycleway": Class.CYCLEWAY, "steps": Class.STEPS, "platform": Class.PLATFORM, "elevator": Class.LIFT,
}  # fmt: skip
_USUAL_KMH = {
    Class.MOTORWAY: 80, Class.TRUNK: 60, Class.PRIMARY: 50, Class.SECONDARY: 50, Class.TERTIARY: 40, Class.MINOR: 30,
    Class.LIVING: 20, Class.SERVICE: 20,
}  # fmt: skip
_SMOOTH = {
    "asphalt", "concrete", "concrete:plates", "concrete:lanes", "paved", "paving_stones", "bricks", "tiles", "metal", "wood",
    "chipseal", "rubber", "tartan", "acrylic",
}  # fmt: skip
_ROUGH = {"sett", "cobblestone", "unhewn_cobblestone", "compacted", "fine_gravel", "metal_grid", "grass_paver"}
_LOOSE = {
    "gravel", "pebblestone", "sand", "ground", "earth", "dirt", "mud", "grass", "unpaved", "rock", "stone", "woodchips", "snow",
    "ice", "clay",
}  # fmt: skip
_SURFACES = (
    dict.fromkeys(_SMOOTH, Surface.SMOOTH) | dict.fromkeys(_ROUGH, Surface.ROUGH) | dict.fromkeys(_LOOSE, Surface.LOOSE)
)
_SMOOTHNESS = {
    "excellent": Surface.SMOOTH, "good": Surface.SMOOTH, "intermediate": Surface.SMOOTH, "bad": Surface.ROUGH,
    "very_bad": Surface.LOOSE, "horrible": Surface.LOOSE, "very_horrible": Surface.LOOSE, "impassable": Surface.LOOSE,
}  # fmt: skip
_TRACKS = {"grade1": Surface.SMOOTH, "grade2": Surface.ROUGH}
_KERBS = {"lowered": Kerb.LOW, "flush": Kerb.LOW, "no": Kerb.LOW}
_KERBS |= dict.fromkeys(("raised", "rolled", "regular", "yes"), Kerb.RAISED)
_WHEELS = {"yes": Wheels.YES, "designated": Wheels.YES, "limited": Wheels.LIMITED, "no": Wheels.NO}
_NUMBER = re.compile(r"(-?\d{1,4}(?:[.,]\d{1,3})?)\s*(.*)")
GUESSED_INCLINE, MOST_INCLINE = 6, 100
MOST_CM, MOST_KMH = 10_000, 130


def kind_of(tags: Tags) -> Kind | None:
    """Return what a way's tags say; None where nobody may use it."""
    street = _class(tags)
    if street is None:
        return None
    allowed = leave(tags, street.name)
    if not allowed.along | allowed.against:
        return None
    incline, is_guessed = _incline(tags.get("incline", ""))
    return Kind(
        street=street, along=allowed.along, against=allowed.against, pushed=int(allowed.is_pushed), surface=_surface(tags, street),
        walked_surface=_walked_surface(tags) or _surface(tags, street), width_cm=_width(tags.get("width", "")),
        kerb=kerb_of(tags) if street == Class.CROSSING else Kerb.UNKNOWN, incline=incline, is_guessed=int(is_guessed),
        limit_kmh=_limit(tags.get("maxspeed", ""), street), wheels=wheels_of(tags),
        has_ramp=int("yes" in (tags.get("ramp:wheelchair"), tags.get("ramp:stroller"))),
    )  # fmt: skip


def kerb_of(tags: Tags) -> Kerb:
    """Return what is told of a kerb."""
    return _KERBS.get(tags.get("kerb", ""), Kerb.UNKNOWN)


def wheels_of(tags: Tags) -> Wheels:
    """Return what is told about wheelchairs."""
    return _WHEELS.get(tags.get("wheelchair", ""), Wheels.UNKNOWN)


def _class(tags: Tags) -> Class | None:
    highway = tags.get("highway", "")
    if not highway and PLATFORM in (tags.get("railway"), tags.get("public_transport")):
        return Class.PLATFORM
    street = _CLASSES.get(highway.removesuffix("_link"))
    if street == Class.FOOTWAY and tags.get("footway") in ("crossing", "traffic_island"):
        return Class.CROSSING
    if street in (Class.CYCLEWAY, Class.PATH) and "crossing" in (tags.get("cycleway"), tags.get("path")):
        return Class.CROSSING
    return street


def _surface(tags: Tags, street: Class) -> Surface:
    told = _SMOOTHNESS.get(tags.get("smoothness", "")) or _SURFACES.get(tags.get("surface", ""))
    if told is None and street == Class.TRACK and "tracktype" in tags:
        return _TRACKS.get(tags["tracktype"], Surface.LOOSE)
    return told or Surface.UNKNOWN


def _walked_surface(tags: Tags) -> Surface | None:
    """Return that of the pavement beside a road; of two, the better one, for one may choose."""
    keys = [f"sidewalk{side}:{what}" for side in ("", ":both", ":left", ":right") for what in ("smoothness", "surface")]
    told = [_SMOOTHNESS.get(tags[key]) or _SURFACES.get(tags[key]) for key in keys if key in tags]
    return min((each for each in told if each), default=None)


def _incline(text: str) -> tuple[int, bool]:
    """Return per cent up along the line, and whether only its direction is told. Degrees are turned into per cent."""
    if text in ("up", "down"):
        return (GUESSED_INCLINE if text == "up" else -GUESSED_INCLINE), True
    found = _NUMBER.fullmatch(text.strip())
    if found is None or found[2] not in ("%", "°", ""):
        return 0, False
    value = float(found[1].replace(",", "."))
    if found[2] == "°":
        value *= 1.75
    return max(-MOST_INCLINE, min(MOST_INCLINE, round(value))), False


def _width(text: str) -> int:
    found = _NUMBER.fullmatch(text.strip())
    if found is None or found[2] not in ("", "m", "cm"):
        return 0
    value = float(found[1].replace(",", ".")) * (1 if found[2] == "cm" else 100)
    return min(MOST_CM, max(0, round(value)))


def _limit(text: str, street: Class) -> int:
    usual = _USUAL_KMH.get(street, 15)
    found = _NUMBER.fullmatch(text.strip())
    if found is None or found[2] not in ("", "km/h", "kmh", "mph"):
        return usual
    value = round(float(found[1].replace(",", ".")) * (1.609 if found[2] == "mph" else 1))
    return min(value, MOST_KMH) if value > 0 else usual


__all__ = ["BICYCLE", "CAR", "FOOT", "Class", "Kerb", "Kind", "Wheels", "kerb_of", "kind_of", "wheels_of"]
