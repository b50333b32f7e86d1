"""Where the one who asks is, if they say so."""

import re

from rest_framework.request import Request

from kernel.contributions import Place
from kernel.problems import FieldFault, _
from kernel.web.pagination import InvalidQuery

_DEGREES = re.compile(r"-?[0-9]{1,3}(\.[0-9]{1,9})?")


def place_of(request: Request) -> Place | None:
    """Return ``lat`` and ``lon`` of the address, None without them; :raises InvalidQuery: for one alone, or no place on Earth."""
    given = {name: request.query_params[name] for name in ("lat", "lon") if name in request.query_params}
    if not given:
        return None
    faults = [name for name, most in (("lat", 90), ("lon", 180)) if not _is_within(given.get(name, ""), most)]
    if faults:
        message = str(_("緯度と経度を度の小数で指定してください。"))
        raise InvalidQuery(errors=[FieldFault(field=name, code="out_of_range", message=message) for name in faults])
    return Place(float(given["lat"]), float(given["lon"]))


def _is_within(text: str, most: int) -> bool:
    return _DEGREES.fullmatch(text) is not None and abs(float(text)) <= most
