"""Circulation for programs of those who may see it."""
