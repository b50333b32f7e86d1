"""What the data exchange tells: ids, types and names of attributes, never values; who needs them reads them."""

from typing import ClassVar

import msgspec

from kernel.use_case import Event


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One entity that changed: which attributes, and the version it has now."""

    id: str
    type: str
    attributes: list[str]
    version: int


class EntitiesChanged(Event, frozen=True, kw_only=True):
    """Entities were published and something was new."""

    name: ClassVar[str] = "cityos.entity.changed.v1"

    entities: list[Change]


class SubscriptionMatched(Event, frozen=True, kw_only=True):
    """The same, for the one handler that a subscription names."""

    name: ClassVar[str] = "cityos.subscription.matched.v1"

    subscription: str
    handler: str
    entities: list[Change]
