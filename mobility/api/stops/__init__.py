"""Doors to stops, departures and lines."""
