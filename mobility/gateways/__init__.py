"""Doors to the outside: feeds as files."""
