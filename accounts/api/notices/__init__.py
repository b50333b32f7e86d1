"""Doors to messages, what one chose about them, and Home."""
