"""Sending: coins go from one resident's account to another's."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kernel.ids import new_id
from wallet.models.account import Account
from wallet.models.journal import Journal


class ReceiveCode(models.Model):
    """Stands for an account into which one may send, and for nothing else: it can never be charged, so it may live long.

    Kept by the hash of its token, which is derived from the row's id and the city's secret, so that it can be drawn again.
    ``label``: what its holder lets senders read, sealed by the city's key; empty where they chose nothing.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    hash = models.BinaryField(unique=True)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, db_index=False, related_name="+")
    label = models.BinaryField(default=b"")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="receive_code_one_an_account", fields=["account"], condition=Q(ended_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        """Show the id."""
        return str(self.pk)


class Transfer(models.Model):
    """Paid coins went from ``sender`` to ``recipient``, lot by lot, each with its last day. Written once, never taken back.

    ``arrival_id`` names the line in the recipient's history; ``counted_on`` is the day whose limit it used.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    arrival_id = models.UUIDField(default=new_id, unique=True)
    journal = models.OneToOneField(Journal, on_delete=models.PROTECT, related_name="+")
    sender = models.ForeignKey(Account, on_delete=models.PROTECT, db_index=False, related_name="+")
    recipient = models.ForeignKey(Account, on_delete=models.PROTECT, db_index=False, related_name="+")
    amount = models.BigIntegerField(_("金額"))
    receipt_number = models.CharField(_("レシート番号"), max_length=11, unique=True, db_collation="C")
    at = models.DateTimeField(_("日時"))
    counted_on = models.DateField()

    class Meta:
        verbose_name = _("送金")
        verbose_name_plural = _("送金")
        constraints = [
            models.CheckConstraint(name="transfer_amount", condition=Q(amount__gt=0)),
            models.CheckConstraint(name="transfer_between_two", condition=~Q(sender=F("recipient"))),
        ]
        indexes = [
            models.Index(name="transfer_sent", fields=["sender", "at"]),
            models.Index(name="transfer_received", fields=["recipient", "at"]),
            models.Index(name="transfer_in_time", fields=["at"]),
        ]

    def __str__(self) -> str:
        """Show the receipt's number."""
        return self.receipt_number


class TransferNote(models.Model):
    """The words of a transfer, sealed by the city's key: the message, and how either wants to be called by the other.

    Not part of the books: forgotten after a year, and when one of the two closes their account.
    """

    transfer = models.OneToOneField(Transfer, on_delete=models.PROTECT, primary_key=True, related_name="note")
    sealed = models.BinaryField()
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        """Show the transfer's id."""
        return str(self.pk)
