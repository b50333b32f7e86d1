"""Payments and what is given back of them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kernel.ids import new_id
from wallet.models.account import Account
from wallet.models.code import QrToken
from wallet.models.hold import Hold
from wallet.models.journal import Journal
from wallet.models.shop import Shop


class PaymentStatus(models.TextChoices):
    """What has become of a payment."""

    PAID = "paid", _("支払い済み")
    PARTLY_REFUNDED = "partly_refunded", _("一部返金")
    REFUNDED = "refunded", _("返金済み")
    VOIDED = "voided", _("取消済み")


class Payment(models.Model):
    """Coins went from a resident's account to a shop. ``version`` rises with every change; ``qr_token`` only for codes of one use.

    That no more is refunded than was paid, and the status fits, is checked by a trigger on change: a payment is born ``paid``.

    ``amount`` is what the payer paid; ``discount`` is what coupons took off the price before (``wallet.models.coupon``).
    ``counted_on`` is the day whose limit it used; null for a captured hold, which was counted when it was set aside. Its references
    carry no foreign key in the database, for the reason given in ``wallet.models.journal``.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    journal = models.ForeignKey(
        Journal, on_delete=models.PROTECT, db_constraint=False, db_index=False, related_name="+"
    )
    account = models.ForeignKey(
        Account, on_delete=models.PROTECT, db_constraint=False, db_index=False, related_name="+"
    )
    shop = models.ForeignKey(
        Shop,
        on_delete=models.PROTECT,
        db_constraint=False,
        db_index=False,
        related_name="payments",
        verbose_name=_("店舗"),
    )
    amount = models.BigIntegerField(_("金額"))
    discount = models.BigIntegerField(_("割引額"), default=0, db_default=0)
    refunded = models.BigIntegerField(_("返金額"), default=0)
    status = models.CharField(
        _("状態"), max_length=16, choices=PaymentStatus.choices, default=PaymentStatus.PAID, db_collation="C"
    )
    receipt_number = models.CharField(_("レシート番号"), max_length=11, db_collation="C")
    at = models.DateTimeField(_("日時"))
    version = models.IntegerField(_("版"), default=1)
    counted_on = models.DateField(null=True)
    qr_token = models.ForeignKey(
        QrToken, on_delete=models.PROTECT, null=True, db_constraint=False, db_index=False, related_name="+"
    )
    hold = models.ForeignKey(
        Hold, on_delete=models.PROTECT, null=True, db_constraint=False, db_index=False, related_name="+"
    )

    class Meta:
        verbose_name = _("支払い")
        verbose_name_plural = _("支払い")
        constraints = [
            models.UniqueConstraint(name="payment_receipt_number", fields=["receipt_number"]),
            models.UniqueConstraint(
                name="payment_once_a_code", fields=["qr_token"], condition=Q(qr_token__isnull=False)
            ),
        ]
        indexes = [
            models.Index(name="payment_of_account", fields=["account", "at"]),
            models.Index(name="payment_at_shop", fields=["shop", "at"]),
        ]

    def __str__(self) -> str:
        """Show the receipt's number."""
        return self.receipt_number


class Refund(models.Model):
    """Part or all of a payment went back to the lots it came from. Written once, never changed.

    ``is_limited``: who gave it back is no manager, so it counts towards the shop's ceiling of the day (:class:`RefundDay`).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="refunds")
    journal = models.OneToOneField(Journal, on_delete=models.PROTECT, related_name="+")
    amount = models.BigIntegerField(_("金額"))
    is_void = models.BooleanField(_("取消"), default=False)
    receipt_number = models.CharField(_("レシート番号"), max_length=11, db_collation="C")
    at = models.DateTimeField(_("日時"))
    day_restored = models.BooleanField(default=False)
    is_limited = models.BooleanField(default=False, db_default=False)

    class Meta:
        verbose_name = _("返金")
        verbose_name_plural = _("返金")
        constraints = [
            models.CheckConstraint(name="refund_amount_positive", condition=Q(amount__gt=0)),
            models.UniqueConstraint(name="refund_receipt_number", fields=["receipt_number"]),
        ]

    def __str__(self) -> str:
        """Show the receipt's number."""
        return self.receipt_number


class RefundCeiling(models.Model):
    """How much may be given back at a shop without its manager: of one payment, and of one day in Japan; null for no ceiling."""

    shop = models.OneToOneField(Shop, on_delete=models.PROTECT, primary_key=True, related_name="refund_ceiling")
    per_payment = models.BigIntegerField(_("1件の返金の上限"), null=True)
    per_day = models.BigIntegerField(_("1日の返金の上限"), null=True)
    set_by = models.UUIDField(_("決めた人"))
    set_at = models.DateTimeField(_("決めた日時"))

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="refund_ceiling_amounts",
                condition=(Q(per_payment__isnull=True) | Q(per_payment__gte=0))
                & (Q(per_day__isnull=True) | Q(per_day__gte=0)),
            ),
        ]

    def __str__(self) -> str:
        """Show the shop."""
        return str(self.pk)


class RefundDay(models.Model):
    """What was given back at a shop on a day in Japan without its manager; ``most`` is the ceiling of the last time."""

    pk = models.CompositePrimaryKey("shop", "day")
    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="+", db_index=False)
    day = models.DateField()
    given = models.BigIntegerField()
    most = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="refund_day_within_its_ceiling",
                condition=Q(given__gt=0) & (Q(most__isnull=True) | Q(given__lte=models.F("most"))),
            ),
        ]

    def __str__(self) -> str:
        """Show both keys."""
        return str(self.pk)
