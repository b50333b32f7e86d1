"""The sources of running data: who is asked, and what they said last."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from kernel.problems import NotFound
from mobility.engine.bikes import Fleet
from mobility.engine.live.news import Message
from mobility.gateways import live_store
from mobility.models import LiveKind, LiveSource

T = TypeVar("T")
LONGEST_TTL = 3
"""A fleet may be so many times as old as it says that it is good for."""


def live_sources() -> QuerySet[LiveSource]:
    """Return all sources with their timetables, those that are asked before those that ended."""
    return LiveSource.objects.select_related("feed").order_by("retired_at", "made_at", "id")


def live_source_named(source_id: UUID) -> LiveSource:
    """Return one source; :raises NotFound:"""
    row = LiveSource.objects.select_related("feed").filter(pk=source_id).first()
    if row is None:
        raise NotFound
    return row


def kind_in_words(kind: str) -> str:
    """Return what a source of a kind tells, in the language active now."""
    return str(LiveKind(kind).label)


def asked(kind: LiveKind) -> list[LiveSource]:
    """Return the sources of a kind that are asked, in the order in which they were registered."""
    rows = LiveSource.objects.filter(kind=kind, retired_at=None, paused_at=None)
    return list(rows.select_related("feed").order_by("made_at", "id"))


def messages_now(kind: LiveKind, *, at: datetime) -> Mapping[LiveSource, Message]:
    """Return what sources say that is not too old; :raises StoreAway: where it cannot be looked up."""
    rows = asked(kind)
    told = live_store.messages_of([row.pk for row in rows])
    return {row: told[row.pk] for row in rows if row.pk in told and not is_stale(told[row.pk].at, at=at)}


def fleets_now(*, at: datetime) -> Mapping[LiveSource, Fleet]:
    """Return how bicycles stand, as far as that is not too old; :raises StoreAway: where it cannot be looked up."""
    rows = asked(LiveKind.GBFS)
    told = live_store.fleets_of([row.pk for row in rows])
    return {
        row: told[row.pk]
        for row in rows
        if row.pk in told and not is_stale(told[row.pk].at, at=at, more_s=LONGEST_TTL * told[row.pk].ttl_s)
    }


def is_stale(said_at: int | None, *, at: datetime, more_s: int = 0) -> bool:
    """Tell whether something is too old, or from so far ahead that its clock cannot be right."""
    return said_at is not None and abs(at.timestamp() - said_at) > max(settings.LIVE["stale_after_s"], more_s)


def in_words(texts: Mapping[str, str], language: str) -> str:
    """Return a text in a language, or the nearest to it that there is; blank where there is none."""
    names = {name.lower(): text for name, text in texts.items()}
    for wanted in _nearest(language.lower()):
        if wanted in names:
            return names[wanted]
    return next(iter(names.values()), "")


def _nearest(language: str) -> Sequence[str]:
    first = language.partition("-")[0]
    alike = {"zh-hans": ("zh-cn", "zh"), "ja-easy": ("ja",)}.get(language, ())
    rest = ("", "ja", "en") if first == "ja" else ("en", "", "ja")
    return (language, *alike, first, *rest)
