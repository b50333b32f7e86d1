"""Giving back: part or all of a payment returns to the lots it came from, with their old last days."""

from uuid import UUID

from accounts.notifications import Value, names_of
from kernel.clock import jst_date
from kernel.ids import new_id
from kernel.problems import NotFound
from kernel.use_case import Act, Key, use_case
from wallet.engine.lots import restore
from wallet.engine.results import Receipt
from wallet.errors import PartOfOrder, PaymentNotVoidable, RefundExceedsPayment
from wallet.events import PaymentRefunded
from wallet.models import Hold, JournalKind, OrderPayment, Payment, PaymentStatus, Refund
from wallet.selectors.lots import outstanding_of
from wallet.selectors.receipts import receipt_of
from wallet.selectors.shops import check_till
from wallet.services import announce, balances, lots
from wallet.services.books import check_amount, new_receipt_number, open_journal, post
from wallet.services.coupons.using import campaigns_part, give_back_coupons, return_to_campaigns, uses_of
from wallet.services.merchants.ceilings import count_refund
from wallet.services.telling import tell_holder


@use_case("wallet.refund_payment", key=Key.REQUIRED, status=201)
def refund_payment(act: Act, *, payment_id: UUID, amount: int) -> Receipt:
    """Give ``amount`` of what was paid back. The lot spent last gets it first; one that has ended is not made to live longer.

    Where coupons took something off, their campaigns get their part back in the same measure; the coupons with the last yen.

    Locks: the key, the payment, the shop's day of refunds, the two balances by account id, the coupons by id, their campaigns
    by account.

    :raises NotFound: :raises NotAllowed: for a till that this person may not run; :raises PartOfOrder: for an order's, which is
    given back by its lines; :raises RefundExceedsPayment: beyond what is left of the payment; :raises RefundNeedsManager: beyond
    the shop's ceiling for who is no manager; :raises ShopShort: where the shop holds less.
    """
    check_amount(amount)
    payment = _lock_payment(act, payment_id)
    refundable = payment.amount - payment.refunded
    if amount > refundable:
        raise RefundExceedsPayment(refundable=refundable)
    is_limited = count_refund(act, payment.shop, amount, before=payment.refunded)
    return give_back(act, payment, amount, is_limited=is_limited)


@use_case("wallet.void_payment", key=Key.REQUIRED, status=201)
def void_payment(act: Act, *, payment_id: UUID) -> Receipt:
    """Cancel a payment whole, on the day in Japan it was made and before anything was refunded.

    :raises PaymentNotVoidable: otherwise; further refusals and locks as in :func:`refund_payment`.
    """
    payment = _lock_payment(act, payment_id)
    if payment.status != PaymentStatus.PAID or jst_date(payment.at) != jst_date(act.at):
        raise PaymentNotVoidable
    is_limited = count_refund(act, payment.shop, payment.amount, before=0)
    return give_back(act, payment, payment.amount, is_void=True, is_limited=is_limited)


def _lock_payment(act: Act, payment_id: UUID) -> Payment:
    payment = Payment.objects.select_for_update(of=("self",)).select_related("shop").filter(pk=payment_id).first()
    if payment is None:
        raise NotFound
    is_today = jst_date(payment.at) == jst_date(act.at)
    check_till(act.principal, payment.shop, "wallet.refund" if is_today else "wallet.refund_later")
    if OrderPayment.objects.filter(payment_id=payment_id).exists():
        raise PartOfOrder
    return payment


def give_back(act: Act, payment: Payment, amount: int, *, is_void: bool = False, is_limited: bool = False) -> Receipt:
    """Give so much of a locked payment back, inside an open act. Locks: both balances; :raises ShopShort:.

    ``is_limited``: it was counted towards the shop's ceiling of the day.
    """
    shop, hold = payment.shop, Hold.objects.get(pk=payment.hold_id) if payment.hold_id else None
    uses = uses_of(payment.pk) if payment.discount else []
    parts = campaigns_part(payment, uses, amount)
    locked = balances.lock(payment.account_id, shop.account_id)
    balances.draw_from_merchant(locked[shop.account_id], amount + sum(part for _use, part in parts))
    counted_on = payment.counted_on if hold is None else hold.counted_on
    restored = balances.give(locked[payment.account_id], amount, counted_on=counted_on)
    moves = restore(outstanding_of(_journals_of(payment, hold)), amount)
    journal = open_journal(act, JournalKind.VOID if is_void else JournalKind.REFUND)
    post(journal, debit=shop.account_id, credit=payment.account_id, amount=amount)
    lots.move(journal, moves)
    if payment.refunded + amount == payment.amount:
        give_back_coupons(act, uses)
    return_to_campaigns(journal, parts, shop_account=shop.account_id)
    refund = Refund.objects.create(
        id=new_id(act.at),
        payment=payment,
        journal=journal,
        amount=amount,
        is_void=is_void,
        receipt_number=new_receipt_number(),
        at=act.at,
        day_restored=restored,
        is_limited=is_limited,
    )
    _note_on(payment, amount, is_void=is_void)
    _tell(act, payment, refund)
    return receipt_of(payment)


def _journals_of(payment: Payment, hold: Hold | None) -> list[int]:
    """Return the journals that moved this payment's coins: its own, its hold's, and those of what came back before."""
    earlier = list(payment.refunds.order_by("at", "id").values_list("journal_id", flat=True))
    return [payment.journal_id, *([hold.journal_id] if hold else []), *earlier]


def _note_on(payment: Payment, amount: int, *, is_void: bool) -> None:
    payment.refunded += amount
    payment.version += 1
    whole = PaymentStatus.VOIDED if is_void else PaymentStatus.REFUNDED
    payment.status = whole if payment.refunded == payment.amount else PaymentStatus.PARTLY_REFUNDED
    payment.save(update_fields=["refunded", "version", "status"])


def _tell(act: Act, payment: Payment, refund: Refund) -> None:
    ids = {"payment_id": payment.pk, "account_id": payment.account_id, "shop_id": payment.shop_id}
    act.audit(
        what={name: str(key) for name, key in ids.items()} | {"refund_id": str(refund.pk), "amount": refund.amount}
    )
    act.emit(
        PaymentRefunded(
            **ids, refund_id=refund.pk, amount=refund.amount, currency=payment.shop.currency, is_void=refund.is_void
        )
    )
    values: dict[str, Value] = {"amount": refund.amount, "shop": names_of(payment.shop), "payment": str(payment.pk)}
    tell_holder(act, account_id=payment.account_id, message="wallet.refunded", values=values, dedupe=refund.pk)
    act.after_commit(lambda: announce.payment_changed(**ids))
