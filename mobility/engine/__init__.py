"""Reckoning alone: feeds read and checked, timetables as arrays, searches over them."""
