"""Timetables as open data."""
