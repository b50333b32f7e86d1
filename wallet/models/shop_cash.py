"""Cash that a shop took in for coins and hands over itself, beside settlement: at the city's counter, or to the city's bank."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kernel.ids import new_id
from wallet.models.cash import CashTill
from wallet.models.journal import Journal


class HandoverWay(models.TextChoices):
    """How the cash came: into an officer's till, or to the city's account, where the bank's reference says which transfer."""

    COUNTER = "counter", _("窓口で現金を受け取った")
    BANK = "bank", _("市の口座に振り込まれた")


class ShopCashHandover(models.Model):
    """What one officer recorded that an organisation handed over, and what another made of it; booked once that one accepts.

    ``till`` is the recording officer's, in which the cash lies; none where the city has no counters, and for the bank.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation_id = models.UUIDField(_("加盟店"))
    amount = models.BigIntegerField(_("金額"))
    way = models.CharField(_("受け取り方"), max_length=7, choices=HandoverWay.choices, db_collation="C")
    received_on = models.DateField(_("受け取った日"))
    reference = models.CharField(_("銀行の受付番号・メモ"), max_length=80, blank=True)
    till = models.ForeignKey(CashTill, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_by = models.UUIDField(_("記録した人"))
    recorded_at = models.DateTimeField(_("記録日時"))
    decided_by = models.UUIDField(_("決めた人"), null=True)
    decided_at = models.DateTimeField(_("決めた日時"), null=True)
    is_accepted = models.BooleanField(null=True)
    journal = models.OneToOneField(Journal, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("店頭の現金の受け取り")
        verbose_name_plural = _("店頭の現金の受け取り")
        constraints = [
            models.CheckConstraint(name="handover_amount", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="handover_way",
                condition=Q(way="counter") | (Q(way="bank", till__isnull=True) & ~Q(reference="")),
            ),
            models.CheckConstraint(
                name="handover_decided",
                condition=Q(
                    decided_by__isnull=True, decided_at__isnull=True, is_accepted__isnull=True, journal__isnull=True
                )
                | Q(decided_by__isnull=False, decided_at__gte=F("recorded_at"), is_accepted=False, journal__isnull=True)
                | Q(
                    decided_by__isnull=False, decided_at__gte=F("recorded_at"), is_accepted=True, journal__isnull=False
                ),
            ),
            models.CheckConstraint(
                name="handover_four_eyes", condition=~Q(is_accepted=True) | ~Q(decided_by=F("recorded_by"))
            ),
            models.UniqueConstraint(
                name="handover_one_waits", fields=["organisation_id"], condition=Q(decided_at=None)
            ),
        ]
        indexes = [models.Index(name="handover_of_organisation", fields=["organisation_id", "-recorded_at"])]

    def __str__(self) -> str:
        """Show the id."""
        return str(self.pk)
