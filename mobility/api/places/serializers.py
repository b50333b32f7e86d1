"""Questions about places in an address."""

from typing import Annotated, TypeVar

import msgspec
from django.http import QueryDict

from kernel.problems import FieldFault, _
from kernel.web.pagination import InvalidQuery
from mobility.engine.places import Kind
from mobility.engine.saved_places import Latitude, Longitude

T = TypeVar("T")
LISTS, NUMBERS, DEGREES, POINTS = {"kinds"}, {"limit", "metres"}, {"lat", "lon"}, {"near"}


class Near(msgspec.Struct, frozen=True):
    """A point, in degrees."""

    lat: Latitude
    lon: Longitude

    @property
    def point(self) -> tuple[float, float]:
        """Return it as the engine has it."""
        return self.lat, self.lon


class PlacesAsked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What was typed of a name; ``near`` is from where one looks, ``kinds`` which places are meant."""

    q: Annotated[str, msgspec.Meta(max_length=80)] = ""
    near: Near | None = None
    kinds: Annotated[list[Kind], msgspec.Meta(max_length=8)] = []
    limit: Annotated[int, msgspec.Meta(ge=1, le=50)] = 10


class PlaceAtAsked(Near, frozen=True, forbid_unknown_fields=True):
    """A point whose name one wants to know."""

    kinds: Annotated[list[Kind], msgspec.Meta(max_length=8)] = []


def question(query: QueryDict, shape: type[T]) -> T:
    """Return the question in an address; :raises InvalidQuery: with the field that is wrong."""
    told = {name: _value(name, query) for name in query}
    try:
        return msgspec.convert(told, shape)
    except msgspec.ValidationError as fault:
        what, _at, path = str(fault).partition(" - at `$")
        field = path.rstrip("`").lstrip(".").partition("[")[0] or what.rpartition("`")[0].rpartition("`")[2]
        raise InvalidQuery(errors=[FieldFault(field, "invalid", str(_("形式が正しくありません。")))]) from None


def _value(name: str, query: QueryDict) -> object:
    """Return a value as JSON would have it; what cannot be read stays text, and is refused by its field."""
    text = str(query[name])
    if name in LISTS:
        return [part for each in query.getlist(name) for part in str(each).split(",") if part]
    if name in POINTS:
        lat, _comma, lon = text.partition(",")
        return {"lat": _degrees(lat), "lon": _degrees(lon)}
    if name in DEGREES:
        return _degrees(text)
    if name in NUMBERS and text.isascii() and text.isdigit() and len(text) < 10:
        return int(text)
    return text


def _degrees(text: str) -> object:
    try:
        return float(text)
    except ValueError:
        return text
