"""Tell the phones that are open: an inbox has changed. After commit, and only that it did."""

from collections.abc import Iterable
from uuid import UUID

from kernel.realtime import touch

ALL = ""


def inbox_topic(resident_id: UUID) -> str:
    """Return the topic of a resident's inbox."""
    return f"accounts.inbox:{resident_id}"


def message_added(message_id: UUID, residents: Iterable[UUID]) -> None:
    """Say that a message came, or that it was read."""
    touch({inbox_topic(resident): str(message_id) for resident in residents})


def inboxes_changed(residents: Iterable[UUID]) -> None:
    """Say that the newest messages are to be read afresh."""
    touch({inbox_topic(resident): ALL for resident in residents})
