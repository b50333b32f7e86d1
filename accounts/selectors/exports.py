"""Copies of a person's data, as the person sees them."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

import msgspec
from django.db.models import Q, QuerySet

from accounts.models import UNDER_WAY, Export, ExportState
from kernel.access import access
from kernel.problems import NotFound

KEY_PLACE = "accounts.export.key"
SHOWN = 5
LEASE = timedelta(minutes=10)


class ExportView(msgspec.Struct, frozen=True):
    """One copy: how far it is, and until when it can be taken home."""

    id: UUID
    state: Literal["waiting", "making", "ready", "failed", "gone"]
    done: int
    total: int
    requested_at: datetime
    expires_at: datetime | None
    size: int


def export_view(row: Export) -> ExportView:
    """Return one copy as it is shown."""
    state: Literal["waiting", "making", "ready", "failed", "gone"] = row.state  # type: ignore[assignment]
    return ExportView(row.pk, state, row.done, row.total, row.requested_at, row.expires_at, row.size)


def exports_of(resident_id: UUID) -> "QuerySet[Export]":
    """Return a person's copies, to be paged by ``(requested_at, id)``; :func:`export_view` shapes a row."""
    return Export.objects.filter(resident_id=resident_id)


def newest_exports(resident_id: UUID) -> list[ExportView]:
    """Return the newest copies."""
    return [export_view(row) for row in exports_of(resident_id).order_by("-requested_at", "-id")[:SHOWN]]


def access_export_for(resident_id: UUID, export_id: UUID) -> Export:
    """Return a person's own copy; :raises NotFound: for another's."""
    row = exports_of(resident_id).filter(pk=export_id).first()
    if row is None:
        raise NotFound
    return row


def access_export_key(row: Export) -> bytes:
    """Return the key of a copy's file to its person."""
    me = row.resident_id
    with access(purpose="accounts.my_export", actor=me, subject=me, classes=["profile"]) as opened:
        return bytes.fromhex(opened.unseal(bytes(row.sealed_key), KEY_PLACE))


def left_undone(*, at: datetime) -> list[UUID]:
    """Return copies that no worker is at: their task was lost, or its worker was killed."""
    waiting = Q(leased_until=None, requested_at__lt=at - LEASE) | Q(leased_until__lt=at)
    return list(Export.objects.filter(waiting, state__in=UNDER_WAY).order_by("id").values_list("id", flat=True))


def over(*, at: datetime) -> list[UUID]:
    """Return copies whose day is over."""
    rows = Export.objects.filter(state=ExportState.READY, expires_at__lte=at)
    return list(rows.order_by("id").values_list("id", flat=True))


def named_exports(names: Collection[str]) -> Iterable[str]:
    """Return which of these files are copies that somebody may still fetch."""
    return Export.objects.filter(file__in=names).values_list("file", flat=True)
