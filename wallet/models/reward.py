"""Rewards: what stamps and referrals earned, given to an account, and taken back once where it was not spent."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kernel.ids import new_id
from wallet.models.account import Account
from wallet.models.campaign import Campaign
from wallet.models.coupon import CouponClaim
from wallet.models.issue import TopUp
from wallet.models.journal import Journal


class Reward(models.Model):
    """One gift: coins of a campaign (``top_up``, a bonus lot of its own) or a coupon (``claim``).

    ``source_id`` is the stamp card or the referral that earned it, ``number`` the how-manieth it is from there. It ends once:
    ``ended_at`` with the ``journal`` that gave coins back to the campaign. ``kept_at``: it should have come back and was spent;
    it stays, and counts as given.
    """

    class Source(models.TextChoices):
        """What earned it."""

        STAMPS = "stamps", _("スタンプ")
        REFERRAL = "referral", _("紹介")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(_("由来"), max_length=8, choices=Source.choices, db_collation="C")
    source_id = models.UUIDField()
    number = models.IntegerField()
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, null=True, related_name="rewards")
    top_up = models.OneToOneField(TopUp, on_delete=models.PROTECT, null=True, related_name="reward")
    claim = models.OneToOneField(CouponClaim, on_delete=models.PROTECT, null=True, related_name="reward")
    given_at = models.DateTimeField(_("日時"))
    kept_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(_("取消日時"), null=True)
    journal = models.OneToOneField(Journal, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("特典")
        verbose_name_plural = _("特典")
        constraints = [
            models.UniqueConstraint(name="reward_once_a_number", fields=["source_id", "account", "number"]),
            models.CheckConstraint(name="reward_source", condition=Q(source__in=["stamps", "referral"], number__gte=1)),
            models.CheckConstraint(
                name="reward_is_coins_or_a_coupon",
                condition=Q(top_up__isnull=False, campaign__isnull=False, claim__isnull=True)
                | Q(top_up__isnull=True, campaign__isnull=True, claim__isnull=False),
            ),
            models.CheckConstraint(
                name="reward_ended_in_the_books",
                condition=Q(ended_at__isnull=True, journal__isnull=True)
                | (
                    Q(ended_at__gte=F("given_at"), kept_at__isnull=True)
                    & (Q(claim__isnull=False, journal__isnull=True) | Q(top_up__isnull=False, journal__isnull=False))
                ),
            ),
        ]

    def __str__(self) -> str:
        """Show the id."""
        return str(self.pk)
