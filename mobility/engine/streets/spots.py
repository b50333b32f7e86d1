"""What the tags of a node say about passing it: gates, bollards, kerbs, traffic lights, lifts."""

from typing import NamedTuple

from mobility.engine.streets.access import BICYCLE, CAR, FOOT, closed_by, opened_by
from mobility.engine.streets.kinds import Kerb, Wheels, kerb_of, wheels_of
from mobility.engine.streets.records import Tags


class Spot(NamedTuple):
    """What stands on a node, as small whole numbers: bits of modes that cannot pass, a kerb, and what makes one wait."""

    closed: int
    has_kerb: int
    kerb: int
    wheels: int
    is_signal: int
    is_lift: int


NOTHING = Spot(0, 0, 0, 0, 0, 0)
_CAR_ONLY = (
    "bollard", "block", "chain", "jersey_barrier", "log", "planter", "motorcycle_barrier", "cycle_barrier", "rope", "debris",
)  # fmt: skip
_USUALLY_CLOSED = (
    dict.fromkeys(_CAR_ONLY, CAR)
    | dict.fromkeys(("turnstile", "full-height_turnstile", "kissing_gate", "stile"), CAR | BICYCLE)
    | dict.fromkeys(("wall", "fence", "hedge", "city_wall", "guard_rail", "ditch"), CAR | BICYCLE | FOOT)
)
_NOT_ON_WHEELS = {"turnstile", "full-height_turnstile", "kissing_gate", "stile", "log"}


def spot_of(tags: Tags) -> Spot:
    """Return what a node's tags say."""
    barrier = tags.get("barrier", "")
    has_kerb = barrier == "kerb" or "kerb" in tags
    kerb = kerb_of(tags)
    if barrier in _NOT_ON_WHEELS:
        has_kerb, kerb = True, Kerb.RAISED
    wheels = wheels_of(tags) if barrier or has_kerb else Wheels.UNKNOWN
    closed = _closed(tags, barrier) if barrier else 0
    is_lift = tags.get("highway") == "elevator"
    return Spot(closed, int(has_kerb), kerb, wheels, int(tags.get("highway") == "traffic_signals"), int(is_lift))


def _closed(tags: Tags, barrier: str) -> int:
    return (_USUALLY_CLOSED.get(barrier, 0) & ~opened_by(tags)) | closed_by(tags)
