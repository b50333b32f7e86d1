"""Codes: what a QR stands for, kept by the hash of its secret."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kernel.ids import new_id
from wallet.models.account import Account
from wallet.models.shop import Shop


class CodeKind(models.TextChoices):
    """A shop's standing code, a charge of one amount, or a customer's own."""

    SHOP = "shop", _("店舗")
    CHARGE = "charge", _("請求")
    CUSTOMER = "customer", _("お客さま")


class QrToken(models.Model):
    """One code, found by SHA-256 of its token (``kernel.ids.token_hash``).

    ``shop``: the amount is the payer's, never used up. ``charge``: amount and end fixed by the shop, one use. ``customer``:
    stands for an account for five minutes, one use. A code of one use is locked by its row, the first lock of a payment.
    ``made_by`` is the till or person that made a charge.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    hash = models.BinaryField(unique=True)
    kind = models.CharField(_("種別"), max_length=8, choices=CodeKind.choices, db_collation="C")
    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, null=True, db_index=False, related_name="codes")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, db_index=False, related_name="+")
    amount = models.BigIntegerField(_("金額"), null=True)
    made_by = models.UUIDField(_("作成した人・レジ"), null=True)
    created_at = models.DateTimeField(_("作成日時"))
    expires_at = models.DateTimeField(_("有効期限"), null=True)
    used_at = models.DateTimeField(_("使用日時"), null=True)
    cancelled_at = models.DateTimeField(_("取消日時"), null=True)

    class Meta:
        verbose_name = _("QRコード")
        verbose_name_plural = _("QRコード")
        constraints = [
            models.CheckConstraint(
                name="qr_token_shape",
                condition=Q(
                    kind="shop", shop__isnull=False, account__isnull=True, amount__isnull=True, used_at__isnull=True
                )
                | Q(kind="charge", shop__isnull=False, account__isnull=True, amount__gt=0, expires_at__isnull=False)
                | Q(
                    kind="customer",
                    shop__isnull=True,
                    account__isnull=False,
                    amount__isnull=True,
                    expires_at__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="qr_token_used_or_cancelled", condition=Q(used_at__isnull=True) | Q(cancelled_at__isnull=True)
            ),
        ]
        indexes = [
            models.Index(name="qr_token_of_shop", fields=["shop", "created_at"], condition=Q(shop__isnull=False)),
            models.Index(name="qr_token_of_customer", fields=["account", "created_at"], condition=Q(kind="customer")),
        ]

    def __str__(self) -> str:
        """Show the id."""
        return str(self.pk)
