"""Questions about what runs now, as they stand in an address."""

import math

from django.http import QueryDict

from kernel.problems import FieldFault, _
from kernel.web.pagination import InvalidQuery
from mobility.selectors.live.vehicles import Box

USUAL_M, MOST_M = 1000, 20_000


def box_of(query: QueryDict) -> Box | None:
    """Return the part of the map in ``box``: south, west, north, east; None without; :raises InvalidQuery:"""
    if "box" not in query:
        return None
    found = _degrees(query.get("box", ""), 4)
    if found is None or not (found[0] < found[2] and found[1] < found[3]):
        raise _refused("box", str(_("「南,西,北,東」の順に、度で指定してください。")))
    return Box(*found)


def near_of(query: QueryDict) -> tuple[float, float]:
    """Return the place in ``near``: latitude and longitude; :raises InvalidQuery:"""
    found = _degrees(query.get("near", ""), 2)
    if found is None:
        raise _refused("near", str(_("「緯度,経度」の形で指定してください。")))
    return found[0], found[1]


def metres_of(query: QueryDict) -> int:
    """Return how far around is looked, a kilometre where nothing is told; :raises InvalidQuery:"""
    text = query.get("metres", str(USUAL_M))
    if not (text.isascii() and text.isdigit() and len(text) <= 6 and 1 <= int(text) <= MOST_M):
        raise _refused("metres", str(_("1から20000までのメートルにしてください。")))
    return int(text)


def _degrees(text: str, count: int) -> list[float] | None:
    """Return latitudes and longitudes by turns; None where they are none."""
    try:
        found = [float(part) for part in text.split(",")]
    except ValueError:
        return None
    is_right = all(math.isfinite(value) and abs(value) <= (180 if n % 2 else 90) for n, value in enumerate(found))
    return found if len(found) == count and is_right else None


def _refused(field: str, message: str) -> InvalidQuery:
    return InvalidQuery(errors=[FieldFault(field, "form", message)])
