"""Shops where the coin is taken."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kernel.ids import new_id
from wallet.models.account import CURRENCY, Account


class Shop(models.Model):
    """One shop of a merchant (an organisation of the accounts floor, by its id), with its own account and till.

    ``hours`` holds a :class:`wallet.engine.hours.Hours`; ``kind`` is what people call such a shop, ``trade`` what card schemes do.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation_id = models.UUIDField(_("組織"), db_index=True)
    account = models.OneToOneField(Account, on_delete=models.PROTECT, related_name="shop")
    currency = models.CharField(_("通貨"), max_length=3, default=CURRENCY, db_collation="C")
    name = models.CharField(_("店名"), max_length=60)
    name_en = models.CharField(_("英語の店名"), max_length=60)
    name_kana = models.CharField(_("店名（カナ）"), max_length=60, blank=True)
    trade = models.CharField(_("業種コード（MCC）"), max_length=4, db_collation="C")
    district = models.CharField(_("地区"), max_length=60, blank=True)
    kind = models.CharField(_("お店の種類"), max_length=30, blank=True)
    kind_en = models.CharField(_("お店の種類（英語）"), max_length=30, blank=True)
    address = models.CharField(_("所在地"), max_length=120, blank=True)
    address_en = models.CharField(_("所在地（英語）"), max_length=120, blank=True)
    latitude_e6 = models.IntegerField(_("緯度（百万分の1度）"), null=True, blank=True)
    longitude_e6 = models.IntegerField(_("経度（百万分の1度）"), null=True, blank=True)
    telephone = models.CharField(_("電話番号"), max_length=16, blank=True, db_collation="C")
    hours = models.JSONField(_("営業時間"), null=True, blank=True)
    opened_at = models.DateTimeField(_("登録日時"))
    closed_at = models.DateTimeField(_("閉店日時"), null=True, blank=True)

    class Meta:
        verbose_name = _("店舗")
        verbose_name_plural = _("店舗")
        constraints = [
            models.CheckConstraint(name="shop_trade_is_mcc", condition=Q(trade__regex="^[0-9]{4}$")),
            models.CheckConstraint(name="shop_named", condition=~Q(name="") & ~Q(name_en="")),
            models.CheckConstraint(
                name="shop_place_whole",
                condition=Q(latitude_e6__isnull=True, longitude_e6__isnull=True)
                | Q(
                    latitude_e6__isnull=False,
                    longitude_e6__isnull=False,
                    latitude_e6__range=(-90_000_000, 90_000_000),
                    longitude_e6__range=(-180_000_000, 180_000_000),
                ),
            ),
            models.CheckConstraint(
                name="shop_telephone", condition=Q(telephone="") | Q(telephone__regex=r"^\+?[0-9][0-9-]{5,14}$")
            ),
            models.CheckConstraint(
                name="shop_closed_after_opened",
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("opened_at")),
            ),
        ]

    def __str__(self) -> str:
        """Show the name: a shop's is public."""
        return self.name
