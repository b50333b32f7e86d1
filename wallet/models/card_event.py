"""What came to our door from the card vendor, what an officer must look at, and the runs that compare the two books."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kernel.ids import new_id
from wallet.models.card import CardPayment


class VendorEvent(models.Model):
    """A signed event, once by the vendor's id of it; nothing of it changes but its end. The payload is kept as a digest alone."""

    event_id = models.CharField(primary_key=True, max_length=255, db_collation="C")
    kind = models.CharField(max_length=120, db_collation="C")
    reference = models.UUIDField(null=True)
    intent_id = models.CharField(max_length=255, null=True, db_collation="C")
    digest = models.BinaryField()
    created_at = models.DateTimeField()
    received_at = models.DateTimeField()
    processed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("カード会社からの知らせ")
        verbose_name_plural = _("カード会社からの知らせ")
        indexes = [
            models.Index(
                name="vendor_event_unprocessed", fields=["received_at"], condition=Q(processed_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        """Show the vendor's id."""
        return self.event_id


class CardAlertKind(models.TextChoices):
    """What an officer must look at."""

    WRONG_AMOUNT = "wrong_amount", _("金額か通貨が違う")
    UNKNOWN_HERE = "unknown_here", _("市の記録にない支払い")
    UNKNOWN_THERE = "unknown_there", _("カード会社の記録にない支払い")
    REFUND_FAILED = "refund_failed", _("カードに返金できない")
    REFUNDED_THERE = "refunded_there", _("カード会社の画面で返金された")
    DISPUTE = "dispute", _("カードの持ち主の申し立て")
    DISPUTE_LOST = "dispute_lost", _("申し立てが認められ払い戻された")


class CardAlert(models.Model):
    """One thing to look at, once for each thing at the vendor; an officer closes it and says what was done."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(_("種別"), max_length=16, choices=CardAlertKind.choices, db_collation="C")
    vendor_id = models.CharField(_("カード会社の番号"), max_length=255, db_collation="C")
    payment = models.ForeignKey(CardPayment, on_delete=models.PROTECT, null=True, related_name="alerts")
    ours = models.BigIntegerField(_("市の記録の額"), null=True)
    theirs = models.BigIntegerField(_("カード会社の額"), null=True)
    at = models.DateTimeField(_("日時"))
    closed_at = models.DateTimeField(_("処理日時"), null=True)
    closed_by = models.UUIDField(null=True)
    outcome = models.CharField(_("対応"), max_length=200, default="", blank=True)

    class Meta:
        verbose_name = _("カードの要確認")
        verbose_name_plural = _("カードの要確認")
        constraints = [
            models.UniqueConstraint(name="card_alert_once", fields=["kind", "vendor_id"]),
            models.CheckConstraint(
                name="card_alert_closed",
                condition=Q(closed_at=None, closed_by=None, outcome="")
                | (Q(closed_at__isnull=False, closed_by__isnull=False) & ~Q(outcome="")),
            ),
        ]
        indexes = [models.Index(name="card_alert_open", fields=["at"], condition=Q(closed_at__isnull=True))]

    def __str__(self) -> str:
        """Show kind and what it is about."""
        return f"{self.kind} {self.vendor_id}"


class CardRun(models.Model):
    """One comparison of the vendor's books with ours; without ``ended_at`` it was cut off, and the next one does all again."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    since = models.DateTimeField(_("対象の始め"))
    until = models.DateTimeField(_("対象の終わり"))
    began_at = models.DateTimeField(_("開始日時"))
    ended_at = models.DateTimeField(_("終了日時"), null=True)
    seen = models.IntegerField(_("照らし合わせた件数"), default=0)
    mended = models.IntegerField(_("直した件数"), default=0)
    alerts = models.IntegerField(_("要確認の件数"), default=0)

    class Meta:
        verbose_name = _("カードの突合")
        verbose_name_plural = _("カードの突合")
        indexes = [models.Index(name="card_run_newest", fields=["-began_at"])]

    def __str__(self) -> str:
        """Show the id."""
        return str(self.pk)
