"""Payments by card and at convenience stores, for whose they are and for officers."""

from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

import msgspec
from django.conf import settings
from django.db.models import Case, F, Q, QuerySet, Sum, When

from kernel.clock import jst_date
from kernel.principal import Principal
from kernel.problems import NotAllowed, NotFound
from wallet.engine.card_results import CardTopUp, PremiumBought, TopUpWays
from wallet.engine.premium import bonus_of
from wallet.errors import NoWallet
from wallet.gateways.cards import are_cards_offered
from wallet.models import (
    BRING_COINS,
    CardAlert,
    CardDispute,
    CardPayment,
    CardPurpose,
    CardRefund,
    CardRun,
    CardStatus,
    Lot,
    LotKind,
    Reversal,
    ReversalReason,
)
from wallet.selectors.accounts import account_of, accounts_behind
from wallet.selectors.bank import offers_transfers

HANDLE = "wallet.handle_cards"
SHOWN = ("top_up", "premium_claim__premium")
UNFINISHED = (CardStatus.STARTED, CardStatus.OPEN, CardStatus.WAITING, CardStatus.RESERVED)


def top_up_ways() -> TopUpWays:
    """Return how one may top up from the phone in this city."""
    return TopUpWays(
        methods=["card", "konbini"] if are_cards_offered() else [],
        least=settings.COIN["top_up_least"],
        most=settings.COIN["top_up_most"],
        transfer=offers_transfers(),
    )


def card_top_up(payment: CardPayment) -> CardTopUp:
    """Return a top-up as its person sees it; what it issued must have been read with it."""
    has_page = payment.status in (CardStatus.OPEN, CardStatus.WAITING)
    return CardTopUp(
        id=payment.pk,
        method=payment.method,  # type: ignore[arg-type]
        status=payment.status,  # type: ignore[arg-type]
        amount=payment.amount,
        currency=payment.currency,
        url=payment.url if has_page else None,
        pay_by=payment.closes_at,
        refused=payment.refused,
        refunded=payment.refunded,
        receipt_number=payment.top_up.receipt_number if payment.top_up else None,
        started_at=payment.started_at,
        version=payment.version,
        premium=_premium(payment) if payment.purpose == CardPurpose.PREMIUM else None,
    )


def _premium(payment: CardPayment) -> PremiumBought:
    claim, row = payment.premium_claim, payment.premium_claim.premium
    return PremiumBought(
        id=row.pk, name=row.name, name_en=row.name_en, units=claim.units,
        bonus=bonus_of(payment.amount, row.rate_bp), bonus_last_day=row.bonus_last_day,
    )  # fmt: skip


def card_payment(payment_id: UUID) -> CardPayment:
    """Return one payment to the city's own machinery; :raises NotFound: where there is none."""
    found = CardPayment.objects.select_related(*SHOWN).filter(pk=payment_id).first()
    if found is None:
        raise NotFound
    return found


def access_card_top_up_for(principal: Principal, payment_id: UUID) -> CardPayment:
    """Return a top-up to whose it is; :raises NotFound: to everybody else, and where there is none."""
    found = CardPayment.objects.select_related(*SHOWN).filter(pk=payment_id, purpose__in=BRING_COINS).first()
    if found is None or found.account_id not in _accounts_of(principal):
        raise NotFound
    return found


def own_card_top_ups(principal: Principal) -> "QuerySet[CardPayment]":
    """Return one's own top-ups, to be paged by ``(started_at, id)``; :func:`card_top_up` shapes a row."""
    own = CardPayment.objects.filter(account_id__in=_accounts_of(principal), purpose__in=BRING_COINS)
    return own.select_related(*SHOWN)


def overdue(*, at: datetime, since: timedelta) -> list[UUID]:
    """Return the payments that nobody finished and whose time is over, or that were begun so long ago and are still open."""
    rows = CardPayment.objects.filter(status__in=UNFINISHED).exclude(closes_at__gt=at, started_at__gt=at - since)
    return list(rows.order_by("started_at", "id").values_list("pk", flat=True))


def has_card_payments() -> bool:
    """Tell whether anybody ever began a payment by card or at a convenience store."""
    return CardPayment.objects.exists()


def open_alerts(principal: Principal) -> list[CardAlert]:
    """Return what officers must look at, the oldest first; :raises NotAllowed: without the right."""
    if not principal.may(HANDLE):
        raise NotAllowed
    rows = CardAlert.objects.filter(closed_at=None).select_related("payment", "payment__top_up")
    return list(rows.order_by("at", "id")[:200])


def last_runs(principal: Principal, count: int = 5) -> list[CardRun]:
    """Return the newest comparisons of the books; :raises NotAllowed: without the right."""
    if not principal.may(HANDLE):
        raise NotAllowed
    return list(CardRun.objects.order_by("-began_at")[:count])


def _accounts_of(principal: Principal) -> list[UUID]:
    try:
        return accounts_behind(account_of(principal))
    except NoWallet:
        return []


class PaymentFacts(msgspec.Struct, frozen=True):
    """One payment as an officer sees it: by numbers, without whose it is."""

    payment: CardPayment
    premium: PremiumBought | None
    bonus_left: int
    refundable: int
    refunds: list[CardRefund]
    disputes: list[CardDispute]
    alerts: list[CardAlert]


def find_payment(principal: Principal, sought: str) -> UUID | None:
    """Find a payment by its receipt's number, by our id or by the vendor's; :raises NotAllowed: without the right."""
    if not principal.may(HANDLE):
        raise NotAllowed
    named = Q(intent_id=sought) | Q(session_id=sought) | Q(top_up__receipt_number=sought.upper())
    named |= Q(order_payment__order__receipt_number=sought.upper())
    with suppress(ValueError):
        named |= Q(pk=UUID(sought))
    return CardPayment.objects.filter(named).values_list("pk", flat=True).first()


def payment_facts(principal: Principal, payment_id: UUID, *, at: datetime) -> PaymentFacts:
    """Return a payment with all that became of it; :raises NotAllowed: without the right; :raises NotFound:."""
    if not principal.may(HANDLE):
        raise NotAllowed
    payment = card_payment(payment_id)
    return PaymentFacts(
        payment=payment,
        premium=card_top_up(payment).premium,
        bonus_left=sum(lot.remaining for lot in _left(payment, LotKind.BONUS)),
        refundable=refundable_of(payment, jst_date(at)) if payment.status == CardStatus.PAID else 0,
        refunds=list(payment.refunds.order_by("asked_at", "id")),
        disputes=list(payment.disputes.order_by("opened_at", "id")),
        alerts=list(payment.alerts.order_by("at", "id")),
    )


def left_of(payment: CardPayment) -> list[Lot]:
    """Return the lots of paid coins that a payment issued and in which something remains: a bonus never goes to a card."""
    return _left(payment, LotKind.PAID)


def refundable_of(payment: CardPayment, day: date) -> int:
    """Return how much of a payment is unspent and lives on that day."""
    return sum(lot.remaining for lot in left_of(payment) if lot.expires_on >= day)


class BonusBack(NamedTuple):
    """How much of a bonus goes back to its budget, and from which lot; none of it without one."""

    amount: int
    lot: UUID | None


def bonus_back(payment: CardPayment, amount: int) -> BonusBack:
    """Say how much of a bonus goes back beside ``amount`` more of its payment.

    What stays paid keeps the bonus that it would have been sold with, in whole yen, rounded down as always; what is above that
    and unspent goes back, and with the last yen all that is left.
    """
    lot = next(iter(_left(payment, LotKind.BONUS)), None)
    if lot is None:
        return BonusBack(0, None)
    gone = _gone(payment)
    stays = bonus_of(max(0, payment.amount - gone["money"] - amount), payment.premium_claim.premium.rate_bp)
    back = min(lot.remaining, lot.issued - stays - gone["bonus"])
    return BonusBack(back, lot.pk) if back > 0 else BonusBack(0, None)


def _left(payment: CardPayment, kind: LotKind) -> list[Lot]:
    if payment.top_up is None:
        return []
    rows = Lot.objects.filter(journal_id=payment.top_up.journal_id, kind=kind, remaining__gt=0)
    return list(rows.order_by("id"))


def _gone(payment: CardPayment) -> dict[str, int]:
    """Return how much of a payment went back so far, and how much bonus beside it; what was put back again did not."""
    of_it = Reversal.objects.filter(Q(refund__payment=payment) | Q(dispute__payment=payment))
    signed = of_it.annotate(sign=Case(When(reason=ReversalReason.RESTORED, then=-1), default=1))
    sums = {
        "money": Sum(F("sign") * (F("taken") + F("lost")), default=0),
        "bonus": Sum(F("sign") * F("bonus"), default=0),
    }
    return signed.aggregate(**sums)
