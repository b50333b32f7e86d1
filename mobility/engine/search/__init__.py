"""Searches over the lanes of one day; each goes by rounds, a round being one more ride (RAPTOR)."""

from mobility.engine.search.ahead import Ahead, look_ahead
from mobility.engine.search.earliest import earliest_arrival, reach_all
from mobility.engine.search.ends import NOT_REACHED, Ends
from mobility.engine.search.ranges import Found, Ride, first_departure, search_range

__all__ = [
    "NOT_REACHED", "Ahead", "Ends", "Found", "Ride", "earliest_arrival", "first_departure", "look_ahead", "reach_all",
    "search_range",
]  # fmt: skip
