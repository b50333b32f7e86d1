"""The doors to coins that are sold with a bonus."""
