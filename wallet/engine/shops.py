"""What a shop tells its customers about itself."""

from typing import Annotated

import msgspec

from wallet.engine.hours import Hours

Short = Annotated[str, msgspec.Meta(max_length=30)]
Line = Annotated[str, msgspec.Meta(max_length=120)]
Telephone = Annotated[str, msgspec.Meta(pattern=r"\A(\+?[0-9][0-9-]{5,14})?\Z", description="Digits and hyphens.")]
Latitude = Annotated[int, msgspec.Meta(ge=-90_000_000, le=90_000_000, description="Millionths of a degree.")]
Longitude = Annotated[int, msgspec.Meta(ge=-180_000_000, le=180_000_000, description="Millionths of a degree.")]


class ShopPoint(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a shop's door is (WGS 84), in whole millionths of a degree, some ten centimetres."""

    latitude_e6: Latitude
    longitude_e6: Longitude


class ShopDetails(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Kind in people's words and address in both languages, place, telephone and hours; what is not known is empty."""

    kind: Short = ""
    kind_en: Short = ""
    address: Line = ""
    address_en: Line = ""
    telephone: Telephone = ""
    point: ShopPoint | None = None
    hours: Hours | None = None
