"""Doors to places by name."""
