"""Departures: what leaves a stop, and when; the lines that call there, and the way each takes."""

from mobility.engine.departures.board import Board, Departure, board_of, next_service
from mobility.engine.departures.running import Running

__all__ = ["Board", "Departure", "Running", "board_of", "next_service"]
