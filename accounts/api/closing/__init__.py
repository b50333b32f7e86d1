"""Closing an account: one's own, or somebody's at the counter."""
