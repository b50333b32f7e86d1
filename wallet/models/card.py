"""Payments by card and at convenience stores, as the city keeps them; the vendor's own books are elsewhere."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kernel.ids import new_id
from wallet.models.account import CURRENCY, Account
from wallet.models.issue import TopUp
from wallet.models.journal import Journal


class CardMethod(models.TextChoices):
    """How the person pays at the vendor."""

    CARD = "card", _("カード")
    KONBINI = "konbini", _("コンビニ")


class CardPurpose(models.TextChoices):
    """What the money is for."""

    TOP_UP = "top_up", _("チャージ")
    ORDER = "order", _("注文")
    PREMIUM = "premium", _("プレミアム付コイン")


BRING_COINS = (CardPurpose.TOP_UP, CardPurpose.PREMIUM)
"""What becomes coins in the payer's account: the phone shows both in the same way."""


class CardStatus(models.TextChoices):
    """A payment only moves forward through these, in this order; the last three are ends.

    ``reserved``: the card's bank has set the money aside, and it is not taken yet.
    ``returned``: the money came and could not be taken, and goes back to where it came from.
    """

    STARTED = "started", _("開始")
    OPEN = "open", _("支払い画面")
    WAITING = "waiting", _("コンビニでの支払い待ち")
    RESERVED = "reserved", _("カードの枠を確保")
    ENDED = "ended", _("不成立")
    PAID = "paid", _("支払い済み")
    RETURNED = "returned", _("受け取れず返金")


ORDER_OF_STATUS = {str(status): number for number, status in enumerate(CardStatus)}


class CardPayment(models.Model):
    """Money that comes, or may come, through the vendor into an account. Its id is the reference and key at the vendor.

    ``refused`` is the vendor's word for why the card was declined last. ``refunded`` is what went back to the card.
    With ``is_held`` the card's bank sets the money aside, and it is taken once we say so. ``to_take`` is what we decided
    to take of it, 0 where the page or what was set aside is to be given up; null before, and where it is taken as it comes.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    purpose = models.CharField(_("目的"), max_length=8, choices=CardPurpose.choices, db_collation="C")
    method = models.CharField(_("方法"), max_length=8, choices=CardMethod.choices, db_collation="C")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, db_index=False, related_name="+")
    amount = models.BigIntegerField(_("金額"))
    currency = models.CharField(_("通貨"), max_length=3, default=CURRENCY, db_collation="C")
    language = models.CharField(max_length=8, default="ja", db_collation="C")
    status = models.CharField(
        _("状態"), max_length=8, choices=CardStatus.choices, default=CardStatus.STARTED, db_collation="C"
    )
    is_held = models.BooleanField(_("枠の確保だけ"), default=False)
    to_take = models.BigIntegerField(_("受け取ると決めた額"), null=True)
    version = models.IntegerField(_("版"), default=1)
    session_id = models.CharField(max_length=255, null=True, unique=True, db_collation="C")
    intent_id = models.CharField(_("カード会社の番号"), max_length=255, null=True, unique=True, db_collation="C")
    url = models.CharField(max_length=2048, default="", blank=True)
    refused = models.CharField(_("断られた理由"), max_length=64, default="", blank=True, db_collation="C")
    started_at = models.DateTimeField(_("開始日時"))
    closes_at = models.DateTimeField(_("期限"))
    finished_at = models.DateTimeField(_("完了日時"), null=True)
    looked_at = models.DateTimeField(null=True)
    refunded = models.BigIntegerField(_("カードに戻した額"), default=0)
    top_up = models.OneToOneField(TopUp, on_delete=models.PROTECT, null=True, related_name="card_payment")

    class Meta:
        verbose_name = _("カード・コンビニの支払い")
        verbose_name_plural = _("カード・コンビニの支払い")
        constraints = [
            models.CheckConstraint(name="card_payment_amount", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="card_payment_refunded", condition=Q(refunded__gte=0, refunded__lte=F("amount"))
            ),
            models.CheckConstraint(
                name="card_payment_purpose",
                condition=Q(purpose__in=["top_up", "order"]) | Q(purpose="premium", method="card"),
            ),
            models.CheckConstraint(name="card_payment_method", condition=Q(method__in=CardMethod.values)),
            models.CheckConstraint(
                name="card_payment_status",
                condition=Q(status="started", finished_at=None)
                | Q(status__in=["open", "waiting"], session_id__isnull=False, finished_at=None)
                | Q(
                    status="reserved",
                    session_id__isnull=False,
                    finished_at=None,
                    intent_id__isnull=False,
                    is_held=True,
                )
                | Q(status="ended", finished_at__isnull=False)
                | Q(status__in=["paid", "returned"], finished_at__isnull=False, intent_id__isnull=False),
            ),
            models.CheckConstraint(
                name="card_payment_to_take",
                condition=Q(to_take=None)
                | Q(to_take=0, purpose="order")
                | Q(to_take__range=(1, F("amount")), is_held=True),
            ),
            models.CheckConstraint(
                name="card_payment_issued",
                condition=Q(purpose__in=BRING_COINS, status="paid", top_up__isnull=False)
                | (~Q(purpose__in=BRING_COINS, status="paid") & Q(top_up__isnull=True)),
            ),
        ]
        indexes = [
            models.Index(name="card_payment_of_account", fields=["account", "started_at"]),
            models.Index(name="card_payment_begun", fields=["started_at"]),
            models.Index(
                name="card_payment_unfinished",
                fields=["closes_at"],
                condition=Q(status__in=["started", "open", "waiting", "reserved"]),
            ),
        ]

    def __str__(self) -> str:
        """Show the id."""
        return str(self.pk)

    @property
    def due(self) -> int:
        """Return what is to come: the whole, or what was decided to be taken of it."""
        return self.to_take or self.amount


class CardRefundStatus(models.TextChoices):
    """Whether the vendor has been asked, and what it said."""

    ASKED = "asked", _("依頼中")
    DONE = "done", _("返金済み")
    FAILED = "failed", _("返金できず")


class CardRefundReason(models.TextChoices):
    """Why money goes back to a card."""

    LIMIT = "limit", _("残高の上限のため")
    CLOSED = "closed", _("口座が閉じられたため")
    FROZEN = "frozen", _("口座が止められているため")
    OFFICE = "office", _("職員の判断")
    ORDER = "order", _("注文の返金")
    LATE = "late", _("注文が終わったあとに届いたため")
    UNITS = "units", _("買える口がなくなったあとに届いたため")
    VENDOR = "vendor", _("カード会社の画面での返金")


class CardRefund(models.Model):
    """Money that goes back to a card: written before the vendor is asked, under whose key the id stands, and finished after."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    payment = models.ForeignKey(CardPayment, on_delete=models.PROTECT, related_name="refunds")
    amount = models.BigIntegerField(_("金額"))
    reason = models.CharField(_("理由"), max_length=8, choices=CardRefundReason.choices, db_collation="C")
    status = models.CharField(
        _("状態"), max_length=8, choices=CardRefundStatus.choices, default=CardRefundStatus.ASKED, db_collation="C"
    )
    vendor_id = models.CharField(max_length=255, null=True, unique=True, db_collation="C")
    asked_at = models.DateTimeField(_("依頼日時"))
    finished_at = models.DateTimeField(_("完了日時"), null=True)

    class Meta:
        verbose_name = _("カードへの返金")
        verbose_name_plural = _("カードへの返金")
        constraints = [
            models.CheckConstraint(name="card_refund_amount", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="card_refund_status",
                condition=Q(status="asked", finished_at=None)
                | Q(status="done", finished_at__isnull=False, vendor_id__isnull=False)
                | Q(status="failed", finished_at__isnull=False),
            ),
        ]
        indexes = [models.Index(name="card_refund_asked", fields=["asked_at"], condition=Q(status="asked"))]

    def __str__(self) -> str:
        """Show the id."""
        return str(self.pk)


class CardDisputeStatus(models.TextChoices):
    """Where the dispute stands."""

    OPEN = "open", _("審査中")
    WON = "won", _("市の主張が認められた")
    LOST = "lost", _("カードに払い戻された")


class CardDispute(models.Model):
    """The holder of the card says that they did not pay; their bank decides."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    payment = models.ForeignKey(CardPayment, on_delete=models.PROTECT, related_name="disputes")
    vendor_id = models.CharField(max_length=255, unique=True, db_collation="C")
    amount = models.BigIntegerField(_("金額"))
    status = models.CharField(
        _("状態"), max_length=8, choices=CardDisputeStatus.choices, default=CardDisputeStatus.OPEN, db_collation="C"
    )
    opened_at = models.DateTimeField(_("申し立て日時"))
    closed_at = models.DateTimeField(_("決着日時"), null=True)

    class Meta:
        verbose_name = _("カード会社への申し立て")
        verbose_name_plural = _("カード会社への申し立て")
        constraints = [
            models.CheckConstraint(name="card_dispute_amount", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="card_dispute_status",
                condition=Q(status="open", closed_at=None) | Q(status__in=["won", "lost"], closed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        """Show the id."""
        return str(self.pk)


class ReversalReason(models.TextChoices):
    """Why a top-up was taken back; ``restored`` puts back what the vendor then would not refund."""

    REFUND = "refund", _("カードへの返金")
    DISPUTE = "dispute", _("申し立てによる払い戻し")
    RESTORED = "restored", _("返金できず戻した")


class Reversal(models.Model):
    """Coins of a top-up were taken out of what was left of its lots; ``lost`` of them were spent already, and the city bears it.

    ``bonus`` went back to the budget beside them, where they had been sold with one. Written once. Either what is refunded or
    what is disputed stands behind it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    journal = models.OneToOneField(Journal, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, db_index=False, related_name="+")
    reason = models.CharField(_("理由"), max_length=8, choices=ReversalReason.choices, db_collation="C")
    taken = models.BigIntegerField(_("コインから"))
    lost = models.BigIntegerField(_("市の負担"), default=0)
    bonus = models.BigIntegerField(_("予算に戻した上乗せ"), default=0)
    refund = models.ForeignKey(CardRefund, on_delete=models.PROTECT, null=True, related_name="reversals")
    dispute = models.OneToOneField(CardDispute, on_delete=models.PROTECT, null=True, related_name="reversal")
    at = models.DateTimeField(_("日時"))

    class Meta:
        verbose_name = _("チャージの取消")
        verbose_name_plural = _("チャージの取消")
        constraints = [
            models.CheckConstraint(
                name="reversal_amounts", condition=Q(taken__gte=0, lost__gte=0, bonus__gte=0) & ~Q(taken=0, lost=0)
            ),
            models.CheckConstraint(
                name="reversal_reason",
                condition=Q(reason__in=["refund", "restored"], refund__isnull=False, dispute=None)
                | Q(reason="dispute", refund=None, dispute__isnull=False),
            ),
            models.UniqueConstraint(name="reversal_once_a_refund", fields=["refund", "reason"]),
        ]
        indexes = [models.Index(name="reversal_of_account", fields=["account", "at"])]

    def __str__(self) -> str:
        """Show the id."""
        return str(self.pk)
