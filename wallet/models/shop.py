"""Shops where the coin is taken."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kernel.ids import new_id
from wallet.models.account import CURRENCY, Account


class Shop(models.Model):
    """One shop of a merchant (an organisation of the accounts floor, by its id), with its own account and till."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation_id = models.UUIDField(_("組織"), db_index=True)
    account = models.OneToOneField(Account, on_delete=models.PROTECT, related_name="shop")
    currency = models.CharField(_("通貨"), max_length=3, default=CURRENCY, db_collation="C")
    name = models.CharField(_("店名"), max_length=60)
    name_en = models.CharField(_("英語の店名"), max_length=60)
    trade = models.CharField(_("業種コード（MCC）"), max_length=4, db_collation="C")
    district = models.CharField(_("地区"), max_length=60, blank=True)
    opened_at = models.DateTimeField(_("登録日時"))
    closed_at = models.DateTimeField(_("閉店日時"), null=True, blank=True)

    class Meta:
        verbose_name = _("店舗")
        verbose_name_plural = _("店舗")
        constraints = [
            models.CheckConstraint(name="shop_trade_is_mcc", condition=Q(trade__regex="^[0-9]{4}$")),
            models.CheckConstraint(name="shop_named", condition=~Q(name="") & ~Q(name_en="")),
            models.CheckConstraint(
                name="shop_closed_after_opened",
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("opened_at")),
            ),
        ]

    def __str__(self) -> str:
        """Show the name: a shop's is public."""
        return self.name
