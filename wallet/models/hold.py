"""Holds: coins set aside for a shop until it says how much it takes."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kernel.ids import new_id
from wallet.models.account import Account
from wallet.models.journal import Journal
from wallet.models.shop import Shop


class HoldStatus(models.TextChoices):
    """A hold is open until it is captured (whole or part) or released."""

    HELD = "held", _("保留中")
    CAPTURED = "captured", _("確定")
    RELEASED = "released", _("解除")


class Hold(models.Model):
    """An amount taken out of lots and set aside; capturing pays, the rest and a release go back to the same lots.

    ``counted_on`` is the day whose limit it used; ``day_restored`` says that what came back was given back to that day.
    ``closing_id`` is the id of the entry that shows what came back.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    journal = models.OneToOneField(Journal, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, db_index=False, related_name="+")
    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, db_index=False, related_name="holds")
    amount = models.BigIntegerField(_("金額"))
    captured = models.BigIntegerField(_("確定額"), default=0)
    status = models.CharField(
        _("状態"), max_length=8, choices=HoldStatus.choices, default=HoldStatus.HELD, db_collation="C"
    )
    at = models.DateTimeField(_("日時"))
    expires_at = models.DateTimeField(_("有効期限"))
    counted_on = models.DateField()
    closed_at = models.DateTimeField(_("終了日時"), null=True)
    closing_id = models.UUIDField(null=True)
    closing_journal = models.OneToOneField(Journal, on_delete=models.PROTECT, null=True, related_name="+")
    day_restored = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("保留")
        verbose_name_plural = _("保留")
        constraints = [
            models.CheckConstraint(name="hold_amount_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(name="hold_captured", condition=Q(captured__gte=0, captured__lte=F("amount"))),
            models.CheckConstraint(
                name="hold_status",
                condition=Q(status="held", captured=0, closed_at__isnull=True, closing_journal__isnull=True)
                | Q(status="captured", captured__gt=0, closed_at__isnull=False, closing_journal__isnull=False)
                | Q(status="released", captured=0, closed_at__isnull=False, closing_journal__isnull=False),
            ),
        ]
        indexes = [
            models.Index(name="hold_of_account", fields=["account", "at"]),
            models.Index(name="hold_open_at_shop", fields=["shop", "at"], condition=Q(status="held")),
            models.Index(name="hold_open_until", fields=["expires_at"], condition=Q(status="held")),
        ]

    def __str__(self) -> str:
        """Show the id."""
        return str(self.pk)
