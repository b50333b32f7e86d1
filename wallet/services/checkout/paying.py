"""Paying an order: with coins at once, by card on the card company's page, or with both: the coins are set aside first."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.conf import settings

from kernel.idempotency import Answer
from kernel.ids import new_id
from kernel.principal import Principal
from kernel.problems import NotFound
from kernel.use_case import Act, Key, use_case
from wallet.engine.checkout import CARD_LEAST, Tenders
from wallet.engine.coupons.answers import AskedCoupon
from wallet.engine.order_results import Method, OrderShown
from wallet.errors import (
    AccountClosed,
    AccountFrozen,
    LimitPerPayment,
    OrderBeingPaid,
    OrderMethodRefused,
    OrderNotOpen,
    OrderPartUnsound,
    PayingOneself,
    ShopClosed,
)
from wallet.gateways.cards import card_vendor
from wallet.models import (
    Account,
    Balance,
    CardMethod,
    CardPayment,
    CardPurpose,
    CardStatus,
    Frozen,
    Order,
    OrderMode,
    OrderStatus,
)
from wallet.selectors.cards_taken import UNFINISHED, card_payment
from wallet.selectors.coupons import exactly, place_of
from wallet.selectors.orders import basket_of, check_payer, methods_of, order_shown, own_accounts, whole_orders
from wallet.services.cards.asking import asking
from wallet.services.cards.looking import book, look
from wallet.services.cards.starting import PAGE_LIVES, check_not_too_many, open_page
from wallet.services.opening import own_account
from wallet.services.orders.booking import LIVE, begin, fix_whole, live_payment, lock_order, set_held, take


def pay_order(
    act: Act, *, order_id: UUID, token: str = "", method: Method, coin: int = 0, coupons: Sequence[AskedCoupon] = ()
) -> Answer:  # fmt: skip
    """Pay an order, or begin to: where a card pays, the answer leads to the card company's page, the same for the same key.

    Refusals are those of :func:`begin_order_payment`; :raises CardsNotOffered: :raises CardVendorAway: :raises CardVendorRefuses:.
    """
    vendor = None if method == "coin" else card_vendor()
    asked = {"order_id": order_id, "token": token, "method": method, "coin": coin, "coupons": list(coupons)}
    answer = begin_order_payment.answer(act, **asked)  # type: ignore[arg-type]
    if answer.is_refusal or vendor is None:
        return answer
    row = _live_card(order_id)
    if row is not None:
        open_page(act, vendor, row)
    return Answer.of(_shown(order_id), begin_order_payment.status)


@use_case("wallet.pay_order", key=Key.REQUIRED, status=201)
def begin_order_payment(
    act: Act, *, order_id: UUID, token: str, method: Method, coin: int, coupons: Sequence[AskedCoupon]
) -> OrderShown:
    """Take the coins, or set aside what waits for a card or for the seller; ``coin`` is their part where both pay.

    Exactly what was quoted with ``coupons`` is charged. A bill that was nobody's is the payer's from now on.

    Locks: the key, the order, the payer's balance, coupons, budgets.

    :raises NotFound: for another's order; :raises OrderNotOpen: :raises OrderBeingPaid: where another is faster;
    :raises OrderMethodRefused: :raises ShopClosed: :raises PayingOneself: :raises QuoteChanged: :raises OrderPartUnsound:
    :raises LimitPerPayment: and as a payment for the coins' part.
    """
    order = _locked(act, order_id, token, method)
    account_id = own_account(act)
    _check_parties(order, account_id)
    uses = exactly(place_of(order.shop), account_id, basket_of(order), coupons, at=act.at) if coupons else []
    tenders = _tenders(order, method, coin, sum(use.discount for use in uses))
    card = _note_card(act, order, account_id, tenders.card) if tenders.card else None
    until = order.held_until or act.at + PAGE_LIVES
    row = begin(act, order, account_id, tenders, uses, method=method, card_payment=card, until=until)
    if card is None and order.mode == OrderMode.HOLD:
        set_held(act, order, row)
    elif card is None:
        fix_whole(order, row)
        take(act, order, row)
    act.audit(what={"order_id": str(order_id), "account_id": str(account_id), "method": method, **tenders._asdict()})
    return _shown(order_id)


def look_for_order(principal: Principal, order_id: UUID, *, at: datetime) -> OrderShown:
    """Ask the card company how one's own order stands, where there is something to learn; :raises NotFound: for another's."""
    card = _own_card(principal, order_id)
    if card is not None and card.status in UNFINISHED:
        look(card.pk, at=at)
    return _shown(order_id)


def give_up_order_payment(act: Act, *, order_id: UUID) -> OrderShown:
    """End a card payment that was begun and not made; the order can then be paid in another way. One that was made stays.

    :raises NotFound: for another's; :raises OrderNotOpen: where nothing is to be given up; :raises CardVendorAway:.
    """
    card = _own_card(act.principal, order_id)
    if card is None or card.status not in UNFINISHED or card.status == CardStatus.RESERVED:
        raise OrderNotOpen
    open_page(act, card_vendor(), card)  # a page that nobody opened could still be opened: it is ended as well
    card = card_payment(card.pk)
    if card.session_id is not None:
        with asking():
            said = card_vendor().cancel(card.session_id)
        book(card.pk, said, at=act.at)
    return _shown(order_id)


def _locked(act: Act, order_id: UUID, token: str, method: Method) -> Order:
    order = lock_order(order_id)
    if order is None:
        raise NotFound
    check_payer(act.principal, order, token)
    if order.status != OrderStatus.OPEN or order.expires_at <= act.at:
        raise OrderNotOpen
    if live_payment(order) is not None:
        raise OrderBeingPaid
    if method not in methods_of(order):
        raise OrderMethodRefused
    return order


def _check_parties(order: Order, account_id: UUID) -> None:
    if order.shop.closed_at is not None:
        raise ShopClosed
    if account_id == order.shop.account_id:
        raise PayingOneself
    if Account.objects.filter(pk=account_id, closed_at__isnull=False).exists():
        raise AccountClosed
    if Balance.objects.filter(pk=account_id, frozen__gt=Frozen.NO).exists():
        raise AccountFrozen


def _tenders(order: Order, method: Method, coin: int, discount: int) -> Tenders:
    """Return what makes the price: a card pays all, or what coins leave over."""
    pays = order.total - discount
    parts = {"coin": Tenders(discount, pays, 0), "card": Tenders(discount, 0, pays)}
    tenders = parts.get(method, Tenders(discount, coin, pays - coin))
    if (method == "mixed" and coin < 1) or (method != "coin" and tenders.card < CARD_LEAST):
        raise OrderPartUnsound(most=max(0, pays - CARD_LEAST))
    if tenders.coin > settings.COIN["per_payment"]:
        raise LimitPerPayment(limit=settings.COIN["per_payment"])
    return tenders


def _note_card(act: Act, order: Order, account_id: UUID, amount: int) -> CardPayment:
    check_not_too_many(account_id, at=act.at)
    return CardPayment.objects.create(
        id=new_id(act.at), purpose=CardPurpose.ORDER, method=CardMethod.CARD, account_id=account_id, amount=amount,
        language=act.principal.language, started_at=act.at, closes_at=act.at + PAGE_LIVES,
        is_held=order.mode == OrderMode.HOLD,
    )  # fmt: skip


def _own_card(principal: Principal, order_id: UUID) -> CardPayment | None:
    """Return the card payment that is under way for one's own order; :raises NotFound: for another's."""
    if not Order.objects.filter(pk=order_id, account_id__in=own_accounts(principal)).exists():
        raise NotFound
    return _live_card(order_id)


def _live_card(order_id: UUID) -> CardPayment | None:
    return CardPayment.objects.filter(order_payment__order_id=order_id, order_payment__status__in=LIVE).first()


def _shown(order_id: UUID) -> OrderShown:
    return order_shown(whole_orders().get(pk=order_id), is_payer=True)
