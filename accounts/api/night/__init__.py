"""The credential of a phone for a night without a database."""
