"""Who offers rides of the demand taxi while journeys are planned. The dispatcher will; until it does, its twin, or nobody."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from mobility.engine.journeys.asking import Ask, Spot
from mobility.engine.journeys.taxis import Offer
from mobility.engine.streets import PROFILES
from mobility.engine.streets.earth import metres_between

WINDOW_S, AHEAD_S, DETOUR = 300, 600, 1.3
BASE_YEN, YEN_A_KM, MOST_M, STEP_YEN = 300, 100, 12_000, 10


class NoTaxis:
    """Nobody offers a ride."""

    def quote(self, start: Spot, goals: Sequence[Spot], ask: Ask) -> Sequence[Offer | None]:
        """Return as many times nothing."""
        del start, ask
        return [None] * len(goals)


@dataclass(frozen=True)
class TwinTaxis:
    """A made-up fleet of one town: it takes anybody anywhere within ``most_m``, shared, for a base and a price a kilometre.

    A ride takes the straight line times the streets' factor at the car's speed, a third more for who gets on and off on the way,
    and the window of the pick-up. It can be had from ten minutes after the asked time, as a shared taxi wants to be called ahead.
    """

    factor: float = 1.3
    most_m: int = MOST_M

    def quote(self, start: Spot, goals: Sequence[Spot], ask: Ask) -> Sequence[Offer | None]:
        """Return an offer for each goal that is near enough."""
        return [self._offer(start, goal, ask) for goal in goals]

    def _offer(self, start: Spot, goal: Spot, ask: Ask) -> Offer | None:
        metres = round(float(metres_between(start.lat, start.lon, goal.lat, goal.lon)) * self.factor)
        if not 300 <= metres <= self.most_m:
            return None
        seconds = WINDOW_S + round(metres * 1000 / PROFILES["car"].speed * DETOUR)
        yen = BASE_YEN + -(-metres * YEN_A_KM // 1000 // STEP_YEN) * STEP_YEN
        name = hashlib.sha256(f"{start[:2]} {goal[:2]} {ask.day} {ask.at}".encode()).hexdigest()[:16]
        return Offer(seconds, metres, yen, name, -(2**30) if ask.is_arriving else ask.at + AHEAD_S)
