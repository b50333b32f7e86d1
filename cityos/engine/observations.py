"""What was observed of a thing, and which of two observations stands."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec


class Observation(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One attribute's value (any JSON), when it was observed (UTC), and its unit (UN/CEFACT code) where it has one."""

    value: Any
    observed_at: datetime
    unit: str = ""


def newer(held: Mapping[str, Observation], given: Mapping[str, Observation]) -> dict[str, Observation]:
    """Return the given observations that stand.

    An attribute not held stands; one that is held gives way to a later instant only, so that the order of arrival does not matter
    and a repeated observation changes nothing.
    """
    return {
        name: observation
        for name, observation in given.items()
        if name not in held or observation.observed_at > held[name].observed_at
    }
