"""The front door for what writes: publish what was observed, subscribe to what changes."""

from cityos.engine.observations import Observation
from cityos.services.publishing import Published, Reading, publish_entities
from cityos.services.subscribing import Subscribed, subscribe, unsubscribe

__all__ = ["Observation", "Published", "Reading", "Subscribed", "publish_entities", "subscribe", "unsubscribe"]
