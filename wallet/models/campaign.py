"""Campaigns: what the city means to give, each with an account whose balance is the budget that is left."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kernel.ids import new_id
from wallet.models.account import Account
from wallet.models.journal import Journal


class Campaign(models.Model):
    """One budget of the city. Coupons and bonuses are paid from its account, whose balance row can never fall below nothing."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.OneToOneField(Account, on_delete=models.PROTECT, related_name="campaign")
    name = models.CharField(_("事業の名前"), max_length=60)
    opened_at = models.DateTimeField(_("開始日時"))
    closed_at = models.DateTimeField(_("終了日時"), null=True, blank=True)

    class Meta:
        verbose_name = _("キャンペーン")
        verbose_name_plural = _("キャンペーン")
        constraints = [
            models.CheckConstraint(name="campaign_named", condition=~Q(name="")),
            models.CheckConstraint(
                name="campaign_closed_after_opened",
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("opened_at")),
            ),
        ]

    def __str__(self) -> str:
        """Show the name."""
        return self.name


class CampaignFunding(models.Model):
    """The budget was raised by ``amount``, or so much of what was left went back. Written once."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="fundings")
    journal = models.OneToOneField(Journal, on_delete=models.PROTECT, related_name="+")
    amount = models.BigIntegerField(_("金額"))
    is_return = models.BooleanField(_("戻し"), default=False)
    why = models.CharField(_("理由"), max_length=200)
    at = models.DateTimeField(_("日時"))

    class Meta:
        verbose_name = _("予算の増減")
        verbose_name_plural = _("予算の増減")
        constraints = [models.CheckConstraint(name="campaign_funding_amount", condition=Q(amount__gt=0))]

    def __str__(self) -> str:
        """Show the id."""
        return str(self.pk)
