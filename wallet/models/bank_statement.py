"""Money that comes to the city's bank account: statements as they were imported, each movement once, and what became of it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kernel.ids import new_id
from wallet.models.account import Account
from wallet.models.issue import TopUp


class TransferCode(models.Model):
    """The digits that stand for an account before a sender's name (振込依頼人番号): one an account, for good, naming nobody."""

    account = models.OneToOneField(Account, on_delete=models.PROTECT, primary_key=True, related_name="transfer_code")
    code = models.CharField(_("振込依頼人番号"), max_length=8, unique=True, db_collation="C")
    made_at = models.DateTimeField(_("発行日時"))

    class Meta:
        verbose_name = _("振込依頼人番号")
        verbose_name_plural = _("振込依頼人番号")
        constraints = [models.CheckConstraint(name="transfer_code_digits", condition=Q(code__regex="^[0-9]{8}$"))]

    def __str__(self) -> str:
        """Show the account."""
        return str(self.pk)


class BankStatement(models.Model):
    """One file of the bank, sealed as it came, known by its SHA-256; ``imported_at`` once its lines are in the books.

    ``bank_account`` is bank-branch-type-number. The counts are of the import: ``fresh`` lines came with it, the others were known.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    bank_account = models.CharField(_("口座"), max_length=20, db_collation="C")
    layout = models.CharField(_("形式"), max_length=6, db_collation="C")
    sha256 = models.BinaryField(unique=True)
    key_version = models.SmallIntegerField()
    sealed = models.BinaryField()
    lines = models.IntegerField(_("行数"))
    since = models.DateField(_("最初の日"))
    until = models.DateField(_("最後の日"))
    total_in = models.BigIntegerField(_("入金合計"))
    total_out = models.BigIntegerField(_("出金合計"))
    closing = models.BigIntegerField(_("取引後残高"), null=True)
    read_by = models.UUIDField(_("読み込んだ人"))
    read_at = models.DateTimeField(_("読み込み日時"))
    imported_by = models.UUIDField(_("取り込んだ人"), null=True)
    imported_at = models.DateTimeField(_("取り込み日時"), null=True)
    fresh = models.IntegerField(_("新しい行"), null=True)

    class Meta:
        verbose_name = _("銀行の明細")
        verbose_name_plural = _("銀行の明細")
        constraints = [
            models.CheckConstraint(
                name="bank_statement_sums",
                condition=Q(lines__gt=0, total_in__gte=0, total_out__gte=0, until__gte=F("since")),
            ),
            models.CheckConstraint(name="bank_statement_layout", condition=Q(layout__in=["zengin", "csv"])),
            models.CheckConstraint(
                name="bank_statement_imported",
                condition=Q(imported_by__isnull=True, imported_at__isnull=True, fresh__isnull=True)
                | Q(imported_by__isnull=False, imported_at__isnull=False, fresh__gte=0, fresh__lte=F("lines")),
            ),
        ]
        indexes = [models.Index(name="bank_statement_newest", fields=["-read_at"])]

    def __str__(self) -> str:
        """Show the id."""
        return str(self.pk)


class BankLineState(models.TextChoices):
    """What has become of a movement. ``waiting``: in the books, not looked at yet. ``open`` (仮受): nobody's yet."""

    WAITING = "waiting", _("処理待ち")
    BOOKED = "booked", _("チャージ済み")
    OPEN = "open", _("仮受")
    RETURNED = "returned", _("組戻し")
    ASIDE = "aside", _("コイン以外")
    OUT = "out", _("出金")


class OpenReason(models.TextChoices):
    """Why a movement became no coins by itself."""

    NONE = "", ""
    NO_CODE = "no_code", _("番号がありません")
    DAMAGED_CODE = "damaged_code", _("番号が正しくありません")
    UNKNOWN_CODE = "unknown_code", _("だれのものでもない番号です")
    LIMIT = "limit", _("残高の上限を超えます")
    CLOSED = "closed", _("閉じた口座です")
    FROZEN = "frozen", _("停止中の口座です")
    NOT_FINAL = "not_final", _("小切手か訂正で、確定していません")


class BankLine(models.Model):
    """One movement of the city's account, however many files name it.

    ``content`` stands for the sender's name, which is sealed; equal lines of a day are told apart by ``ordinal``, or by the bank's
    own number of the day, ``serial``, where one is known.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    statement = models.ForeignKey(BankStatement, on_delete=models.PROTECT, related_name="fresh_lines")
    bank_account = models.CharField(_("口座"), max_length=20, db_collation="C")
    booked_on = models.DateField(_("勘定日"))
    is_in = models.BooleanField(_("入金"))
    amount = models.BigIntegerField(_("金額"))
    content = models.CharField(max_length=43, db_collation="C")
    ordinal = models.IntegerField()
    serial = models.CharField(_("照会番号"), max_length=8, blank=True, db_collation="C")
    is_final = models.BooleanField(default=True)
    key_version = models.SmallIntegerField()
    sealed = models.BinaryField()
    state = models.CharField(_("状態"), max_length=8, choices=BankLineState.choices, db_collation="C")
    reason = models.CharField(_("理由"), max_length=12, choices=OpenReason.choices, blank=True, db_collation="C")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    top_up = models.OneToOneField(TopUp, on_delete=models.PROTECT, null=True, related_name="bank_line")
    done_at = models.DateTimeField(_("処理日時"), null=True)

    class Meta:
        verbose_name = _("銀行の明細の行")
        verbose_name_plural = _("銀行の明細の行")
        constraints = [
            models.CheckConstraint(name="bank_line_amount", condition=Q(amount__gt=0, ordinal__gt=0)),
            models.UniqueConstraint(
                name="bank_line_once", fields=["bank_account", "booked_on", "is_in", "amount", "content", "ordinal"]
            ),
            models.UniqueConstraint(
                name="bank_line_once_a_serial", fields=["bank_account", "booked_on", "serial"], condition=~Q(serial="")
            ),
            models.CheckConstraint(
                name="bank_line_state",
                condition=Q(state="out", is_in=False, reason="", top_up__isnull=True)
                | Q(state="waiting", is_in=True, reason="", top_up__isnull=True, done_at__isnull=True)
                | Q(state="booked", is_in=True, top_up__isnull=False, account__isnull=False, done_at__isnull=False)
                | (Q(state="open", is_in=True, top_up__isnull=True, done_at__isnull=True) & ~Q(reason=""))
                | Q(state__in=["returned", "aside"], is_in=True, top_up__isnull=True, done_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(name="bank_line_of_state", fields=["state", "booked_on"]),
            models.Index(name="bank_line_waiting", fields=["id"], condition=Q(state="waiting")),
        ]

    def __str__(self) -> str:
        """Show the id."""
        return str(self.pk)


class BankStatementLine(models.Model):
    """Line ``number`` of a file is that movement; a movement may stand in many files, once in each. Written once."""

    pk = models.CompositePrimaryKey("statement", "number")
    statement = models.ForeignKey(BankStatement, on_delete=models.PROTECT, related_name="entries", db_index=False)
    number = models.IntegerField(_("行"))
    line = models.ForeignKey(BankLine, on_delete=models.PROTECT, related_name="entries")

    class Meta:
        verbose_name = _("明細のファイルの行")
        verbose_name_plural = _("明細のファイルの行")
        constraints = [models.UniqueConstraint(name="bank_line_once_a_file", fields=["statement", "line"])]

    def __str__(self) -> str:
        """Show both keys."""
        return str(self.pk)


class BankLineDeed(models.TextChoices):
    """What an officer makes of an open movement."""

    ASSIGN = "assign", _("口座に入れる")
    RETURN = "return", _("送った人に戻す")
    ASIDE = "aside", _("コインの入金ではない")


class BankLineProposal(models.Model):
    """What one officer proposes for an open movement; above a threshold (``needs_two``) another one decides.

    ``reference`` is the bank's, of a transfer that is sent back. ``is_accepted`` says how it was decided.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    line = models.ForeignKey(BankLine, on_delete=models.PROTECT, related_name="proposals")
    deed = models.CharField(_("処理"), max_length=6, choices=BankLineDeed.choices, db_collation="C")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    reference = models.CharField(_("銀行の受付番号"), max_length=40, blank=True)
    reason = models.CharField(_("理由"), max_length=200)
    needs_two = models.BooleanField()
    proposed_by = models.UUIDField(_("提案した人"))
    proposed_at = models.DateTimeField(_("提案日時"))
    decided_by = models.UUIDField(_("決めた人"), null=True)
    decided_at = models.DateTimeField(_("決めた日時"), null=True)
    is_accepted = models.BooleanField(null=True)

    class Meta:
        verbose_name = _("仮受の処理")
        verbose_name_plural = _("仮受の処理")
        constraints = [
            models.CheckConstraint(
                name="bank_proposal_whole",
                condition=~Q(reason="")
                & (
                    Q(deed="assign", account__isnull=False, reference="")
                    | (Q(deed="return", account__isnull=True) & ~Q(reference=""))
                    | Q(deed="aside", account__isnull=True, reference="")
                ),
            ),
            models.CheckConstraint(
                name="bank_proposal_decided",
                condition=Q(decided_by__isnull=True, decided_at__isnull=True, is_accepted__isnull=True)
                | Q(decided_by__isnull=False, decided_at__gte=F("proposed_at"), is_accepted__isnull=False),
            ),
            models.CheckConstraint(
                name="bank_proposal_four_eyes",
                condition=~Q(needs_two=True, is_accepted=True) | ~Q(decided_by=F("proposed_by")),
            ),
            models.UniqueConstraint(name="bank_proposal_one_open", fields=["line"], condition=Q(decided_at=None)),
            models.UniqueConstraint(name="bank_proposal_one_accepted", fields=["line"], condition=Q(is_accepted=True)),
        ]

    def __str__(self) -> str:
        """Show the id."""
        return str(self.pk)
