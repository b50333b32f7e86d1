"""Who offers rides of the demand taxi while journeys are planned. The dispatcher will; until it does, its twin, or nobody."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from mobility.engine.journeys.asking import Ask, Spot
from mobility.engine.journeys.taxis import Offer
from mobility.engine.network import Network
from mobility.engine.streets import PROFILES, Gap
from mobility.engine.streets.earth import metres_between

WINDOW_S, AHEAD_S, DETOUR = 300, 600, 1.3
BASE_YEN, YEN_A_KM, STEP_YEN = 300, 100, 10
LEAST_M, MOST_M = 300, 12_000


@dataclass(frozen=True)
class TwinTaxis:
    """A made-up fleet of one town: it takes anybody anywhere within ``most_m``, shared, for a base and a price a kilometre.

    A ride takes the way by car along streets that are open, a third more for who gets on and off on the way, and the window of
    the pick-up. It can be had from ten minutes after the asked time, as a shared taxi wants to be called ahead.
    """

    most_m: int = MOST_M

    def quote(self, rides: Sequence[tuple[Spot, Spot]], ask: Ask, network: Network) -> Sequence[Offer | None]:
        """Return an offer for each ride that is neither too short nor too far."""
        return [self._offer(start, goal, ask, network) for start, goal in rides]

    def _offer(self, start: Spot, goal: Spot, ask: Ask, network: Network) -> Offer | None:
        if float(metres_between(start.lat, start.lon, goal.lat, goal.lon)) > self.most_m:
            return None
        way = network.streets.way(start[:2], goal[:2], PROFILES["car"])
        if isinstance(way, Gap) or not LEAST_M <= way.metres <= self.most_m:
            return None
        seconds = WINDOW_S + round(way.seconds * DETOUR)
        yen = BASE_YEN + -(-way.metres * YEN_A_KM // 1000 // STEP_YEN) * STEP_YEN
        name = hashlib.sha256(f"{start[:2]} {goal[:2]} {ask.day} {ask.at}".encode()).hexdigest()[:16]
        return Offer(seconds, way.metres, yen, name, -(2**30) if ask.is_arriving else ask.at + AHEAD_S)
