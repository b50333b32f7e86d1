"""Reads of getting about."""
