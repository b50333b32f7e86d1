"""Coins sold with a bonus."""
