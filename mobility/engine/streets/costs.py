"""What each arc of a network costs one profile: the time it takes, what that is worth to it, and what the map does not tell."""

from typing import Any, NamedTuple

import numpy as np

from mobility.engine.streets.arrays import Network
from mobility.engine.streets.kinds import Class, Kerb, Kind, Wheels
from mobility.engine.streets.profiles import Mode, Profile, Surface
from mobility.engine.streets.spots import Spot
from mobility.engine.timetable.arrays import I32, Array

SHUT = -1
STEPS_INCLINE = 30
"""Per cent: what stairs are to somebody who minds slopes, where the map does not say how steep they are."""
RISK_AT_A_KERB_CM = 1000
"""A kerb of which the map does not say whether it is lowered counts as so many centimetres of unknown street."""
MOST_MS_A_METRE = 100_000


class Pace(NamedTuple):
    """What a metre costs on one kind of street along its line: time and cost in milliseconds, -1 where it is shut."""

    time: float
    cost: float
    is_unknown: bool


class Costs(NamedTuple):
    """The costs of all arcs for one profile. A tuple, so that compiled code takes it as it is.

    ``go`` is what arc ``a`` costs, with the waiting at the node that it leads to, and ``come`` the same edge the other way, again
    with the waiting at the node that ``a`` leads to; both are milliseconds that compare, -1 where nobody may go. ``go_ms`` and
    ``come_ms`` are the true times. ``risk_cm`` is how much of it the map does not tell. ``along``, ``against`` and their times
    are the edges' own, without waiting; ``wait`` and ``wait_ms`` are at nodes, -1 where nobody passes. ``off_ms`` is a metre off
    the street and ``least_ms`` the cheapest metre of all.
    """

    go: Array
    come: Array
    go_ms: Array
    come_ms: Array
    risk_cm: Array
    along: Array
    against: Array
    along_ms: Array
    against_ms: Array
    edge_risk: Array
    wait: Array
    wait_risk: Array
    off_ms: float
    least_ms: float


def costs_of(network: Network, profile: Profile, closed: Array) -> Costs:
    """Return the costs for a profile; ``closed`` are bits of modes for which an edge is closed, one number an edge."""
    paces = [pace_of(Kind(*row), profile) for row in network.kind.tolist()]
    turned = [pace_of(Kind(*row).turned(), profile) for row in network.kind.tolist()]
    is_shut = (closed & (1 << profile.mode)) != 0
    along, along_ms = _edges(network, paces, is_shut)
    against, against_ms = _edges(network, turned, is_shut)
    unknown = np.array([pace.is_unknown for pace in paces], dtype=np.bool_)
    edge_risk = np.where(unknown[network.edge_kind], network.edge_cm, 0).astype(I32)
    waits = [wait_of(Spot(*row), profile) for row in network.spot.tolist()]
    wait, wait_risk = np.array(waits, dtype=I32).reshape(-1, 2)[network.node_spot].T
    is_back, edge, wait_there = network.arc_edge & 1 == 1, network.arc_edge >> 1, wait[network.arc_to]

    def arcs(one: Array, other: Array) -> Array:
        """Lay edges out as arcs; whoever cannot pass the node does not go there."""
        own = np.where(is_back, other[edge], one[edge])
        return np.where((own < 0) | (wait_there < 0), SHUT, own + wait_there).astype(I32)

    each = [pace.cost for pace in (*paces, *turned) if pace.cost > 0]
    return Costs(
        go=arcs(along, against), come=arcs(against, along), go_ms=arcs(along_ms, against_ms), come_ms=arcs(against_ms, along_ms),
        risk_cm=(edge_risk[edge] + wait_risk[network.arc_to]).astype(I32), along=along, against=against, along_ms=along_ms,
        against_ms=against_ms, edge_risk=edge_risk, wait=wait.copy(), wait_risk=wait_risk.copy(), off_ms=1e6 / profile.off_street,
        least_ms=min(each, default=1.0),
    )  # fmt: skip


def pace_of(kind: Kind, profile: Profile) -> Pace:
    """Return what a metre along one kind of street costs a profile."""
    shut = Pace(SHUT, SHUT, is_unknown=False)
    if not kind.along & (1 << profile.mode) or _is_too_hard(kind, profile):
        return shut
    speed = _speed(kind, profile)
    if speed <= 0:
        return shut
    is_stairs = kind.street == Class.STEPS and profile.steps > 0  # whoever cannot take them is on the ramp beside
    climb = 0 if is_stairs else max(0, kind.incline)
    steepness = max(abs(kind.incline), STEPS_INCLINE) if is_stairs else abs(kind.incline)
    is_unknown = profile.minds_unknown and _is_unknown(kind)
    time = min(MOST_MS_A_METRE, 1e6 / speed * (100 + profile.climb_time * climb) / 100)
    cost = time * (100 + profile.slope_cost * steepness) / 100 * (profile.unknown_cost if is_unknown else 100) / 100
    return Pace(time, min(MOST_MS_A_METRE, cost), is_unknown)


def wait_of(spot: Spot, profile: Profile) -> tuple[int, int]:
    """Return how many milliseconds one waits at what stands on a node, -1 where one cannot pass, and its risk in centimetres."""
    if spot.closed & (1 << profile.mode):
        return SHUT, 0
    if profile.needs_low_kerbs and (
        spot.wheels == Wheels.NO or (spot.kerb == Kerb.RAISED and spot.wheels != Wheels.YES)
    ):
        return SHUT, 0
    is_told = spot.kerb == Kerb.LOW or spot.wheels == Wheels.YES or not spot.has_kerb
    risk = RISK_AT_A_KERB_CM if profile.minds_unknown and not is_told else 0
    return 1000 * (profile.signal_s * spot.is_signal + profile.lift_s * spot.is_lift), risk


def _is_too_hard(kind: Kind, profile: Profile) -> bool:
    """Tell whether a profile cannot go along a kind of street; a wheelchair's sign on it outweighs surface and width."""
    if kind.street == Class.STEPS and not profile.steps:
        return not kind.has_ramp or profile.mode != Mode.FOOT
    if not kind.is_guessed and abs(kind.incline) > profile.most_incline:
        return True
    if profile.needs_low_kerbs and kind.wheels == Wheels.NO:
        return True
    if profile.needs_low_kerbs and kind.wheels == Wheels.YES:
        return False
    if profile.needs_low_kerbs and kind.kerb == Kerb.RAISED:
        return True
    is_narrow = 0 < kind.width_cm < profile.least_width_cm
    return is_narrow or _surface(kind, profile) > profile.worst_surface


def _is_unknown(kind: Kind) -> bool:
    """Tell whether the map leaves open what somebody on wheels must know."""
    if kind.wheels == Wheels.YES and not kind.is_guessed:
        return False
    is_kerb_open = kind.street == Class.CROSSING and kind.kerb == Kerb.UNKNOWN
    return (
        is_kerb_open or bool(kind.is_guessed) or kind.wheels == Wheels.LIMITED or kind.walked_surface == Surface.UNKNOWN
    )


def _surface(kind: Kind, profile: Profile) -> int:
    return kind.walked_surface if profile.mode == Mode.FOOT else kind.surface


def _speed(kind: Kind, profile: Profile) -> float:
    """Return millimetres a second on the level."""
    if profile.mode == Mode.CAR:
        return kind.limit_kmh * profile.percent_of_limit / 100 * 1_000_000 / 3600
    if profile.mode == Mode.BICYCLE:
        usual = profile.push if kind.pushed else profile.speed
        return usual if kind.surface <= Surface.SMOOTH else usual * _ON_BAD_GROUND[kind.surface] / 100
    return profile.steps if kind.street == Class.STEPS and profile.steps > 0 else profile.speed


_ON_BAD_GROUND: dict[Any, int] = {Surface.ROUGH: 80, Surface.LOOSE: 60}
"""Per cent of a bicycle's speed."""


def _edges(network: Network, paces: list[Pace], is_shut: Array) -> tuple[Array, Array]:
    """Return cost and time of each edge in whole milliseconds; an edge takes one at least."""
    metres = network.edge_cm / 100
    told = []
    for values in ([pace.cost for pace in paces], [pace.time for pace in paces]):
        each = np.array(values)[network.edge_kind]
        whole = np.clip(np.round(each * metres), 1, 2**30 - 1)
        told.append(np.where((each < 0) | is_shut, SHUT, whole).astype(I32))
    return told[0], told[1]
