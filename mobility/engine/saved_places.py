"""What a resident writes of a place that they save."""

from typing import Annotated, Literal

import msgspec

SavedKind = Literal["home", "work", "school", "other"]
Latitude = Annotated[float, msgspec.Meta(ge=-90, le=90)]
Longitude = Annotated[float, msgspec.Meta(ge=-180, le=180)]


class Written(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A place as it is written: degrees, and what it is called; a stop by its id where it is one. What is blank is not told."""

    lat: Latitude
    lon: Longitude
    name: Annotated[str, msgspec.Meta(max_length=60)] = ""
    address: Annotated[str, msgspec.Meta(max_length=120)] = ""
    stop: Annotated[str, msgspec.Meta(max_length=200)] = ""
