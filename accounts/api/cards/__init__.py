"""Laying down the My Number card."""
