"""Departures: what leaves a stop, and when; the lines that call there, and the way each takes."""

from mobility.engine.departures.board import Board, Departure, State, board_of, next_service
from mobility.engine.departures.courses import Course, courses_of

__all__ = ["Board", "Course", "Departure", "State", "board_of", "courses_of", "next_service"]
