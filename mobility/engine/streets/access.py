"""Who may use a way, and in which direction: the usual for its class, then what its tags say, the most particular last."""

from typing import NamedTuple

from mobility.engine.streets.profiles import Mode
from mobility.engine.streets.records import Tags

FOOT, BICYCLE, CAR = (1 << mode for mode in (Mode.FOOT, Mode.BICYCLE, Mode.CAR))
"""Modes as bits."""


class Leave(NamedTuple):
    """Bits of modes by direction, and whether a bicycle is pushed here."""

    along: int
    against: int
    is_pushed: bool


_KEYS = {
    FOOT: ("access", "foot"),
    BICYCLE: ("access", "vehicle", "bicycle"),
    CAR: ("access", "vehicle", "motor_vehicle", "motorcar"),
}
_CLOSED = {
    "no", "private", "use_sidepath", "agricultural", "forestry", "agricultural;forestry", "delivery", "emergency", "military",
    "permit", "residents", "bus", "psv",
}  # fmt: skip
_OPEN = {"yes", "designated", "official", "permissive", "destination", "customers", "public"}
_ROADS = {"TRUNK", "PRIMARY", "SECONDARY", "TERTIARY", "MINOR", "LIVING", "SERVICE"}
_RIDDEN = _ROADS | {"TRACK", "PATH", "CYCLEWAY"}
_PUSHED = {"PEDESTRIAN", "FOOTWAY", "CROSSING", "PLATFORM", "LIFT"}
_FORWARD, _BACKWARD = {"yes", "true", "1"}, {"-1", "reverse"}
_CONTRAFLOW = {"opposite", "opposite_lane", "opposite_track"}
_EVERY = FOOT | BICYCLE | CAR


def leave(tags: Tags, street: str) -> Leave:
    """Return who may go along a way and against its line; ``street`` is the name of its class."""
    open_to, is_pushed = 0, False
    for mode, usual in ((FOOT, street != "MOTORWAY"), (CAR, street in _ROADS | {"MOTORWAY"})):
        if _is_open(tags, mode, is_usual=usual and not (mode == FOOT and tags.get("motorroad") == "yes")):
            open_to |= mode
    if tags.get("taxi") in ("yes", "designated") and street in _ROADS:
        open_to |= CAR
    if tags.get("motorroad") != "yes" and street not in ("MOTORWAY", "STEPS"):
        may, is_pushed = _by_bicycle(tags, street)
        open_to |= BICYCLE if may else 0
    along, against = _directions(tags, street)
    return Leave(open_to & along, open_to & against, is_pushed)


def closed_by(tags: Tags) -> int:
    """Return the bits of modes that a gate or another thing on a node shuts out by its tags of access."""
    return sum(mode for mode in _KEYS if not _is_open(tags, mode, is_usual=True))


def opened_by(tags: Tags) -> int:
    """Return the bits of modes that the tags of access let pass in so many words."""
    return sum(mode for mode in _KEYS if _is_open(tags, mode, is_usual=False))


def _is_open(tags: Tags, mode: int, *, is_usual: bool) -> bool:
    """Follow the keys from the general to the particular; the last word stands. A general yes opens nothing unusual."""
    is_open = is_usual
    for key in _KEYS[mode]:
        value = tags.get(key, "")
        if value in _CLOSED:
            is_open = False
        elif value in _OPEN and (key != "access" or is_usual):
            is_open = True
    return is_open


def _by_bicycle(tags: Tags, street: str) -> tuple[bool, bool]:
    """Return whether a bicycle may come along, and whether it is pushed."""
    told = tags.get("bicycle", "")
    if told == "dismount":
        return _is_open(tags, FOOT, is_usual=True), True
    if told in _OPEN:
        return True, False
    if street in _PUSHED:
        return told not in _CLOSED and _is_open(tags, FOOT, is_usual=True), True
    return _is_open(tags, BICYCLE, is_usual=street in _RIDDEN), False


def _directions(tags: Tags, street: str) -> tuple[int, int]:
    """Return the bits of modes that may go along and against."""
    shut_along = shut_against = 0
    is_round = tags.get("junction") in ("roundabout", "circular") or street == "MOTORWAY"
    cycles_against = any(tags.get(f"cycleway{side}") in _CONTRAFLOW for side in ("", ":left", ":right", ":both"))
    way = tags.get("oneway", "yes" if is_round else "")
    for mode, told in (
        (CAR, tags.get("oneway:motor_vehicle", way)),
        (BICYCLE, tags.get("oneway:bicycle", "no" if cycles_against else way)),
        (FOOT, tags.get("oneway:foot", _CONVEYED.get(tags.get("conveying", ""), ""))),
    ):
        if told in _FORWARD:
            shut_against |= mode
        elif told in _BACKWARD:
            shut_along |= mode
    return _EVERY & ~shut_along, _EVERY & ~shut_against


_CONVEYED = {"forward": "yes", "backward": "-1"}
