"""Doors to journeys, trips and where one can be in time."""
