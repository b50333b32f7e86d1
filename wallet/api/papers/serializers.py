"""The bodies that the doors to papers take."""

from typing import Annotated

import msgspec

from wallet.api.serializers import Body

MonthText = Annotated[str, msgspec.Meta(max_length=7, description="A month in Japan, as 2026-11.")]


class MonthWanted(Body, frozen=True, kw_only=True):
    """Which month."""

    month: MonthText
