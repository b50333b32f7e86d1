"""A person's messages and what they chose about them, as the person takes them home: in words, in their language."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

import msgspec
from django.conf import settings
from django.db.models import Q
from django.utils.translation import get_language

from accounts.engine.archive import json_of, json_pieces
from accounts.models import LINE_PLACE, SUBSCRIPTION_PLACE, MessageSettings, PushSubscription
from accounts.selectors.messages import Inbox, MessageView
from kernel.access import access
from kernel.contributions import ExportPart
from kernel.problems import _

PURPOSE = "accounts.my_export"
PAGE = 500


class PushRecord(msgspec.Struct, frozen=True):
    """A browser that takes my pushes: where it listens, and since when."""

    endpoint: str
    created_at: datetime


class SettingsRecord(msgspec.Struct, frozen=True):
    """Channels by category, where I chose; quiet hours in minutes of the day in Japan; my key at LINE; my browsers."""

    choices: dict[str, list[str]]
    quiet_from: int | None
    quiet_to: int | None
    line: str | None
    browsers: list[PushRecord]


class _Endpoint(msgspec.Struct):
    endpoint: str


def message_parts(me: UUID, *, at: datetime) -> Iterator[ExportPart]:
    """Return the files of messages; the messages themselves are read a page at a time."""
    yield ExportPart("accounts/messages.json", json_pieces(_messages(me, at)), _("届いたお知らせ"))
    yield ExportPart("accounts/message_settings.json", json_of(_settings(me)), _("お知らせの設定"))


def _messages(me: UUID, until: datetime) -> Iterator[list[MessageView]]:
    """Yield pages, newest first; an access is open for each page alone."""
    earlier = Q(at__lte=until)
    while True:
        with access(purpose=PURPOSE, actor=me, subject=me, classes=["messages"]):
            inbox = Inbox(me, get_language() or str(settings.LANGUAGE_CODE))
            page = [inbox.view(row) for row in inbox.rows.filter(earlier).order_by("-at", "-id")[:PAGE]]
        yield page
        if len(page) < PAGE:
            return
        earlier = Q(at__lt=page[-1].at) | Q(at=page[-1].at, id__lt=page[-1].id)


def _settings(me: UUID) -> SettingsRecord:
    with access(purpose=PURPOSE, actor=me, subject=me, classes=["messages"]) as opened:
        chosen = MessageSettings.objects.filter(pk=me).first() or MessageSettings(resident_id=me)
        line = opened.unseal(bytes(chosen.sealed_line), LINE_PLACE) if chosen.sealed_line is not None else None
        browsers = [
            PushRecord(
                msgspec.json.decode(opened.unseal(bytes(row.sealed), SUBSCRIPTION_PLACE), type=_Endpoint).endpoint,
                row.created_at,
            )
            for row in PushSubscription.objects.filter(resident_id=me).order_by("created_at", "id")
        ]
    return SettingsRecord(chosen.choices, chosen.quiet_from, chosen.quiet_to, line, browsers)
