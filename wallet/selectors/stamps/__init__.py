"""Stamp cards as they stand."""
