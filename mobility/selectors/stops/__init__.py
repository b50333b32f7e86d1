"""Stops, what leaves them, and the lines that call there."""

from mobility.selectors.stops.boards import departures_of, stops_near
from mobility.selectors.stops.ground import Ground, ground_of
from mobility.selectors.stops.lines import all_lines, line_detail, stop_detail
from mobility.selectors.stops.words import Departures, LineDetail, Lines, StopDetail, StopsNear

__all__ = [
    "Departures",
    "Ground",
    "LineDetail",
    "Lines",
    "StopDetail",
    "StopsNear",
    "all_lines",
    "departures_of",
    "ground_of",
    "line_detail",
    "stop_detail",
    "stops_near",
]
