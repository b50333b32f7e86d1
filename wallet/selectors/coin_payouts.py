"""Payouts as their people and the officers see them."""

from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from kernel.principal import Principal
from kernel.problems import NotFound
from wallet.engine.payout_results import PayoutNow
from wallet.errors import NoWallet
from wallet.models import (
    CoinEnd,
    CoinPayout,
    CoinPayoutFile,
    CoinPayoutState,
    LotKind,
    PayoutWay,
)
from wallet.selectors.accounts import account_of, accounts_behind
from wallet.selectors.lots import lots_of

RIGHT = "wallet.pay_out"
UNDER_WAY = (CoinPayoutState.ASKED, CoinPayoutState.OPENED, CoinPayoutState.APPROVED, CoinPayoutState.WRITTEN)


def own_payouts(principal: Principal) -> QuerySet[CoinPayout]:
    """Return the payouts of the resident acted for, to be paged."""
    try:
        accounts = accounts_behind(account_of(principal))
    except NoWallet:
        return CoinPayout.objects.none()
    return CoinPayout.objects.select_related("file").filter(account_id__in=accounts)


def access_payout_for(principal: Principal, payout_id: UUID) -> CoinPayout:
    """Return one of the resident's own payouts; :raises NotFound: for another's."""
    row = own_payouts(principal).filter(pk=payout_id).first()
    if row is None:
        raise NotFound
    return row


def payout_now(row: CoinPayout) -> PayoutNow:
    """Return a payout as it stands."""
    return PayoutNow(
        id=row.pk, receipt_number=row.receipt_number, state=row.state, way=row.way,  # type: ignore[arg-type]
        amount=row.amount, account_end=row.number_end, at=row.at, pay_on=row.file.pay_on if row.file else None,
        answer=row.answer,
    )  # fmt: skip


def has_payout_under_way(account_id: UUID) -> bool:
    """Tell whether an account waits for money, or might get coins back from a bank."""
    return CoinPayout.objects.filter(account_id=account_id, state__in=UNDER_WAY).exists()


def payable(account_id: UUID, day: date) -> int:
    """Return what may be paid out: paid coins that live on that day. Given ones are not."""
    return sum(lot.remaining for lot in lots_of(account_id) if lot.kind == LotKind.PAID and lot.expires_on >= day)


def payouts_in(*states: str) -> QuerySet[CoinPayout]:
    """Return the payouts in these states, the oldest first."""
    return CoinPayout.objects.select_related("file").filter(state__in=states).order_by("at", "id")


def payouts_done() -> QuerySet[CoinPayout]:
    """Return the payouts that have ended, the newest first."""
    return CoinPayout.objects.select_related("file").exclude(state__in=UNDER_WAY).order_by("-at", "-id")


def payouts_booked_until(instant: datetime, *, most: int = 50) -> list[CoinPayout]:
    """Return the payouts that were booked before an instant, the newest first: the law's history of them."""
    return list(CoinPayout.objects.filter(booked_at__lt=instant).order_by("-booked_at", "-id")[:most])


def payout_named(payout_id: UUID) -> CoinPayout:
    """Return one payout, for the desk; :raises NotFound:"""
    row = CoinPayout.objects.select_related("file").filter(pk=payout_id).first()
    if row is None:
        raise NotFound
    return row


def payouts_for_the_bank() -> QuerySet[CoinPayout]:
    """Return what is approved for the bank and stands in no file yet."""
    return payouts_in(CoinPayoutState.APPROVED).filter(way=PayoutWay.BANK)


def payout_files() -> QuerySet[CoinPayoutFile]:
    """Return the bank's files of payouts, the newest first."""
    return CoinPayoutFile.objects.order_by("-written_at", "-id")


def coin_ends() -> QuerySet[CoinEnd]:
    """Return the ends of the coin that were registered, the newest first."""
    return CoinEnd.objects.order_by("-opened_at", "-id")


def end_in_force(day: date) -> CoinEnd | None:
    """Return the end of the coin for which claims are taken on that day."""
    rows = CoinEnd.objects.filter(approved_at__isnull=False, announced_on__lte=day, claims_until__gte=day)
    return rows.first()
