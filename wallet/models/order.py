"""Orders: what an app or a till asks money for, the ways in which it is or was to be paid, and what of it came back.

All sums are guarded by the database: lines make the order, tenders make its price, what comes back of a line or a tender is never
more than was taken (``wallet/migrations/sql/orders.sql``). How parts of tenders are reckoned: ``docs/algorithms/checkout.md``.
"""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kernel.ids import new_id
from wallet.models.account import CURRENCY, Account
from wallet.models.card import CardPayment, CardRefund
from wallet.models.hold import Hold
from wallet.models.journal import Journal
from wallet.models.payment import Payment, Refund
from wallet.models.shop import Shop


class OrderMode(models.TextChoices):
    """Whether the money is taken with the payment, or set aside until the seller says how much it takes."""

    PAY = "pay", _("すぐに支払う")
    HOLD = "hold", _("取り置く")


class OrderStatus(models.TextChoices):
    """An order only moves forward through these; the last three are ends."""

    OPEN = "open", _("支払い待ち")
    HELD = "held", _("取り置き中")
    PAID = "paid", _("支払い済み")
    CANCELLED = "cancelled", _("取消")
    EXPIRED = "expired", _("期限切れ")


class OrderDelivery(models.TextChoices):
    """What became of the thing that was paid for."""

    NONE = "none", _("支払い前")
    WAITING = "waiting", _("お渡し待ち")
    DELIVERED = "delivered", _("お渡し済み")
    FAILED = "failed", _("お渡しできず")


class Order(models.Model):
    """Lines that somebody is asked to pay at a shop. ``source`` and ``source_id`` name it in the app that sells, once for ever.

    ``account`` is null for a bill at a till until somebody pays. ``expires_at`` is until when it can be paid; a held one
    lives until ``held_until``.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, db_index=False, related_name="orders")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, db_index=False, related_name="+")
    source = models.CharField(_("販売元"), max_length=32, db_collation="C")
    source_id = models.CharField(max_length=64, db_collation="C")
    mode = models.CharField(_("支払い方"), max_length=4, choices=OrderMode.choices, db_collation="C")
    by_coin = models.BooleanField(_("コインで支払える"))
    by_card = models.BooleanField(_("カードで支払える"))
    by_mixed = models.BooleanField(_("コインとカードで支払える"))
    status = models.CharField(
        _("状態"), max_length=9, choices=OrderStatus.choices, default=OrderStatus.OPEN, db_collation="C"
    )
    delivery = models.CharField(
        _("お渡し"), max_length=9, choices=OrderDelivery.choices, default=OrderDelivery.NONE, db_collation="C"
    )
    total = models.BigIntegerField(_("合計"))
    currency = models.CharField(_("通貨"), max_length=3, default=CURRENCY, db_collation="C")
    receipt_number = models.CharField(_("受付番号"), max_length=11, unique=True, db_collation="C")
    placed_by = models.UUIDField()
    placed_at = models.DateTimeField(_("注文日時"))
    expires_at = models.DateTimeField(_("支払いの期限"))
    held_until = models.DateTimeField(_("取り置きの期限"), null=True)
    ended_at = models.DateTimeField(_("完了日時"), null=True)
    version = models.IntegerField(_("版"), default=1)

    class Meta:
        verbose_name = _("注文")
        verbose_name_plural = _("注文")
        constraints = [
            models.UniqueConstraint(name="order_once_a_source", fields=["source", "source_id"]),
            models.CheckConstraint(name="order_total", condition=Q(total__gt=0)),
            models.CheckConstraint(
                name="order_methods", condition=Q(by_coin=True) | Q(by_card=True) | Q(by_mixed=True)
            ),
            models.CheckConstraint(
                name="order_mode",
                condition=Q(mode="pay", held_until=None) | Q(mode="hold", held_until__gt=F("expires_at")),
            ),
            models.CheckConstraint(
                name="order_status",
                condition=Q(status="open", ended_at=None, delivery="none")
                | Q(status="held", ended_at=None, delivery="none", mode="hold", account__isnull=False)
                | Q(status__in=["cancelled", "expired"], ended_at__isnull=False, delivery="none")
                | Q(
                    status="paid",
                    ended_at__isnull=False,
                    account__isnull=False,
                    delivery__in=["waiting", "delivered", "failed"],
                ),
            ),
        ]
        indexes = [
            models.Index(name="order_at_shop", fields=["shop", "placed_at"]),
            models.Index(name="order_of_account", fields=["account", "placed_at"]),
            models.Index(name="order_open_until", fields=["expires_at"], condition=Q(status="open")),
            models.Index(name="order_undelivered", fields=["ended_at"], condition=Q(delivery="waiting")),
            models.Index(name="order_held_until", fields=["held_until"], condition=Q(status="held")),
        ]

    def __str__(self) -> str:
        """Show the receipt's number."""
        return self.receipt_number


class OrderLine(models.Model):
    """One line of an order, written once but for ``taken`` (what of it was paid) and ``refunded`` (what of that came back)."""

    pk = models.CompositePrimaryKey("order", "number")
    order = models.ForeignKey(Order, on_delete=models.PROTECT, db_index=False, related_name="lines")
    number = models.SmallIntegerField(_("行"))
    name = models.CharField(_("品名"), max_length=60)
    name_en = models.CharField(_("英語の品名"), max_length=60)
    quantity = models.IntegerField(_("数量"))
    unit_price = models.BigIntegerField(_("単価"))
    amount = models.BigIntegerField(_("金額"))
    product = models.CharField(_("商品の目印"), max_length=40, blank=True, db_collation="C")
    taken = models.BigIntegerField(_("受け取った額"), default=0)
    refunded = models.BigIntegerField(_("返金額"), default=0)

    class Meta:
        verbose_name = _("注文の明細")
        verbose_name_plural = _("注文の明細")
        constraints = [
            models.CheckConstraint(name="order_line_named", condition=~Q(name="") & ~Q(name_en="")),
            models.CheckConstraint(
                name="order_line_amount",
                condition=Q(number__gt=0, quantity__gt=0, unit_price__gt=0, amount=F("quantity") * F("unit_price")),
            ),
            models.CheckConstraint(
                name="order_line_back",
                condition=Q(taken__gte=0, taken__lte=F("amount"), refunded__gte=0, refunded__lte=F("taken")),
            ),
        ]

    def __str__(self) -> str:
        """Show order and number."""
        return str(self.pk)


class OrderMethod(models.TextChoices):
    """What an order is paid with."""

    COIN = "coin", _("コイン")
    CARD = "card", _("カード")
    MIXED = "mixed", _("コインとカード")


class OrderPaymentStatus(models.TextChoices):
    """A way of paying only moves forward: begun, set aside, being captured; in the end paid, or ended without money."""

    BEGUN = "begun", _("手続き中")
    HELD = "held", _("取り置き中")
    CAPTURING = "capturing", _("確定中")
    ENDED = "ended", _("不成立")
    PAID = "paid", _("支払い済み")


LIVE = ("begun", "held", "capturing", "paid")


def _tender(label: Any) -> "models.BigIntegerField[int, int]":
    return models.BigIntegerField(label, default=0)


class OrderPayment(models.Model):
    """One way in which an order is, or was to be, paid; of those that live there is one at the most.

    ``discount``, ``coin`` and ``card`` (the tenders) make the order's total; ``…_taken`` is what of each was taken,
    ``…_refunded`` what of that came back. ``discount`` is what coupons take off: a campaign pays the shop, or the shop takes less.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="payments")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, db_index=False, related_name="+")
    method = models.CharField(_("方法"), max_length=5, choices=OrderMethod.choices, db_collation="C")
    status = models.CharField(
        _("状態"), max_length=9, choices=OrderPaymentStatus.choices, default=OrderPaymentStatus.BEGUN, db_collation="C"
    )
    discount = _tender(_("割引額"))
    coin = _tender(_("コイン"))
    card = _tender(_("カード"))
    discount_taken = _tender(_("割引のうち確定した額"))
    coin_taken = _tender(_("コインのうち確定した額"))
    card_taken = _tender(_("カードのうち確定した額"))
    discount_refunded = _tender(_("割引のうち戻った額"))
    coin_refunded = _tender(_("コインのうち戻った額"))
    card_refunded = _tender(_("カードのうち戻った額"))
    hold = models.OneToOneField(Hold, on_delete=models.PROTECT, null=True, related_name="order_payment")
    card_payment = models.OneToOneField(CardPayment, on_delete=models.PROTECT, null=True, related_name="order_payment")
    payment = models.OneToOneField(Payment, on_delete=models.PROTECT, null=True, related_name="order_payment")
    journal = models.OneToOneField(Journal, on_delete=models.PROTECT, null=True, related_name="+")
    begun_at = models.DateTimeField(_("開始日時"))
    ended_at = models.DateTimeField(_("完了日時"), null=True)

    class Meta:
        verbose_name = _("注文の支払い")
        verbose_name_plural = _("注文の支払い")
        constraints = [
            models.UniqueConstraint(name="order_paid_once", fields=["order"], condition=Q(status__in=LIVE)),
            models.CheckConstraint(
                name="order_payment_method",
                condition=Q(discount__gte=0)
                & (
                    Q(method="coin", coin__gt=0, card=0, card_payment=None)
                    | Q(method="card", coin=0, card__gt=0, card_payment__isnull=False, hold=None)
                    | Q(method="mixed", coin__gt=0, card__gt=0, card_payment__isnull=False, hold__isnull=False)
                ),
            ),
            models.CheckConstraint(
                name="order_payment_tenders",
                condition=Q(
                    discount_refunded__gte=0, discount_refunded__lte=F("discount_taken"), discount_taken__lte=F("discount"),
                    coin_refunded__gte=0, coin_refunded__lte=F("coin_taken"), coin_taken__lte=F("coin"),
                    card_refunded__gte=0, card_refunded__lte=F("card_taken"), card_taken__lte=F("card"),
                ),
            ),
            models.CheckConstraint(
                name="order_payment_status",
                condition=Q(status__in=["begun", "held"], ended_at=None, payment=None, journal=None, coin_taken=0, card_taken=0)
                | Q(status="capturing", ended_at=None, payment=None, journal=None, card_taken__gt=0)
                | Q(status="ended", ended_at__isnull=False, payment=None, journal=None, coin_refunded=0, card_refunded=0)
                | (
                    Q(status="paid", ended_at__isnull=False)
                    & (Q(coin_taken=0, payment=None) | Q(coin_taken__gt=0, payment__isnull=False))
                    & (Q(card_taken=0) | Q(journal__isnull=False))
                ),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Show the id."""
        return str(self.pk)


class OrderRefundReason(models.TextChoices):
    """Why something of an order came back."""

    SHOP = "shop", _("お店の返金")
    UNDELIVERED = "undelivered", _("お渡しできなかったため")


class OrderRefund(models.Model):
    """Lines of an order came back, and a part of each tender with them. ``amount`` is what its lines say.

    ``refund`` gave the coins back, ``journal`` the card's and the campaigns' part, ``card_refund`` brings the money to the
    card. Where the card company refuses that for good, ``restored_journal`` put the card's part back with the shop, and
    an officer is called. ``is_limited`` as of a :class:`~wallet.models.Refund`.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    order_payment = models.ForeignKey(OrderPayment, on_delete=models.PROTECT, related_name="refunds")
    amount = models.BigIntegerField(_("金額"))
    discount = _tender(_("割引"))
    coin = _tender(_("コイン"))
    card = _tender(_("カード"))
    reason = models.CharField(_("理由"), max_length=11, choices=OrderRefundReason.choices, db_collation="C")
    refund = models.OneToOneField(Refund, on_delete=models.PROTECT, null=True, related_name="order_refund")
    card_refund = models.OneToOneField(CardRefund, on_delete=models.PROTECT, null=True, related_name="order_refund")
    journal = models.OneToOneField(Journal, on_delete=models.PROTECT, null=True, related_name="+")
    restored_journal = models.OneToOneField(Journal, on_delete=models.PROTECT, null=True, related_name="+")
    receipt_number = models.CharField(_("受付番号"), max_length=11, unique=True, db_collation="C")
    by = models.UUIDField()
    at = models.DateTimeField(_("日時"))
    is_limited = models.BooleanField(default=False, db_default=False)

    class Meta:
        verbose_name = _("注文の返金")
        verbose_name_plural = _("注文の返金")
        constraints = [
            models.CheckConstraint(
                name="order_refund_amount",
                condition=Q(amount__gt=0, discount__gte=0, coin__gte=0, card__gte=0)
                & Q(amount=F("discount") + F("coin") + F("card")),
            ),
            models.CheckConstraint(
                name="order_refund_ways",
                condition=(Q(coin=0, refund=None) | Q(coin__gt=0, refund__isnull=False))
                & (
                    Q(card=0, card_refund=None, restored_journal=None)
                    | Q(card__gt=0, card_refund__isnull=False, journal__isnull=False)
                ),
            ),
        ]

    def __str__(self) -> str:
        """Show the receipt's number."""
        return self.receipt_number


class OrderRefundLine(models.Model):
    """So much of one line came back. Written once."""

    pk = models.CompositePrimaryKey("refund", "number")
    refund = models.ForeignKey(OrderRefund, on_delete=models.PROTECT, db_index=False, related_name="lines")
    number = models.SmallIntegerField(_("行"))
    amount = models.BigIntegerField(_("金額"))

    class Meta:
        verbose_name = _("注文の返金の明細")
        verbose_name_plural = _("注文の返金の明細")
        constraints = [models.CheckConstraint(name="order_refund_line_amount", condition=Q(amount__gt=0))]

    def __str__(self) -> str:
        """Show refund and number."""
        return str(self.pk)
