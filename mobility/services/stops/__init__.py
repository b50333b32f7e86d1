"""Telling those who watch a stop that its board has changed."""

from mobility.services.stops.telling import Watch, tell_changes, topic_of

__all__ = ["Watch", "tell_changes", "topic_of"]
