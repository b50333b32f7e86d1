"""A timetable as flat arrays of whole numbers, and one day of it as a search walks through it."""

from mobility.engine.timetable.arrays import ALIGHT, BOARD, NEVER, Timetable
from mobility.engine.timetable.days import DAY_S, Lanes, Otherwise, lanes_of

__all__ = ["ALIGHT", "BOARD", "DAY_S", "NEVER", "Lanes", "Otherwise", "Timetable", "lanes_of"]
