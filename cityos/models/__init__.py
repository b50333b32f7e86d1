"""Entities and subscriptions."""

from cityos.models.entity import Entity
from cityos.models.subscription import Subscription

__all__ = ["Entity", "Subscription"]
