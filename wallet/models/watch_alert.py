"""Alerts: patterns in what was sent that an officer looks at and decides on. Nothing happens by itself."""

from django.db import models
from django.db.models import F, Q
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


class WatchDay(models.Model):
    """A day in Japan that was looked at whole, at night: what a machine that was down has missed is found then."""

    day = models.DateField(_("日"), primary_key=True)
    looked_at = models.IntegerField(_("送金の数"))
    new = models.IntegerField(_("新しいもの"))
    at = models.DateTimeField(_("日時"))

    class Meta:
        verbose_name = _("見守りの日")
        verbose_name_plural = _("見守りの日")

    def __str__(self) -> str:
        """Show the day."""
        return str(self.day)


class ClosingBalance(models.TextChoices):
    """What becomes of the coins of an account that the city closes."""

    PAYOUT = "payout", _("払い戻す")
    KEPT = "kept", _("止めたままにする")


class AlertClosing(models.Model):
    """One officer proposes that an account be closed on an alert, which stops it; another decides. Accepted, it is for good."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    alert = models.ForeignKey(WatchAlert, on_delete=models.PROTECT, related_name="closings")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    balance = models.CharField(_("残高の扱い"), max_length=6, choices=ClosingBalance.choices, db_collation="C")
    reason = models.CharField(_("理由"), max_length=200)
    proposed_by = models.UUIDField(_("提案した人"))
    proposed_at = models.DateTimeField(_("提案日時"))
    decided_by = models.UUIDField(_("決めた人"), null=True)
    decided_at = models.DateTimeField(_("決めた日時"), null=True)
    is_accepted = models.BooleanField(null=True)

    class Meta:
        verbose_name = _("口座を閉じる提案")
        verbose_name_plural = _("口座を閉じる提案")
        constraints = [
            models.CheckConstraint(name="alert_closing_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="alert_closing_four_eyes",
                condition=Q(decided_by__isnull=True, decided_at__isnull=True, is_accepted__isnull=True)
                | (
                    Q(decided_by__isnull=False, decided_at__gte=F("proposed_at"), is_accepted__isnull=False)
                    & ~Q(decided_by=F("proposed_by"))
                ),
            ),
            models.UniqueConstraint(
                name="alert_closing_once", fields=["account"], condition=Q(is_accepted=None) | Q(is_accepted=True)
            ),
        ]

    def __str__(self) -> str:
        """Show the id."""
        return str(self.pk)
