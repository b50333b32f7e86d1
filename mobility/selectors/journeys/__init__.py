"""Journeys as people ask for them and are told them."""

from mobility.selectors.journeys.finding import find_journeys
from mobility.selectors.journeys.words import Journeys, JourneysAsked

__all__ = ["Journeys", "JourneysAsked", "find_journeys"]
