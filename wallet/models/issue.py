"""How coins come into an account and how they end: top-ups and expiries. Written once, never changed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kernel.ids import new_id
from wallet.models.account import Account
from wallet.models.code import QrToken
from wallet.models.journal import Journal
from wallet.models.shop import Shop


class TopUpKind(models.TextChoices):
    """Where the money was taken in, or that nothing was paid."""

    COUNTER = "counter", _("市役所の窓口")
    SHOP = "shop", _("店頭")
    CARD = "card", _("カード")
    KONBINI = "konbini", _("コンビニ")
    BANK = "bank", _("銀行振込")
    GIFT = "gift", _("ボーナスのみ")


class TopUp(models.Model):
    """Coins were issued: ``amount`` against cash and ``bonus`` as a gift of the city, each a lot of its own."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    journal = models.OneToOneField(Journal, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, db_index=False, related_name="+")
    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, null=True, db_index=False, related_name="top_ups")
    kind = models.CharField(_("種別"), max_length=8, choices=TopUpKind.choices, db_collation="C")
    amount = models.BigIntegerField(_("金額"))
    bonus = models.BigIntegerField(_("ボーナス"), default=0)
    receipt_number = models.CharField(_("レシート番号"), max_length=11, db_collation="C")
    at = models.DateTimeField(_("日時"))
    qr_token = models.OneToOneField(QrToken, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("チャージ")
        verbose_name_plural = _("チャージ")
        constraints = [
            models.CheckConstraint(
                name="top_up_kind",
                condition=Q(kind__in=["counter", "card", "konbini", "bank"], shop__isnull=True, amount__gt=0)
                | Q(kind="shop", shop__isnull=False, amount__gt=0)
                | Q(kind="gift", shop__isnull=True, amount=0, bonus__gt=0),
            ),
            models.CheckConstraint(name="top_up_bonus", condition=Q(bonus__gte=0)),
            models.UniqueConstraint(name="top_up_receipt_number", fields=["receipt_number"]),
        ]
        indexes = [
            models.Index(name="top_up_of_account", fields=["account", "at"]),
            models.Index(name="top_up_at_shop", fields=["shop", "at"], condition=Q(shop__isnull=False)),
        ]

    def __str__(self) -> str:
        """Show the receipt's number."""
        return self.receipt_number


class Expiry(models.Model):
    """What was left in an account's lots after their last day went back to the city."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    journal = models.OneToOneField(Journal, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, db_index=False, related_name="+")
    amount = models.BigIntegerField(_("金額"))
    at = models.DateTimeField(_("日時"))

    class Meta:
        verbose_name = _("失効")
        verbose_name_plural = _("失効")
        constraints = [models.CheckConstraint(name="expiry_amount_positive", condition=Q(amount__gt=0))]
        indexes = [models.Index(name="expiry_of_account", fields=["account", "at"])]

    def __str__(self) -> str:
        """Show the id."""
        return str(self.pk)
