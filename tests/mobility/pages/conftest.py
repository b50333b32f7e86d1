"""The made-up town, on a Friday morning."""

from tests.mobility.api.conftest import at, town

__all__ = ["at", "town"]
