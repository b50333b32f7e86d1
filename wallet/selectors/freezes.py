"""Freezes as officers see them."""

from datetime import datetime
from uuid import UUID

import msgspec

from kernel.principal import SYSTEM_ACTOR
from wallet.models import (
    Account,
    AccountFreeze,
    AccountKind,
    AlertClosing,
    ClosingBalance,
    Payment,
    Succession,
    TopUp,
)

FREEZE = "wallet.freeze_accounts"


class FreezeView(msgspec.Struct, frozen=True):
    """One freeze and, where it is over, its end."""

    id: UUID
    account_id: UUID
    scope: str
    about: UUID | None
    reason: str
    frozen_at: datetime
    frozen_by: UUID
    ended_at: datetime | None
    ended_by: UUID | None
    end_reason: str


def freeze_view(row: AccountFreeze) -> FreezeView:
    """Return a freeze as it stands."""
    return FreezeView(**{name: getattr(row, name) for name in FreezeView.__struct_fields__})


def open_freezes() -> list[FreezeView]:
    """Return the freezes that stand, the newest first; those of merged IDs' accounts stand where their coins are now."""
    merged = Succession.objects.values("source_id")
    rows = AccountFreeze.objects.filter(ended_at=None).exclude(account_id__in=merged)
    return [freeze_view(row) for row in rows.order_by("-frozen_at", "-id")]


def freezes_of(account_id: UUID) -> list[FreezeView]:
    """Return every freeze of an account, the newest first."""
    rows = AccountFreeze.objects.filter(account_id=account_id)
    return [freeze_view(row) for row in rows.order_by("-frozen_at", "-id")]


def ended_freezes(*, most: int = 20) -> list[FreezeView]:
    """Return the freezes that were ended last."""
    rows = AccountFreeze.objects.filter(ended_at__isnull=False)
    return [freeze_view(row) for row in rows.order_by("-ended_at", "-id")[:most]]


def resident_account_by(text: str) -> UUID | None:
    """Return a resident's account by its id, or by the number of a receipt of theirs; None where there is none."""
    text = text.strip()
    try:
        found: UUID | None = UUID(text)
    except ValueError:
        number = text.upper()
        rows = (
            model.objects.filter(receipt_number=number).values_list("account_id", flat=True)
            for model in (Payment, TopUp)
        )
        found = next((row for each in rows for row in each), None)
    if found is None:
        return None
    return Account.objects.filter(pk=found, kind=AccountKind.RESIDENT).values_list("pk", flat=True).first()


def own_freezes_about(about: UUID) -> list[UUID]:
    """Return the freezes that the city's own machinery set for a dispute and that still stand."""
    rows = AccountFreeze.objects.filter(about=about, ended_at=None, frozen_by=SYSTEM_ACTOR)
    return list(rows.order_by("frozen_at", "id").values_list("pk", flat=True))


def is_closed_by_city(closing_id: UUID | None) -> bool:
    """Tell whether a freeze is of a closing that two officers decided: it is for good."""
    return closing_id is not None and AlertClosing.objects.filter(pk=closing_id, is_accepted=True).exists()


def may_be_paid_out_frozen(account_id: UUID) -> bool:
    """Tell whether the city closed the account and decided that its coins are paid out."""
    rows = AlertClosing.objects.filter(account_id=account_id, is_accepted=True, balance=ClosingBalance.PAYOUT)
    return rows.exists()
