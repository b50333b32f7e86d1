"""How people go through town, as data: what they can use, how fast they are, what they would rather avoid."""

from dataclasses import dataclass, replace
from enum import IntEnum


class Mode(IntEnum):
    """Whose ways: on foot (a wheelchair too), by bicycle, by car."""

    FOOT = 0
    BICYCLE = 1
    CAR = 2


class Surface(IntEnum):
    """How well wheels roll: not told, as on asphalt, as on cobbles, as on gravel or sand."""

    UNKNOWN = 0
    SMOOTH = 1
    ROUGH = 2
    LOOSE = 3


@dataclass(frozen=True)
class Profile:
    """One way of going. Speeds are millimetres a second; costs, times and shares are per cent.

    ``speed`` is that on level streets. A car's is what it comes to in town without a map; with one it drives at
    ``percent_of_limit`` of the speed limit. ``off_street`` is the speed between a place and its street, ``steps`` that on stairs,
    0 for never, ``push`` that of a bicycle where it must be pushed. ``most_incline``, ``worst_surface`` and ``least_width_cm`` are
    limits; ``needs_low_kerbs`` refuses raised kerbs. For each per cent of incline ``climb_time`` is added to the time uphill and
    ``slope_cost`` to the cost both ways. Where the map does not say what a profile that ``minds_unknown`` must know, the cost is
    ``unknown_cost`` of the time. ``signal_s`` and ``lift_s`` are waited at traffic lights and lifts.
    """

    name: str
    mode: Mode
    speed: int
    off_street: int = 1100
    steps: int = 700
    push: int = 1100
    percent_of_limit: int = 100
    most_incline: int = 100
    worst_surface: Surface = Surface.LOOSE
    least_width_cm: int = 0
    needs_low_kerbs: bool = False
    minds_unknown: bool = False
    climb_time: int = 0
    slope_cost: int = 0
    unknown_cost: int = 100
    signal_s: int = 0
    lift_s: int = 40

    def at_speed(self, speed: int) -> "Profile":
        """Return the same for somebody slower or faster: everything that is walked changes in proportion."""
        return replace(
            self,
            speed=speed,
            off_street=max(1, self.off_street * speed // self.speed),
            steps=self.steps and max(1, self.steps * speed // self.speed),
            push=max(1, self.push * speed // self.speed),
        )


WALK = Profile("walk", Mode.FOOT, speed=1333, off_street=1333, climb_time=3)
"""80 metres a minute, as distances are told in Japan (不動産の表示に関する公正競争規約施行規則 第9条(9))."""
WHEELCHAIR = Profile(
    "wheelchair", Mode.FOOT, speed=1000, off_street=1000, steps=0, most_incline=8, worst_surface=Surface.ROUGH,
    least_width_cm=90, needs_low_kerbs=True, minds_unknown=True, climb_time=8, slope_cost=10, unknown_cost=125,
)  # fmt: skip
"""At least 90 cm wide, at most 8 per cent steep: what the standard for barrier-free streets allows where 5 cannot be had
(移動等円滑化のために必要な道路の構造に関する基準を定める省令 第6条)."""
STEP_FREE = Profile(
    "step_free", Mode.FOOT, speed=1200, off_street=1200, steps=0, minds_unknown=False, climb_time=5, slope_cost=3
)
"""With a pram or a suitcase: no stairs; a kerb can be lifted over."""
GENTLE = Profile("gentle", Mode.FOOT, speed=1000, off_street=1000, steps=400, climb_time=6, slope_cost=20)
"""For whoever minds slopes: a detour is taken rather than a climb."""
BICYCLE = Profile("bicycle", Mode.BICYCLE, speed=4170, steps=0, climb_time=10, slope_cost=5)
"""15 kilometres an hour; pushed where riding is not allowed."""
CAR = Profile("car", Mode.CAR, speed=6950, steps=0, percent_of_limit=75, signal_s=12)
"""Three quarters of the speed limit, and a wait at traffic lights; 25 kilometres an hour where there is no map."""

PROFILES = {each.name: each for each in (WALK, WHEELCHAIR, STEP_FREE, GENTLE, BICYCLE, CAR)}
"""The profiles by name."""
