"""Journeys as people ask for them and are told them."""

from mobility.selectors.journeys.asking import span_of
from mobility.selectors.journeys.finding import find_journeys
from mobility.selectors.journeys.reach import Reach, ReachAsked, find_reach
from mobility.selectors.journeys.trips import TripRun, find_trip
from mobility.selectors.journeys.words import Journeys, JourneysAsked

__all__ = [
    "Journeys", "JourneysAsked", "Reach", "ReachAsked", "TripRun", "find_journeys", "find_reach", "find_trip", "span_of",
]  # fmt: skip
