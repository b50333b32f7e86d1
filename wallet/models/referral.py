"""Referrals: campaigns, links that residents share, newcomers, and codes that were not taken."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kernel.ids import new_id
from wallet.models.account import Account
from wallet.models.campaign import Campaign
from wallet.models.payment import Payment


class ReferralCampaign(models.Model):
    """One referral campaign, paid by ``campaign``. Its rule (``wallet.engine.referrals``) is written once.

    ``rewarded`` counts the referrals that stand as earned; its CHECK is the last guard of the last one.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    title = models.CharField(_("紹介の名前"), max_length=60)
    title_en = models.CharField(_("英語の名前"), max_length=60)
    rule = models.JSONField(_("決まり"))
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="referral_campaigns")
    starts_at = models.DateTimeField(_("開始日時"))
    ends_at = models.DateTimeField(_("終了日時"), db_index=True)
    stock = models.IntegerField(_("組数"), null=True)
    rewarded = models.IntegerField(_("特典を渡した組"), default=0)
    paused_at = models.DateTimeField(_("停止日時"), null=True)
    created_at = models.DateTimeField(_("作成日時"))
    created_by = models.UUIDField()

    class Meta:
        verbose_name = _("紹介キャンペーン")
        verbose_name_plural = _("紹介キャンペーン")
        constraints = [
            models.CheckConstraint(name="referral_campaign_named", condition=~Q(title="") & ~Q(title_en="")),
            models.CheckConstraint(name="referral_campaign_period", condition=Q(starts_at__lt=F("ends_at"))),
            models.CheckConstraint(
                name="referral_campaign_stock_never_passed",
                condition=Q(rewarded__gte=0) & (Q(stock__isnull=True) | Q(stock__gte=1, rewarded__lte=F("stock"))),
            ),
        ]

    def __str__(self) -> str:
        """Show the name."""
        return self.title


class ReferralLink(models.Model):
    """A resident's link of one campaign, by the hash of its token; ``said``: what they let the newcomer read, sealed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    referral_campaign = models.ForeignKey(ReferralCampaign, on_delete=models.PROTECT, related_name="links")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    hash = models.BinaryField(unique=True)
    said = models.BinaryField(default=b"")
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("紹介のリンク")
        verbose_name_plural = _("紹介のリンク")
        constraints = [
            models.UniqueConstraint(name="referral_link_once_a_campaign", fields=["referral_campaign", "account"])
        ]

    def __str__(self) -> str:
        """Show the id."""
        return str(self.pk)


class Referral(models.Model):
    """A newcomer entered a code: once for ever, whatever comes of it.

    ``payment`` is the one by which it was earned; ``undone_at``: that payment went back whole. No foreign key in the database for
    it, for the reason given in ``wallet.models.journal``.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    link = models.ForeignKey(ReferralLink, on_delete=models.PROTECT, related_name="referrals")
    newcomer = models.OneToOneField(Account, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(_("日時"))
    pay_until = models.DateTimeField(_("支払いの期限"))
    payment = models.OneToOneField(Payment, on_delete=models.PROTECT, null=True, db_constraint=False, related_name="+")
    earned_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("紹介")
        verbose_name_plural = _("紹介")
        constraints = [
            models.CheckConstraint(name="referral_in_time", condition=Q(pay_until__gt=F("entered_at"))),
            models.CheckConstraint(
                name="referral_earned_by_a_payment",
                condition=Q(payment__isnull=True, earned_at__isnull=True, undone_at__isnull=True)
                | Q(payment__isnull=False, earned_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        """Show the id."""
        return str(self.pk)


class ReferralRefusal(models.Model):
    """A code was not taken, for a reason that an officer should see. Written once; who tried it is not kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    link = models.ForeignKey(ReferralLink, on_delete=models.PROTECT, related_name="refusals")
    why = models.CharField(_("理由"), max_length=16, db_collation="C")
    at = models.DateTimeField(_("日時"))

    class Meta:
        verbose_name = _("受け付けなかった紹介")
        verbose_name_plural = _("受け付けなかった紹介")
        constraints = [
            models.CheckConstraint(
                name="referral_refusal_why", condition=Q(why__in=["oneself", "ring", "same_phone", "too_many"])
            )
        ]

    def __str__(self) -> str:
        """Show the id."""
        return str(self.pk)
