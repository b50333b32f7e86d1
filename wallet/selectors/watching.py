"""Alerts as officers see them: the pattern, the transfers that show it, and what was decided."""

from datetime import datetime
from uuid import UUID

import msgspec

from kernel.problems import NotFound
from wallet.models import AlertClosing, Transfer, WatchAlert

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


class ClosingView(msgspec.Struct, frozen=True):
    """A proposal to close an account; ``is_accepted`` is missing while another officer's decision is waited for."""

    id: UUID
    account_id: UUID
    balance: str
    reason: str
    proposed_by: UUID
    proposed_at: datetime
    is_accepted: bool | None


def closing_view(row: AlertClosing) -> ClosingView:
    """Return a proposal as it stands."""
    return ClosingView(**{name: getattr(row, name) for name in ClosingView.__struct_fields__})


def closings_about(alert_id: UUID) -> list[ClosingView]:
    """Return what was proposed on an alert, the newest first."""
    rows = AlertClosing.objects.filter(alert_id=alert_id).order_by("-proposed_at", "-id")
    return [closing_view(row) for row in rows]


def closings_waiting() -> list[AlertClosing]:
    """Return the proposals that wait for another officer, the oldest first."""
    return list(AlertClosing.objects.filter(decided_at=None).order_by("proposed_at", "id"))
