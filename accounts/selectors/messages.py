"""One's own inbox: rendered when it is read, in the reader's language, inside an access to it."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar
from uuid import UUID

import msgspec
from django.conf import settings
from django.db import connection
from django.db.models import QuerySet
from django.utils import translation

from accounts.engine.channels import text_for
from accounts.engine.wording import fill, unpack
from accounts.models import VALUES_PLACE, Broadcast, InboxMessage, User
from kernel import contributions
from kernel.access import access, opened
from kernel.problems import NotFound

T = TypeVar("T")
KEPT = 20  # a snapshot carries this many messages, so that many is also what events may leave

# How many are unread, and a number that rises with every commit the reading can see: of two readings the later one has the higher
# number, and two with the same number saw the same (see docs/algorithms/notifications.md).
_UNREAD = """
SELECT (SELECT count(*) FROM accounts_inboxmessage WHERE resident_id = %s AND read_at IS NULL),
       pg_snapshot_xmax(s)::text::bigint - (SELECT count(*) FROM pg_snapshot_xip(s))
       - (coalesce(pg_current_xact_id_if_assigned(), pg_snapshot_xmax(s)) < pg_snapshot_xmax(s))::int
  FROM pg_current_snapshot() AS s
"""


class Told(msgspec.Struct, frozen=True):
    """A message in words; ``language`` is the one it is written in, which for an officer's may not be the reader's."""

    title: str
    body: str
    link: str
    language: str


class MessageView(msgspec.Struct, frozen=True):
    """A message as its reader sees it; ``version`` is 1 unread, 2 read."""

    id: UUID
    category: str
    priority: str
    title: str
    body: str
    link: str
    language: str
    at: datetime
    is_read: bool
    version: int


class Unread(msgspec.Struct, frozen=True):
    """How many messages are unread; of two counts the one with the higher version is the later."""

    unread: int
    version: int


class InboxView(msgspec.Struct, frozen=True):
    """The newest messages and how many are unread, as a phone shows them."""

    messages: list[MessageView]
    unread: Unread


class Inbox:
    """A resident's messages while an access to them is open."""

    def __init__(self, resident_id: UUID, language: str) -> None:
        """Know whose and in which language."""
        self.resident_id = resident_id
        self.language = language

    @property
    def rows(self) -> "QuerySet[InboxMessage]":
        """All of them, to be paged; a broadcast's text comes with its copy."""
        return InboxMessage.objects.filter(resident_id=self.resident_id).select_related("broadcast")

    def newest(self) -> list[MessageView]:
        """Return the newest."""
        return [self.view(row) for row in self.rows.order_by("-at", "-id")[:KEPT]]

    def some(self, message_id: UUID) -> list[MessageView]:
        """Return the message, or nothing where it is gone."""
        return [self.view(row) for row in self.rows.filter(pk=message_id)]

    def one(self, message_id: UUID) -> MessageView:
        """Return one; :raises NotFound: where it is not this resident's."""
        row = self.rows.filter(pk=message_id).first()
        if row is None:
            raise NotFound
        return self.view(row)

    def unread(self) -> Unread:
        """Count what is unread."""
        with connection.cursor() as cursor:
            cursor.execute(_UNREAD, [self.resident_id])
            return Unread(*cursor.fetchone())

    def view(self, row: InboxMessage) -> MessageView:
        """Put a message into words."""
        told = tell(row, self.language)
        is_read = row.read_at is not None
        return MessageView(
            id=row.pk, category=row.category, priority=row.priority, title=told.title, body=told.body, link=told.link,
            language=told.language, at=row.at, is_read=is_read, version=1 + is_read,
        )  # fmt: skip


def read_inbox(resident_id: UUID, language: str, reading: Callable[[Inbox], T]) -> T:
    """Return what ``reading`` finds in a resident's own inbox."""
    with access(purpose="accounts.my_messages", actor=resident_id, subject=resident_id, classes=["messages"]):
        return reading(Inbox(resident_id, language))


def inbox_of(resident_id: UUID, language: str) -> InboxView:
    """Return the newest messages and the count, for the live feed."""
    return read_inbox(resident_id, language, lambda inbox: InboxView(messages=inbox.newest(), unread=inbox.unread()))


def language_of(resident_id: UUID) -> str:
    """Return the language a resident reads."""
    chosen = User.objects.filter(resident_id=resident_id).values_list("language", flat=True).first()
    return chosen or str(settings.LANGUAGE_CODE)


def tell(row: InboxMessage, language: str) -> Told:
    """Put a message into words; inside an access to it. A template that is gone leaves a sentence that says so."""
    if row.broadcast is not None:
        return tell_broadcast(row.broadcast, language)
    packed = opened(row.resident_id).unseal(bytes(row.sealed_values or b""), VALUES_PLACE)
    return tell_template(row.name, packed, language)


def tell_broadcast(broadcast: Broadcast, language: str) -> Told:
    """Put a broadcast into words: what an officer wrote, or an app's template."""
    if broadcast.name:
        return tell_template(broadcast.name, broadcast.packed_values, language)
    written_in, text = text_for(broadcast.texts, language)
    return Told(title=text["title"], body=text["body"], link=broadcast.link, language=written_in)


def tell_template(name: str, packed: str, language: str) -> Told:
    """Put a template into words."""
    template = contributions.messages().get(name)
    with translation.override(language):
        if template is None:
            return Told(title=translation.gettext("お知らせ"), body="", link="", language=language)
        values = unpack(packed)
        title, body, link = (
            fill(str(text), values, language) for text in (template.title, template.body, template.link)
        )
        return Told(title=title, body=body, link=link, language=language)
