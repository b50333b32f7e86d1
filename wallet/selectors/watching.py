"""Alerts as officers see them: the pattern, the transfers that show it, and what was decided."""

from datetime import datetime
from uuid import UUID

import msgspec

from kernel.problems import NotFound
from wallet.models import Transfer, WatchAlert

WATCH = "wallet.watch"


class SeenTransfer(msgspec.Struct, frozen=True):
    """One transfer of a pattern, by accounts alone."""

    id: UUID
    sender: UUID
    recipient: UUID
    amount: int
    at: datetime


class AlertView(msgspec.Struct, frozen=True):
    """One alert; ``decision`` is empty while nobody has decided."""

    id: UUID
    kind: str
    account: UUID
    found_at: datetime
    decision: str
    decided_at: datetime | None
    reason: str
    transfers: list[SeenTransfer]


def alert_view(row: WatchAlert) -> AlertView:
    """Return an alert with its transfers, in time."""
    rows = Transfer.objects.filter(pk__in=row.transfers).order_by("at", "id")
    return AlertView(
        id=row.pk,
        kind=row.kind,
        account=row.account_id,
        found_at=row.found_at,
        decision=row.decision,
        decided_at=row.decided_at,
        reason=row.reason,
        transfers=[SeenTransfer(each.pk, each.sender_id, each.recipient_id, each.amount, each.at) for each in rows],
    )


def alert(alert_id: UUID) -> AlertView:
    """Return one alert; :raises NotFound: where there is none."""
    row = WatchAlert.objects.filter(pk=alert_id).first()
    if row is None:
        raise NotFound
    return alert_view(row)


def alerts(*, is_open: bool, most: int = 50) -> list[WatchAlert]:
    """Return what waits, the oldest first; or what was decided last."""
    rows = WatchAlert.objects.all()
    if is_open:
        return list(rows.filter(decision="").order_by("found_at", "id")[:most])
    return list(rows.exclude(decision="").order_by("-decided_at", "-id")[:most])
