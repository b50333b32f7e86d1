"""That coins end soon was told: once a stage, and at most one message an account and day."""

from django.db import models
from django.db.models import Q

from kernel.ids import new_id
from wallet.models.account import Account


class ExpiryReminder(models.Model):
    """``amount`` yen of an account end with ``expires_on``: told on ``told_on``, at the stage 30, 7 or 1. Written once."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", db_index=False)
    expires_on = models.DateField()
    stage = models.PositiveSmallIntegerField()
    told_on = models.DateField()
    amount = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="expiry_reminder_once_a_stage", fields=["account", "expires_on", "stage"]),
            models.UniqueConstraint(name="expiry_reminder_one_a_day", fields=["account", "told_on"]),
            models.CheckConstraint(
                name="expiry_reminder_shape",
                condition=Q(amount__gt=0, stage__in=[30, 7, 1], told_on__lte=models.F("expires_on")),
            ),
        ]

    def __str__(self) -> str:
        """Show the id."""
        return str(self.pk)
