"""One account takes over what another holds: two IDs of one person became one."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kernel.ids import new_id
from wallet.models.account import Account
from wallet.models.journal import Journal


class Takeover(models.Model):
    """Coins went from the account of an ID that was merged to the account of the ID that stays. Written once.

    It may happen again for the same two: a refund or a released hold comes back to the account that had paid.
    ``arrival_id`` names the line in the history of the account that received.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    arrival_id = models.UUIDField(default=new_id, unique=True)
    journal = models.OneToOneField(Journal, on_delete=models.PROTECT, related_name="+")
    source = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    target = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    amount = models.BigIntegerField(_("金額"))
    at = models.DateTimeField(_("日時"))

    class Meta:
        verbose_name = _("引き継ぎ")
        verbose_name_plural = _("引き継ぎ")
        constraints = [
            models.CheckConstraint(name="takeover_amount", condition=Q(amount__gt=0)),
            models.CheckConstraint(name="takeover_between_two", condition=~Q(source=F("target"))),
        ]

    def __str__(self) -> str:
        """Show the id."""
        return str(self.pk)


class Succession(models.Model):
    """Which account stands for another since two IDs were merged; what comes back to the old one follows."""

    source = models.OneToOneField(Account, on_delete=models.PROTECT, primary_key=True, related_name="+")
    target = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()

    class Meta:
        verbose_name = _("口座の承継")
        verbose_name_plural = _("口座の承継")
        constraints = [
            models.CheckConstraint(name="succession_between_two", condition=~Q(source=F("target"))),
        ]

    def __str__(self) -> str:
        """Show the account that was."""
        return str(self.pk)
