"""Stamp cards: what is offered, and which payments earned a stamp."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kernel.ids import new_id
from wallet.models.account import Account
from wallet.models.campaign import Campaign
from wallet.models.coupon import Coupon
from wallet.models.payment import Payment


class StampCard(models.Model):
    """One stamp card that is offered. Its rule (``wallet.engine.stamps``) is written once; only ``given`` and pause change.

    ``campaign`` pays its coins or coupon, or it is a merchant's own (``organisation_id``), whose ``coupon`` the merchant bears.
    ``given`` counts the rewards that stand; its CHECK is the last guard of the last one.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    title = models.CharField(_("スタンプカードの名前"), max_length=60)
    title_en = models.CharField(_("英語の名前"), max_length=60)
    rule = models.JSONField(_("決まり"))
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, null=True, related_name="stamp_cards")
    organisation_id = models.UUIDField(null=True, db_index=True)
    coupon = models.ForeignKey(Coupon, on_delete=models.PROTECT, null=True, related_name="+")
    starts_at = models.DateTimeField(_("開始日時"))
    ends_at = models.DateTimeField(_("終了日時"), db_index=True)
    stock = models.IntegerField(_("特典の数"), null=True)
    given = models.IntegerField(_("渡した特典の数"), default=0)
    paused_at = models.DateTimeField(_("停止日時"), null=True)
    created_at = models.DateTimeField(_("作成日時"))
    created_by = models.UUIDField()

    class Meta:
        verbose_name = _("スタンプカード")
        verbose_name_plural = _("スタンプカード")
        constraints = [
            models.CheckConstraint(name="stamp_card_named", condition=~Q(title="") & ~Q(title_en="")),
            models.CheckConstraint(name="stamp_card_period", condition=Q(starts_at__lt=F("ends_at"))),
            models.CheckConstraint(
                name="stamp_card_stock_never_passed",
                condition=Q(given__gte=0) & (Q(stock__isnull=True) | Q(stock__gte=1, given__lte=F("stock"))),
            ),
            models.CheckConstraint(
                name="stamp_card_has_one_purse",
                condition=Q(campaign__isnull=False, organisation_id__isnull=True)
                | Q(campaign__isnull=True, organisation_id__isnull=False, coupon__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        """Show the name."""
        return self.title


class Stamp(models.Model):
    """A payment earned a stamp on a card, once for ever: with the payment it is taken back, and never earned again by it.

    On which of the person's cards it lies is reckoned from the stamps that stand (``wallet.engine.stamps.fill``).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    card = models.ForeignKey(StampCard, on_delete=models.PROTECT, db_index=False, related_name="stamps")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, db_index=False, related_name="+")
    payment = models.ForeignKey(
        Payment, on_delete=models.PROTECT, db_constraint=False, db_index=False, related_name="stamps"
    )
    shop_id = models.UUIDField()
    at = models.DateTimeField(_("日時"))
    day = models.DateField(_("日付"))
    taken_back_at = models.DateTimeField(_("取消日時"), null=True)

    class Meta:
        verbose_name = _("スタンプ")
        verbose_name_plural = _("スタンプ")
        constraints = [models.UniqueConstraint(name="stamp_once_a_payment", fields=["payment", "card"])]
        indexes = [models.Index(name="stamp_of_account", fields=["account", "card"])]

    def __str__(self) -> str:
        """Show the id."""
        return str(self.pk)
