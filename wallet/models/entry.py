"""The wallet's history: a view over what moved, one row a line on the phone."""

from django.db import models


class Entry(models.Model):
    """One line of a resident's history (SQL view ``wallet_entry``); ``direction`` in and out of what may be spent.

    The lines of an account add up to its spendable amount: a hold goes out, its release comes in, and a capture is both: the whole
    hold comes in as a release and the captured part goes out.
    """

    id = models.UUIDField(primary_key=True)
    account_id = models.UUIDField()
    kind = models.TextField()
    direction = models.TextField()
    amount = models.BigIntegerField()
    currency = models.TextField()
    at = models.DateTimeField()
    shop_name = models.TextField(null=True)
    payment_id = models.UUIDField(null=True)
    receipt_number = models.TextField(null=True)
    shop_name_en = models.TextField(null=True)
    transfer_id = models.UUIDField(null=True)
    other_id = models.UUIDField(null=True)
    sealed = models.BinaryField(null=True)

    class Meta:
        managed = False
        db_table = "wallet_entry"

    def __str__(self) -> str:
        """Show id and kind."""
        return f"{self.pk} {self.kind}"
