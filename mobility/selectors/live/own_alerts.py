"""The city's own notices, as the officers' desk lists them."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet

from kernel.problems import NotFound
from mobility.models import AlertStep, ServiceAlert

MOST_OLD = 30


class OwnAlerts(NamedTuple):
    """By how they stand, what was changed last first."""

    drafts: list[ServiceAlert]
    shown: list[ServiceAlert]
    coming: list[ServiceAlert]
    over: list[ServiceAlert]


def own_alerts(*, at: datetime) -> OwnAlerts:
    """Return the city's notices: drafts, those that are shown now, those that will be, and the latest of those that are over."""
    rows = ServiceAlert.objects.filter(source=None).order_by("-changed_at", "-id")
    public = rows.filter(ended_at=None, is_draft=False)
    standing = public.filter(Q(ends_at=None) | Q(ends_at__gt=at))
    return OwnAlerts(
        drafts=list(rows.filter(ended_at=None, is_draft=True)),
        shown=list(standing.filter(Q(begins_at=None) | Q(begins_at__lte=at))),
        coming=list(standing.filter(begins_at__gt=at)),
        over=list(rows.filter(Q(ended_at__isnull=False) | Q(is_draft=False, ends_at__lte=at))[:MOST_OLD]),
    )


def alert_named(alert_id: UUID) -> ServiceAlert:
    """Return one notice of the city; :raises NotFound:"""
    row = ServiceAlert.objects.filter(pk=alert_id, source=None).first()
    if row is None:
        raise NotFound
    return row


def steps_of(row: ServiceAlert) -> QuerySet[AlertStep]:
    """Return what was done with a notice, the latest first."""
    return row.steps.order_by("-at", "-id")
