"""Asking for coins: a link that one, or several, pay or decline."""

from django.db import models
from django.db.models import Q

from kernel.ids import new_id
from wallet.models.account import Account
from wallet.models.transfer import Transfer


class MoneyRequest(models.Model):
    """``account`` asks for ``amount`` in all, in parts, until ``expires_at``; ``sealed`` holds its words as a note does."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    hash = models.BinaryField(unique=True)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, db_index=False, related_name="+")
    amount = models.BigIntegerField()
    sealed = models.BinaryField()
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True)
    reminders = models.SmallIntegerField(default=0)
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="money_request_amount", condition=Q(amount__gt=0)),
            models.CheckConstraint(name="money_request_reminders", condition=Q(reminders__gte=0, reminders__lte=3)),
        ]
        indexes = [models.Index(name="money_request_of_account", fields=["account", "created_at"])]

    def __str__(self) -> str:
        """Show the id."""
        return str(self.pk)


class RequestPart(models.Model):
    """What one person is asked for: somebody known (``asked``) or whoever opens the link; paid once or declined."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    request = models.ForeignKey(MoneyRequest, on_delete=models.PROTECT, db_index=False, related_name="parts")
    number = models.SmallIntegerField()
    amount = models.BigIntegerField()
    asked = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, db_index=False, related_name="+")
    answered_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, db_index=False, related_name="+")
    transfer = models.OneToOneField(Transfer, on_delete=models.PROTECT, null=True, related_name="part")
    declined_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="request_part_amount", condition=Q(amount__gt=0, number__gte=1)),
            models.CheckConstraint(
                name="request_part_answered_once",
                condition=Q(answered_by__isnull=True, transfer__isnull=True, declined_at__isnull=True)
                | Q(answered_by__isnull=False, transfer__isnull=False, declined_at__isnull=True)
                | Q(answered_by__isnull=False, transfer__isnull=True, declined_at__isnull=False),
            ),
            models.UniqueConstraint(name="request_part_number", fields=["request", "number"]),
            models.UniqueConstraint(
                name="request_part_one_a_person",
                fields=["request", "answered_by"],
                condition=Q(answered_by__isnull=False),
            ),
        ]
        indexes = [models.Index(name="request_part_asked", fields=["asked"], condition=Q(asked__isnull=False))]

    def __str__(self) -> str:
        """Show the id."""
        return str(self.pk)
