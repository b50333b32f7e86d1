"""Taking home a copy of one's data."""
