"""Lots: which coins, bought or given, and until when."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kernel.ids import new_id
from wallet.models.account import Account
from wallet.models.journal import Journal


class LotKind(models.TextChoices):
    """Paid for, or given as a bonus. In this spelling a bonus sorts first, as it is spent first on the same day."""

    BONUS = "bonus", _("ボーナス")
    PAID = "paid", _("購入")


class Lot(models.Model):
    """Coins of one issue in one account, spendable up to and including the day ``expires_on`` in Japan.

    A lot is never extended or merged: that would void the exemption for prepaid means that end within six months
    (資金決済法 article 4(2), its order article 4(2)). ``open`` says that something remains; the partial index stands on it, for an
    index on ``remaining`` would make every payment write a new index entry (no HOT update).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, db_index=False, related_name="lots")
    kind = models.CharField(_("種別"), max_length=8, choices=LotKind.choices, db_collation="C")
    issued = models.BigIntegerField(_("発行額"))
    remaining = models.BigIntegerField(_("残り"))
    expires_on = models.DateField(_("有効期限"))
    open = models.BooleanField(_("残りあり"), default=True)
    issued_at = models.DateTimeField(_("発行日時"))
    journal = models.ForeignKey(Journal, on_delete=models.PROTECT, db_index=False, related_name="+")

    class Meta:
        verbose_name = _("コインの束")
        verbose_name_plural = _("コインの束")
        constraints = [
            models.CheckConstraint(
                name="lot_open_while_something_of_it_remains",
                condition=Q(remaining__lte=F("issued"), open=Q(remaining__gt=0)),
            ),
        ]
        indexes = [
            models.Index(
                name="lot_in_order_of_spending",
                fields=["account", "expires_on", "kind", "id"],
                condition=Q(open=True),
            ),
        ]

    def __str__(self) -> str:
        """Show the id."""
        return str(self.pk)


class LotMove(models.Model):
    """What one journal did to one lot: below zero taken, above zero brought back or issued. Written once, never changed.

    ``delta`` is of SQL's domain ``wallet_change``: never nothing.
    """

    pk = models.CompositePrimaryKey("journal", "lot")
    journal = models.ForeignKey(
        Journal, on_delete=models.PROTECT, db_constraint=False, db_index=False, related_name="lot_moves"
    )
    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, db_constraint=False, db_index=False, related_name="moves")
    delta = models.BigIntegerField()

    def __str__(self) -> str:
        """Show both keys."""
        return str(self.pk)
