"""A shop's day as it was closed, and the view of what moves at a shop's tills."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kernel.ids import new_id
from wallet.models.shop import Shop


class ShopMovement(models.Model):
    """One payment, refund, void or top-up at a shop (SQL view ``wallet_shopmovement``), in whole yen, from the postings themselves.

    ``customer``: what the customer paid, got back, or laid down in cash; ``city``: the campaigns' part of it; ``own``: what the
    shop's own coupons took off, which is nobody's money. ``taken_by``: the till or person that took it, null for the standing
    code.
    """

    id = models.BigIntegerField(primary_key=True)
    shop_id = models.UUIDField()
    kind = models.TextField()
    at = models.DateTimeField()
    customer = models.BigIntegerField()
    city = models.BigIntegerField()
    own = models.BigIntegerField()
    taken_by = models.UUIDField(null=True)
    receipt_number = models.TextField()

    class Meta:
        managed = False
        db_table = "wallet_shopmovement"

    def __str__(self) -> str:
        """Show id and kind."""
        return f"{self.pk} {self.kind}"


FIGURES = (
    "payments", "customers", "city", "own", "refunds", "refunded", "refunded_city", "voids", "voided", "voided_city",
    "top_ups", "topped_up",
)  # fmt: skip


class ShopClosing(models.Model):
    """A shop's day, closed: what was counted then, and its sums. Written once; what is booked onto the day later is a correction.

    ``counted`` holds the journals that were counted, in order, and ``digest`` is the SHA-256 of what they said
    (:func:`wallet.engine.shop_day.digest`); ``tills`` holds the same sums for each till (:class:`wallet.engine.shop_day.TillSum`).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="closings", db_index=False)
    day = models.DateField(_("日"))
    closed_by = models.UUIDField(_("締めた人"))
    closed_at = models.DateTimeField(_("締めた日時"))
    counted = ArrayField(models.BigIntegerField())
    digest = models.CharField(max_length=64, db_collation="C")
    tills = models.JSONField()
    payments = models.BigIntegerField(_("お支払いの件数"))
    customers = models.BigIntegerField(_("お客さまのお支払い"))
    city = models.BigIntegerField(_("市のクーポン分"))
    own = models.BigIntegerField(_("店のクーポンの値引き"))
    refunds = models.BigIntegerField(_("返金の件数"))
    refunded = models.BigIntegerField(_("お客さまへの返金"))
    refunded_city = models.BigIntegerField(_("市への返金"))
    voids = models.BigIntegerField(_("取消の件数"))
    voided = models.BigIntegerField(_("お客さまへの取消"))
    voided_city = models.BigIntegerField(_("市への取消"))
    top_ups = models.BigIntegerField(_("チャージの件数"))
    topped_up = models.BigIntegerField(_("チャージの現金"))

    class Meta:
        verbose_name = _("日計")
        verbose_name_plural = _("日計")
        constraints = [
            models.UniqueConstraint(name="shop_closing_once_a_day", fields=["shop", "day"]),
            models.CheckConstraint(name="shop_closing_figures", condition=Q(**{f"{name}__gte": 0 for name in FIGURES})),
            models.CheckConstraint(name="shop_closing_digest", condition=Q(digest__regex="^[0-9a-f]{64}$")),
        ]

    def __str__(self) -> str:
        """Show shop and day."""
        return f"{self.shop_id} {self.day}"
