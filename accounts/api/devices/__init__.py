"""Tills, kiosks, desks and signage."""
