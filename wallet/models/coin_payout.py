"""Payouts (払戻し): paid coins become money again, in the cases that the law allows, by two officers."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kernel.ids import new_id
from wallet.models.account import Account
from wallet.models.bank_file import BankFile
from wallet.models.journal import Journal
from wallet.models.payout import AccountType


class PayoutCase(models.TextChoices):
    """Why coins may be paid out; the grounds are in :mod:`wallet.engine.payouts`."""

    COIN_ENDS = "coin_ends", _("コインの終了")
    MOVED_AWAY = "moved_away", _("転居・出国")
    DIED = "died", _("死亡（相続人へ）")
    CANNOT_USE = "cannot_use", _("そのほかのやむを得ない事情")
    SMALL = "small", _("少額（期間の上限内）")


class PayoutWish(models.TextChoices):
    """What a person says when they ask."""

    MOVING = "moving", _("市外へ引っ越す")
    OTHER = "other", _("そのほか")


class PayoutWay(models.TextChoices):
    """How it is paid."""

    CASH = "cash", _("窓口で現金")
    BANK = "bank", _("銀行振込")


class CoinPayoutState(models.TextChoices):
    """What has become of it. By bank the coins are taken when it is approved, in cash when it is paid."""

    ASKED = "asked", _("申し込み")
    OPENED = "opened", _("承認待ち")
    APPROVED = "approved", _("承認済み")
    WRITTEN = "written", _("ファイル作成済み")
    PAID = "paid", _("支払い済み")
    RETURNED = "returned", _("組戻し")
    REFUSED = "refused", _("お断り")
    WITHDRAWN = "withdrawn", _("取り下げ")


class CoinEnd(models.Model):
    """The end of the coin as it is made public (資金決済法 article 20(2)): until when holders may claim; two officers."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    announced_on = models.DateField(_("公告の日"))
    claims_until = models.DateField(_("申し出の最後の日"))
    reason = models.CharField(_("理由"), max_length=200)
    opened_by = models.UUIDField(_("登録した人"))
    opened_at = models.DateTimeField(_("登録日時"))
    approved_by = models.UUIDField(_("承認した人"), null=True)
    approved_at = models.DateTimeField(_("承認日時"), null=True)

    class Meta:
        verbose_name = _("コインの終了")
        verbose_name_plural = _("コインの終了")
        constraints = [
            models.CheckConstraint(
                name="coin_end_notice",
                condition=Q(claims_until__gte=F("announced_on") + timedelta(days=60)) & ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="coin_end_four_eyes",
                condition=Q(approved_by__isnull=True, approved_at__isnull=True)
                | (Q(approved_by__isnull=False, approved_at__isnull=False) & ~Q(approved_by=F("opened_by"))),
            ),
        ]

    def __str__(self) -> str:
        """Show the last day."""
        return str(self.claims_until)


class CoinPayoutFile(BankFile):
    """One file of payouts for the bank, apart from the shops' batches."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    pay_on = models.DateField(_("振込日"))

    class Meta:
        verbose_name = _("払戻しの振込ファイル")
        verbose_name_plural = _("払戻しの振込ファイル")
        constraints = [
            models.CheckConstraint(name="payout_file_of_something", condition=Q(transfers__gt=0, total__gt=0))
        ]

    def __str__(self) -> str:
        """Show the id."""
        return str(self.pk)


class CoinPayout(models.Model):
    """One payout of an account's paid coins, from being asked for or opened to its money.

    ``sealed`` holds number and holder of where it is transferred to. In the limited case ``used_before`` and ``ceiling`` are what
    the period's others came to and may come to, as they were when it was approved.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    receipt_number = models.CharField(_("受付番号"), max_length=11, unique=True, db_collation="C")
    state = models.CharField(_("状態"), max_length=9, choices=CoinPayoutState.choices, db_collation="C")
    wish = models.CharField(_("申し込みの理由"), max_length=6, choices=PayoutWish.choices, blank=True, db_collation="C")
    way = models.CharField(_("受け取り方"), max_length=4, choices=PayoutWay.choices, db_collation="C")
    bank_code = models.CharField(_("金融機関コード"), max_length=4, blank=True, db_collation="C")
    branch_code = models.CharField(_("支店コード"), max_length=3, blank=True, db_collation="C")
    account_type = models.CharField(
        _("預金種目"), max_length=1, choices=AccountType.choices, blank=True, db_collation="C"
    )
    number_end = models.CharField(_("口座番号の末尾"), max_length=2, blank=True, db_collation="C")
    key_version = models.SmallIntegerField(null=True)
    sealed = models.BinaryField(null=True)
    at = models.DateTimeField(_("受付日時"))
    case = models.CharField(_("事由"), max_length=10, choices=PayoutCase.choices, blank=True, db_collation="C")
    amount = models.BigIntegerField(_("金額"), null=True)
    reason = models.CharField(_("理由"), max_length=200, blank=True)
    evidence = models.CharField(_("確認した書類"), max_length=80, blank=True)
    opened_by = models.UUIDField(_("開いた人"), null=True)
    opened_at = models.DateTimeField(_("開いた日時"), null=True)
    decided_by = models.UUIDField(_("決めた人"), null=True)
    decided_at = models.DateTimeField(_("決めた日時"), null=True)
    answer = models.CharField(_("お断りの理由"), max_length=200, blank=True)
    used_before = models.BigIntegerField(null=True)
    ceiling = models.BigIntegerField(null=True)
    journal = models.OneToOneField(Journal, on_delete=models.PROTECT, null=True, related_name="+")
    booked_at = models.DateTimeField(_("記帳日時"), null=True)
    file = models.ForeignKey(CoinPayoutFile, on_delete=models.PROTECT, null=True, related_name="payouts")
    paid_by = models.UUIDField(_("支払った人"), null=True)
    paid_at = models.DateTimeField(_("支払い日時"), null=True)
    return_journal = models.OneToOneField(Journal, on_delete=models.PROTECT, null=True, related_name="+")
    arrival_id = models.UUIDField(default=new_id, editable=False)
    returned_by = models.UUIDField(_("組戻しを記録した人"), null=True)
    returned_at = models.DateTimeField(_("組戻し日時"), null=True)
    return_reason = models.CharField(_("組戻しの理由"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("払戻し")
        verbose_name_plural = _("払戻し")
        constraints = [
            models.CheckConstraint(
                name="coin_payout_opened",
                condition=Q(state="asked", opened_by__isnull=True)
                | Q(state__in=["refused", "withdrawn"])
                | (Q(opened_by__isnull=False, amount__gt=0) & ~Q(case="") & ~Q(reason="") & ~Q(evidence="")),
            ),
            models.CheckConstraint(
                name="coin_payout_four_eyes",
                condition=Q(state__in=["asked", "opened", "refused", "withdrawn"])
                | (Q(decided_by__isnull=False, decided_at__isnull=False) & ~Q(decided_by=F("opened_by"))),
            ),
            models.CheckConstraint(
                name="coin_payout_within_the_ceiling",
                condition=~Q(case="small")
                | Q(state__in=["asked", "opened", "refused", "withdrawn"])
                | Q(used_before__gte=0, ceiling__gte=F("used_before") + F("amount")),
            ),
            models.CheckConstraint(
                name="coin_payout_booked",
                condition=Q(journal__isnull=False, booked_at__isnull=False, way="cash", state="paid")
                | Q(
                    journal__isnull=False,
                    booked_at__isnull=False,
                    way="bank",
                    state__in=["approved", "written", "paid", "returned"],
                )
                | Q(
                    Q(way="cash", state="approved") | Q(state__in=["asked", "opened", "refused", "withdrawn"]),
                    journal__isnull=True,
                    booked_at__isnull=True,
                ),
            ),
            models.CheckConstraint(
                name="coin_payout_bank",
                condition=Q(way="cash", sealed__isnull=True, file__isnull=True, return_journal__isnull=True)
                | (
                    Q(way="bank", sealed__isnull=False, key_version__isnull=False)
                    & ~Q(bank_code="")
                    & ~Q(branch_code="")
                ),
            ),
            models.CheckConstraint(
                name="coin_payout_returned",
                condition=Q(state="returned", return_journal__isnull=False, returned_at__isnull=False)
                & ~Q(return_reason="")
                | ~Q(state="returned") & Q(return_journal__isnull=True, returned_at__isnull=True),
            ),
            models.CheckConstraint(
                name="coin_payout_paid",
                condition=~Q(state="paid") | Q(paid_by__isnull=False, paid_at__isnull=False),
            ),
            models.UniqueConstraint(
                name="coin_payout_one_under_way",
                fields=["account"],
                condition=Q(state__in=["asked", "opened", "approved", "written"]),
            ),
        ]
        indexes = [
            models.Index(name="coin_payout_of_account", fields=["account", "at"]),
            models.Index(name="coin_payout_of_state", fields=["state", "at"]),
        ]

    def __str__(self) -> str:
        """Show the receipt's number."""
        return self.receipt_number
