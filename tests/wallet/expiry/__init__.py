"""Coins end: told before, swept after."""
