"""Settlement: what shops took in a period goes to their banks, each credit once.

A batch is drawn up whole in one transaction. From then on its lines, shares and sums never change; what happens
to it later is told by states, times and names alone.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kernel.ids import new_id
from wallet.models.account import Account
from wallet.models.bank_file import BankFile
from wallet.models.journal import Journal
from wallet.models.payout import PayoutAccount


class SettlementState(models.TextChoices):
    """How far a batch has come."""

    DRAWN = "drawn", _("作成済み")
    CHECKED = "checked", _("確認済み")
    APPROVED = "approved", _("承認済み")
    WRITTEN = "written", _("ファイル作成済み")
    PAID = "paid", _("振込済み")
    WITHDRAWN = "withdrawn", _("取り下げ")


class TransferState(models.TextChoices):
    """What becomes of one organisation's transfer.

    ``carried``: nothing to transfer, from the beginning. ``withheld``: not paid, because its shops held less by then or the batch
    was withdrawn; the whole sum goes on to the next batch.
    """

    PLANNED = "planned", _("振込予定")
    BOOKED = "booked", _("振込")
    CARRIED = "carried", _("繰越")
    WITHHELD = "withheld", _("見送り")
    RETURNED = "returned", _("組戻し")


class CarryReason(models.TextChoices):
    """Why nothing is transferred."""

    NONE = "", ""
    NOTHING = "nothing", _("支払う金額がありません")
    BELOW_LEAST = "below_least", _("最低振込額に満たないため")
    NO_ACCOUNT = "no_account", _("確認済みの振込先がないため")
    ACCOUNT_RETURNED = "account_returned", _("組戻しのあった振込先のため")
    BANK_ENDED = "bank_ended", _("金融機関か支店がなくなったため")
    CASH_OWED = "cash_owed", _("チャージで預かった現金のほうが多いため")
    SHORT = "short", _("承認のときに残高が足りなかったため")
    WITHDRAWN = "withdrawn", _("精算が取り下げられたため")


class _Sums(models.Model):
    """``gross`` came in and ``refunds`` went back in the period, ``carried_in`` and ``returned_in`` were left of earlier ones;
    of that the city keeps ``fee``, and ``cash`` for what shops took in at their tills for coins; ``net`` goes to the bank,
    ``carried_out`` to the next period.
    """

    gross = models.BigIntegerField(_("受取額"))
    refunds = models.BigIntegerField(_("返金額"))
    carried_in = models.BigIntegerField(_("前回からの繰越"))
    returned_in = models.BigIntegerField(_("組戻し分"))
    fee = models.BigIntegerField(_("手数料"))
    cash = models.BigIntegerField(_("預かった現金"), default=0, db_default=0)
    net = models.BigIntegerField(_("振込額"))
    carried_out = models.BigIntegerField(_("次回への繰越"))

    class Meta:
        abstract = True


def _adds_up() -> Q:
    return Q(
        gross__gte=0, refunds__gte=0, returned_in__gte=0, fee__gte=0, cash__gte=0, net__gte=0,
        gross=F("refunds") - F("carried_in") - F("returned_in") + F("fee") + F("cash") + F("net") + F("carried_out"),
    )  # fmt: skip


class SettlementBatch(_Sums):
    """One period, ``since`` to ``until`` (half-open), of every shop. ``credits`` counts its lines."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    cut_off_on = models.DateField(_("締め日"), unique=True)
    since = models.DateTimeField(_("期間のはじめ"))
    until = models.DateTimeField(_("期間のおわり"))
    pay_on = models.DateField(_("振込日"))
    terms = models.JSONField(_("条件"))
    credits = models.BigIntegerField(_("件数"))
    state = models.CharField(
        _("状態"), max_length=10, choices=SettlementState.choices, default=SettlementState.DRAWN, db_collation="C"
    )
    drawn_by = models.UUIDField(_("作成した人"))
    drawn_at = models.DateTimeField(_("作成日時"))
    checked_by = models.UUIDField(_("確認した人"), null=True, blank=True)
    checked_at = models.DateTimeField(_("確認日時"), null=True, blank=True)
    approved_by = models.UUIDField(_("承認した人"), null=True, blank=True)
    approved_at = models.DateTimeField(_("承認日時"), null=True, blank=True)
    paid_by = models.UUIDField(_("振込を確認した人"), null=True, blank=True)
    paid_at = models.DateTimeField(_("振込確認日時"), null=True, blank=True)
    withdrawn_by = models.UUIDField(_("取り下げた人"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("取り下げ日時"), null=True, blank=True)
    why = models.CharField(_("理由"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("精算")
        verbose_name_plural = _("精算")
        constraints = [
            models.CheckConstraint(name="settlement_adds_up", condition=_adds_up() & Q(credits__gte=0)),
            models.CheckConstraint(
                name="settlement_period", condition=Q(since__lt=F("until"), drawn_at__gte=F("until"))
            ),
            models.CheckConstraint(
                name="settlement_four_eyes",
                condition=Q(approved_by__isnull=True) | (Q(checked_by__isnull=False) & ~Q(approved_by=F("checked_by"))),
            ),
            models.CheckConstraint(
                name="settlement_state",
                condition=Q(state="drawn", checked_at__isnull=True, approved_at__isnull=True, withdrawn_at__isnull=True)
                | Q(state="checked", checked_at__isnull=False, approved_at__isnull=True, withdrawn_at__isnull=True)
                | Q(state__in=["approved", "written"], approved_at__isnull=False, paid_at__isnull=True)
                | Q(state="paid", approved_at__isnull=False, paid_at__isnull=False)
                | Q(state="withdrawn", withdrawn_at__isnull=False, approved_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        """Show the last day of its period."""
        return str(self.cut_off_on)


class SettlementTransfer(_Sums):
    """What one organisation is paid of a batch, over its shops; ``order`` is its place in the file and part of its reference."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    batch = models.ForeignKey(SettlementBatch, on_delete=models.PROTECT, related_name="transfers", db_index=False)
    order = models.IntegerField(_("番号"))
    organisation_id = models.UUIDField(_("組織"))
    payout = models.ForeignKey(PayoutAccount, on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(_("状態"), max_length=8, choices=TransferState.choices, db_collation="C")
    reason = models.CharField(_("理由"), max_length=16, choices=CarryReason.choices, blank=True, db_collation="C")
    journal = models.OneToOneField(Journal, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("振込")
        verbose_name_plural = _("振込")
        constraints = [
            models.CheckConstraint(name="transfer_adds_up", condition=_adds_up()),
            models.CheckConstraint(
                name="transfer_state",
                condition=Q(state="carried", net=0, fee=0, cash=0, journal__isnull=True)
                | Q(state__in=["planned", "withheld"], net__gt=0, payout__isnull=False, journal__isnull=True)
                | Q(state__in=["booked", "returned"], net__gt=0, payout__isnull=False, journal__isnull=False),
            ),
            models.UniqueConstraint(name="transfer_once_a_batch", fields=["batch", "organisation_id"]),
            models.UniqueConstraint(name="transfer_order", fields=["batch", "order"]),
        ]
        indexes = [models.Index(name="transfer_of_organisation", fields=["organisation_id", "batch"])]

    def __str__(self) -> str:
        """Show the id."""
        return str(self.pk)


class SettlementShare(_Sums):
    """One shop's part of a transfer, by its account. Written once, never changed."""

    pk = models.CompositePrimaryKey("transfer", "account")
    transfer = models.ForeignKey(SettlementTransfer, on_delete=models.PROTECT, related_name="shares", db_index=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("店舗ごとの精算")
        verbose_name_plural = _("店舗ごとの精算")
        constraints = [models.CheckConstraint(name="share_adds_up", condition=_adds_up())]

    def __str__(self) -> str:
        """Show both keys."""
        return str(self.pk)


class SettlementLine(models.Model):
    """One posting of a shop's account in a batch: above zero what came in, below what went back. Written once, never changed.

    Its key is the posting's, so that no posting is ever settled twice, whatever runs beside.
    """

    pk = models.CompositePrimaryKey("journal", "line")
    journal = models.ForeignKey(
        Journal, on_delete=models.PROTECT, db_constraint=False, db_index=False, related_name="+"
    )
    line = models.SmallIntegerField(_("行"))
    batch = models.ForeignKey(
        SettlementBatch, on_delete=models.PROTECT, db_constraint=False, db_index=False, related_name="lines"
    )
    account = models.ForeignKey(
        Account, on_delete=models.PROTECT, db_constraint=False, db_index=False, related_name="+"
    )
    amount = models.BigIntegerField(_("金額"))

    class Meta:
        verbose_name = _("精算の明細")
        verbose_name_plural = _("精算の明細")
        constraints = [models.CheckConstraint(name="line_of_something", condition=~Q(amount=0))]
        indexes = [models.Index(name="settlement_line_of_batch", fields=["batch", "account"])]

    def __str__(self) -> str:
        """Show both keys."""
        return str(self.pk)


class SettlementFile(BankFile):
    """The file for the bank, once a batch."""

    batch = models.OneToOneField(SettlementBatch, on_delete=models.PROTECT, primary_key=True, related_name="file")

    class Meta:
        verbose_name = _("振込ファイル")
        verbose_name_plural = _("振込ファイル")
        constraints = [models.CheckConstraint(name="file_of_something", condition=Q(transfers__gt=0, total__gt=0))]

    def __str__(self) -> str:
        """Show the batch."""
        return str(self.pk)


class SettlementReturn(models.Model):
    """A bank sent a transfer back (組戻し). ``taken_up_by`` is the batch in which the sum stands again."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    transfer = models.OneToOneField(SettlementTransfer, on_delete=models.PROTECT, related_name="came_back")
    journal = models.OneToOneField(Journal, on_delete=models.PROTECT, related_name="+")
    amount = models.BigIntegerField(_("金額"))
    why = models.CharField(_("理由"), max_length=200)
    recorded_by = models.UUIDField(_("記録した人"))
    at = models.DateTimeField(_("日時"))
    taken_up_by = models.ForeignKey(SettlementBatch, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("組戻し")
        verbose_name_plural = _("組戻し")
        constraints = [models.CheckConstraint(name="return_amount", condition=Q(amount__gt=0) & ~Q(why=""))]

    def __str__(self) -> str:
        """Show the id."""
        return str(self.pk)
