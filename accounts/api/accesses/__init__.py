"""Doors to one's own access log."""
