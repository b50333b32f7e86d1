"""What the demo town's lines cost: by the length of the way between two stops, as a table of fares tells."""

from collections.abc import Iterator, Mapping
from itertools import combinations, pairwise
from math import cos, hypot, radians

from mobility.demo.lines import Line
from mobility.demo.words import Place

DEGREE_M = 111_320


def fares_of(line: Line, stops: Mapping[str, Place], rules: Mapping[str, int]) -> Iterator[tuple[str, str, int]]:
    """Give out origin, destination and yen, for every pair of stops that the line joins; it may turn back, unless it goes round."""
    lengths = [0.0]
    for (one, _pole, _at), (other, _other_pole, _other_at) in pairwise(line.calls):
        lengths.append(lengths[-1] + straight_m(stops[one], stops[other]) * rules["detour_percent"] / 100)
    there = list(combinations(range(len(lengths)), 2))
    back = [] if goes_round(line) else [(m, n) for n, m in there]
    told: dict[tuple[str, str], int] = {}
    for n, m in (*there, *back):
        yen = line.flat or line.times * _yen(abs(lengths[m] - lengths[n]), rules)
        told.setdefault((line.calls[n][0], line.calls[m][0]), yen)
    for (origin, destination), yen in told.items():
        yield origin, destination, yen


def goes_round(line: Line) -> bool:
    """Tell whether a line ends where it begins."""
    return line.calls[0][0] == line.calls[-1][0]


def straight_m(one: Place, other: Place) -> float:
    """Return the metres between two places, as the crow flies."""
    east = (one.lon - other.lon) * cos(radians(one.lat))
    return DEGREE_M * hypot(one.lat - other.lat, east)


def _yen(metres: float, rules: Mapping[str, int]) -> int:
    steps = max(0, -int(-(metres - rules["within_m"]) // rules["step_m"]))
    return min(rules["most"], rules["yen"] + steps * rules["step_yen"])
