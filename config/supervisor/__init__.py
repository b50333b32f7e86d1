"""The one command: starts everything a city needs on this machine, and ends it. Knows no Django."""
