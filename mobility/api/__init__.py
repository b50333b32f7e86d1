"""Doors of getting about."""
