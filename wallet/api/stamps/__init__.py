"""The doors of stamp cards."""
