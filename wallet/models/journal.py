"""The books: journals, their postings, and the merchants' credits that wait to be folded. Written once, never changed.

What every payment writes is guarded by SQL domains (``wallet/migrations/sql/domains.sql``): ``wallet_yen`` (above zero),
``wallet_yen_or_none``, and one for each list of kinds. A CHECK does the same and is parsed anew by each statement: measured
2 µs for ``amount > 0`` and 9 µs for a list of kinds, beside 3 µs for the bare insert; a domain's costs 0.2 µs.

References here carry no foreign key in the database (``db_constraint=False``): its check would lock the parent row, so that every
payment at one busy shop would queue on that shop's row, and costs a look-up a column. Nothing they point to can be deleted
(triggers), and ``audit_ledger`` proves that every reference is met.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wallet.models.account import CURRENCY, Account


class JournalKind(models.TextChoices):
    """What a journal records."""

    PAYMENT = "payment", _("支払い")
    CAPTURE = "capture", _("保留の確定")
    REFUND = "refund", _("返金")
    VOID = "void", _("取消")
    TOP_UP = "top_up", _("チャージ")
    HOLD = "hold", _("保留")
    RELEASE = "release", _("保留の解除")
    EXPIRY = "expiry", _("失効")
    MERGE = "merge", _("IDの統合")
    SEND = "send", _("送金")
    FUND = "fund", _("予算の増減")
    REVERSAL = "reversal", _("チャージの取消")
    ORDER = "order", _("注文の支払い（コイン以外）")
    ORDER_REFUND = "order_refund", _("注文の返金（コイン以外）")
    SETTLEMENT = "settlement", _("精算")
    RETURNED = "returned", _("振込の組戻し")
    PAYOUT = "payout", _("払戻し")
    SHOP_CASH = "shop_cash", _("店頭の現金の受け取り")


class Journal(models.Model):
    """One act on the ledger: who did it, under which key (unique for ever), with which request, when."""

    kind = models.CharField(_("種別"), max_length=16, choices=JournalKind.choices, db_collation="C")
    actor = models.UUIDField(_("操作者"))
    idem_key = models.CharField(max_length=128, db_collation="C")
    request_digest = models.BinaryField()
    at = models.DateTimeField(_("日時"))

    class Meta:
        verbose_name = _("仕訳帳")
        verbose_name_plural = _("仕訳帳")
        constraints = [
            models.UniqueConstraint(name="journal_one_a_key", fields=["actor", "idem_key"]),
        ]

    def __str__(self) -> str:
        """Show number and kind."""
        return f"{self.pk} {self.kind}"


class Posting(models.Model):
    """One movement of one amount from ``debit`` to ``credit``: a journal of such rows balances by construction."""

    pk = models.CompositePrimaryKey("journal", "line")
    journal = models.ForeignKey(
        Journal, on_delete=models.PROTECT, db_constraint=False, db_index=False, related_name="postings"
    )
    line = models.SmallIntegerField(_("行"), default=1)
    debit = models.ForeignKey(Account, on_delete=models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    credit = models.ForeignKey(Account, on_delete=models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    currency = models.CharField(_("通貨"), max_length=3, default=CURRENCY, db_collation="C")
    amount = models.BigIntegerField(_("金額"))

    class Meta:
        verbose_name = _("仕訳")
        verbose_name_plural = _("仕訳")
        constraints = [
            models.CheckConstraint(name="posting_between_two", condition=~Q(debit=F("credit"))),
        ]

    def __str__(self) -> str:
        """Show journal and line."""
        return str(self.pk)


class CreditInbox(models.Model):
    """A merchant's credit that is booked but not yet in the merchant's balance.

    A payment inserts it instead of locking the merchant's balance; folding deletes and adds (``DELETE … RETURNING``).
    """

    pk = models.CompositePrimaryKey("account", "journal")
    account = models.ForeignKey(
        Account, on_delete=models.PROTECT, db_constraint=False, db_index=False, related_name="+"
    )
    journal = models.ForeignKey(
        Journal, on_delete=models.PROTECT, db_constraint=False, db_index=False, related_name="+"
    )
    amount = models.BigIntegerField()

    def __str__(self) -> str:
        """Show both keys."""
        return str(self.pk)
