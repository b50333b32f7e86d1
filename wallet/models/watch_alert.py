"""Alerts: patterns in what was sent that an officer looks at and decides on. Nothing happens by itself."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kernel.ids import new_id
from wallet.models.account import Account


class WatchDecision(models.TextChoices):
    """What an officer made of an alert."""

    DISMISSED = "dismissed", _("問題なし")
    FROZEN_OUTGOING = "outgoing", _("出金を停止")
    FROZEN_ALL = "all", _("入出金を停止")


class WatchAlert(models.Model):
    """One pattern, found once (``key``), with the transfers that show it; then one decision with a reason."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    key = models.CharField(max_length=120, unique=True, db_collation="C")
    kind = models.CharField(_("種別"), max_length=12, db_collation="C")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    transfers = models.JSONField(default=list)
    found_at = models.DateTimeField(_("検知日時"))
    decision = models.CharField(_("判断"), max_length=12, choices=WatchDecision.choices, blank=True, db_collation="C")
    decided_at = models.DateTimeField(_("判断日時"), null=True)
    decided_by = models.UUIDField(null=True)
    reason = models.TextField(_("理由"), blank=True, default="")

    class Meta:
        verbose_name = _("送金の見守り")
        verbose_name_plural = _("送金の見守り")
        constraints = [
            models.CheckConstraint(
                name="watch_alert_decided_whole",
                condition=Q(decision="", decided_at__isnull=True, decided_by__isnull=True, reason="")
                | ~Q(decision="") & Q(decided_at__isnull=False, decided_by__isnull=False) & ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="watch_alert_kind",
                condition=Q(kind__in=["many", "under_limit", "passed_on", "ring", "gathered", "spread"]),
            ),
        ]
        indexes = [models.Index(name="watch_alert_open", fields=["found_at"], condition=Q(decision=""))]

    def __str__(self) -> str:
        """Show the id."""
        return str(self.pk)
