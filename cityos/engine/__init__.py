"""Observations and where they lie, as plain values."""
