"""Stamp cards."""
