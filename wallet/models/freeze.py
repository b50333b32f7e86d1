"""Freezes: an account from which nothing goes out for now, or through which nothing moves at all."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kernel.ids import new_id
from kernel.principal import SYSTEM_ACTOR
from wallet.models.account import Account


class FreezeScope(models.TextChoices):
    """What is stopped."""

    OUTGOING = "outgoing", _("出金")
    ALL = "all", _("入出金")


class AccountFreeze(models.Model):
    """One freeze of one account and its end: two acts by two people, written once each, kept for ever.

    While any is open, a trigger keeps the strongest of them in the balance row (``Balance.frozen``), which every payment changes
    anyway. ``about`` names what it was for, where that is a row of another table (a dispute, an alert). Who froze does not end it
    (four eyes); what the city's machinery froze it may end itself.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, db_index=False, related_name="freezes")
    scope = models.CharField(_("範囲"), max_length=8, choices=FreezeScope.choices, db_collation="C")
    about = models.UUIDField(null=True)
    reason = models.TextField(_("理由"))
    frozen_at = models.DateTimeField(_("停止日時"))
    frozen_by = models.UUIDField(_("停止した職員"))
    ended_at = models.DateTimeField(_("解除日時"), null=True)
    ended_by = models.UUIDField(_("解除した職員"), null=True)
    end_reason = models.TextField(_("解除の理由"), blank=True, default="")

    class Meta:
        verbose_name = _("口座の停止")
        verbose_name_plural = _("口座の停止")
        constraints = [
            models.CheckConstraint(name="freeze_scope", condition=Q(scope__in=[str(each) for each in FreezeScope])),
            models.CheckConstraint(name="freeze_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="freeze_ended_whole",
                condition=Q(ended_at__isnull=True, ended_by__isnull=True, end_reason="")
                | Q(ended_at__gte=F("frozen_at"), ended_by__isnull=False) & ~Q(end_reason=""),
            ),
            models.CheckConstraint(
                name="freeze_ended_by_another",
                condition=Q(ended_by__isnull=True) | ~Q(ended_by=F("frozen_by")) | Q(frozen_by=SYSTEM_ACTOR),
            ),
            models.UniqueConstraint(
                name="freeze_open_once",
                fields=["account", "scope", "about"],
                condition=Q(ended_at__isnull=True),
                nulls_distinct=False,
            ),
        ]
        indexes = [models.Index(name="freeze_of_account", fields=["account", "frozen_at"])]

    def __str__(self) -> str:
        """Show the id."""
        return str(self.pk)
