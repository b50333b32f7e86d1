"""Telling those who watch a stop that its board has changed; saying which sign shows which stop."""

from mobility.services.stops.signing import SignDraft, clear_sign, note_heard, set_sign
from mobility.services.stops.telling import Watch, tell_changes, topic_of

__all__ = ["SignDraft", "Watch", "clear_sign", "note_heard", "set_sign", "tell_changes", "topic_of"]
