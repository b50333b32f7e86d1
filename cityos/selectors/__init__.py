"""The front door for what reads."""

from cityos.engine.observations import Observation
from cityos.engine.places import Box
from cityos.selectors.entities import EntityView, entities_of, entity_of

__all__ = ["Box", "EntityView", "Observation", "entities_of", "entity_of"]
