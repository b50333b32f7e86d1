"""The accounts floor's live feeds (docs/realtime.md)."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import translation

from accounts.selectors.exports import access_export_for, export_view, newest_exports
from accounts.selectors.messages import Inbox, inbox_of, language_of, read_inbox
from accounts.services.exports import topic_of
from accounts.services.notices.telling import inbox_topic
from kernel.principal import Principal
from kernel.problems import NotFound


class ExportsFeed:
    """A person's copies of their data, the newest first, and how far the one under way is."""

    name = "accounts.exports"

    def topic(self, principal: Principal, argument: str) -> str:
        """Return the listener's own topic."""
        if argument:
            raise NotFound
        return topic_of(principal.actor)

    def snapshot(self, topic: str, *, at: datetime) -> dict[str, Any]:
        """Return ``{exports}``."""
        return {"exports": newest_exports(_resident_in(topic))}

    def events(self, topic: str, mark: str, *, at: datetime) -> Iterator[tuple[str, Any]]:
        """Say the copy ``mark`` as it is now."""
        yield "export.changed", {"export": export_view(access_export_for(_resident_in(topic), UUID(mark)))}


class InboxFeed:
    """The newest messages and how many are unread."""

    name = "accounts.inbox"

    def topic(self, principal: Principal, argument: str) -> str:
        """Return the listener's own topic."""
        if argument:
            raise NotFound
        return inbox_topic(principal.actor)

    def snapshot(self, topic: str, *, at: datetime) -> dict[str, Any]:
        """Return ``{messages, unread}``."""
        resident_id = _resident_in(topic)
        inbox = inbox_of(resident_id, translation.get_language() or language_of(resident_id))
        return {"messages": inbox.messages, "unread": inbox.unread}

    def events(self, topic: str, mark: str, *, at: datetime) -> Iterator[tuple[str, Any]]:
        """Say the message ``mark`` as it is now, or the newest ones; and how many are unread."""
        resident_id = _resident_in(topic)

        def reading(inbox: Inbox) -> list[tuple[str, Any]]:
            changed = inbox.some(UUID(mark)) if mark else inbox.newest()
            told: list[tuple[str, Any]] = [("message.changed", {"message": message}) for message in changed]
            return [*told, ("unread.changed", {"unread": inbox.unread()})]

        yield from read_inbox(resident_id, language_of(resident_id), reading)


def _resident_in(topic: str) -> UUID:
    return UUID(topic.partition(":")[2])
