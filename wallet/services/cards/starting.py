"""Starting a top-up: the city notes what is wanted, then the vendor opens a page for it."""

from datetime import datetime, timedelta
from uuid import UUID

import msgspec
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from kernel.idempotency import Answer
from kernel.ids import new_id
from kernel.problems import TooManyRequests
from kernel.use_case import Act, Key, use_case
from wallet.engine.card_results import CardTopUp
from wallet.errors import AccountClosed, AccountFrozen, CardVendorRefuses, LimitBalance, TopUpOutOfRange
from wallet.gateways.cards import CardVendor, card_vendor
from wallet.gateways.cards.words import Method, Opened, Wanted
from wallet.models import CURRENCY, Account, Balance, CardPayment, CardPurpose, CardStatus, Frozen, Order
from wallet.selectors.accounts import account_of
from wallet.selectors.cards_taken import card_payment, card_top_up
from wallet.services.books import check_amount
from wallet.services.cards.asking import asking
from wallet.services.cards.settling import end_unopened

PAGE_LIVES = timedelta(hours=1)
MOST_AN_HOUR = 10
"""So many top-ups may one person begin in an hour: whoever tries stolen cards through begins many."""


def start_top_up(act: Act, *, amount: int, method: Method) -> Answer:
    """Begin a top-up and open the vendor's page; the same key again leads to the same page, as things stand then.

    :raises CardsNotOffered: :raises CardVendorAway: :raises CardVendorRefuses: beside the refusals of :func:`begin_top_up`.
    """
    vendor = card_vendor()
    answer = begin_top_up.answer(act, amount=amount, method=method)
    if answer.is_refusal:
        return answer
    begun = card_payment(msgspec.json.decode(answer.body, type=CardTopUp).id)
    open_page(act, vendor, begun)
    return Answer.of(card_top_up(card_payment(begun.pk)), begin_top_up.status)


def open_page(act: Act, vendor: CardVendor, begun: CardPayment) -> None:
    """Let the vendor open the page of a payment that has none yet; once, however often it is asked."""
    if begun.status == CardStatus.STARTED and begun.to_take is None:
        with asking():
            opened = vendor.open(wanted_of(begun))
        note_page(Act(act.principal, at=act.at), payment_id=begun.pk, opened=opened)


def open_or_end(act: Act, vendor: CardVendor, begun: CardPayment) -> None:
    """Open the page of a payment, or end the payment at once where the vendor will not; :raises CardVendorRefuses: then."""
    try:
        open_page(act, vendor, begun)
    except CardVendorRefuses:
        end_unopened(Act(act.principal, at=act.at), payment_id=begun.pk, is_refused=True)
        raise


@use_case("wallet.begin_card_top_up", key=Key.REQUIRED, status=201)
def begin_top_up(act: Act, *, amount: int, method: Method) -> CardTopUp:
    """Note that somebody wants to top up; no money moves and nothing is promised.

    :raises NoWallet: :raises AccountClosed: :raises AccountFrozen: :raises TopUpOutOfRange: :raises LimitBalance: where more
    would be held than one may; :raises TooManyRequests: for the eleventh within an hour.
    """
    check_amount(amount)
    account_id = account_of(act.principal)
    if not settings.COIN["top_up_least"] <= amount <= settings.COIN["top_up_most"]:
        raise TopUpOutOfRange(least=settings.COIN["top_up_least"], most=settings.COIN["top_up_most"])
    check_may_take(account_id, amount)
    check_not_too_many(account_id, at=act.at)
    begun = CardPayment.objects.create(
        id=new_id(act.at),
        purpose=CardPurpose.TOP_UP,
        method=method,
        account_id=account_id,
        amount=amount,
        language=act.principal.language,
        started_at=act.at,
        closes_at=act.at + PAGE_LIVES,
    )
    act.audit(
        what={"card_payment_id": str(begun.pk), "account_id": str(account_id), "amount": amount, "method": method}
    )
    return card_top_up(begun)


def check_may_take(account_id: UUID, coins: int) -> None:
    """Let an account be promised so many coins as it stands; :raises AccountClosed: :raises AccountFrozen: :raises LimitBalance:"""
    if Account.objects.filter(pk=account_id, closed_at__isnull=False).exists():
        raise AccountClosed
    balance = Balance.objects.get(pk=account_id)
    if balance.frozen == Frozen.ALL:
        raise AccountFrozen
    if balance.amount + balance.held + coins > settings.COIN["balance"]:
        raise LimitBalance(limit=settings.COIN["balance"])


def check_not_too_many(account_id: UUID, *, at: datetime) -> None:
    """Let somebody begin another payment by card; :raises TooManyRequests: for the eleventh within an hour."""
    lately = CardPayment.objects.filter(account_id=account_id, started_at__gt=at - timedelta(hours=1))
    if lately.count() >= MOST_AN_HOUR:
        raise TooManyRequests(retry_after=600)


@use_case("wallet.note_card_page")
def note_page(act: Act, *, payment_id: UUID, opened: Opened) -> None:
    """Note the page that the vendor opened; who came later finds it noted."""
    rows = CardPayment.objects.filter(pk=payment_id, status=CardStatus.STARTED)
    row = rows.select_for_update().first()
    if row is not None:
        row.session_id, row.url, row.status, row.version = (
            opened.session_id,
            opened.url,
            CardStatus.OPEN,
            row.version + 1,
        )
        row.save(update_fields=["session_id", "url", "status", "version"])
    act.audit(what={"card_payment_id": str(payment_id)})


def wanted_of(payment: CardPayment) -> Wanted:
    """Say to the vendor what is wanted; nothing of the person but the language they read."""
    title, place = _TITLES[CardPurpose(payment.purpose)](payment)
    return Wanted(
        reference=payment.pk,
        amount=payment.amount,
        currency=CURRENCY,
        method=payment.method,  # type: ignore[arg-type]
        title=title,
        back=f"{settings.PUBLIC_URL}{place}",
        language=payment.language,
        closes_at=payment.closes_at,
        is_held=payment.is_held,
    )


def _of_top_up(payment: CardPayment) -> tuple[str, str]:
    with override(payment.language):
        coin = settings.COIN["name_ja" if payment.language.startswith("ja") else "name_en"]
        return _("%(coin)sのチャージ") % {"coin": coin}, f"/pay/top-up/{payment.pk}"


def _of_order(payment: CardPayment) -> tuple[str, str]:
    order = Order.objects.select_related("shop").get(payments__card_payment=payment)
    shop = order.shop.name if payment.language.startswith("ja") else order.shop.name_en
    return f"{shop} {order.receipt_number}", f"/pay/orders/{order.pk}"


def _of_premium(payment: CardPayment) -> tuple[str, str]:
    claim = payment.premium_claim
    name = claim.premium.name if payment.language.startswith("ja") else claim.premium.name_en
    return f"{name} × {claim.units}", f"/pay/top-up/{payment.pk}"


_TITLES = {CardPurpose.TOP_UP: _of_top_up, CardPurpose.ORDER: _of_order, CardPurpose.PREMIUM: _of_premium}
