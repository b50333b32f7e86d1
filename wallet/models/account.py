"""Accounts of the ledger: whom the city owes coins to, and where coins come from and go."""

from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kernel.access import PersonalModel
from kernel.ids import new_id

CURRENCY = "JPY"  # one coin is worth one yen (ISO 4217, number 392)


class AccountKind(models.TextChoices):
    """Residents, merchants and campaigns hold coins; the others are where coins come from and go to, one of each a currency."""

    RESIDENT = "resident", _("住民")
    MERCHANT = "merchant", _("加盟店")
    CAMPAIGN = "campaign", _("キャンペーンの予算")
    ISSUANCE = "issuance", _("ボーナス発行")
    COUNTER_CASH = "counter_cash", _("窓口の現金")
    SHOP_CASH = "shop_cash", _("店頭の現金")
    EXPIRED = "expired", _("失効")
    CARD = "card", _("カード決済")
    BANK = "bank", _("銀行")
    FEES = "fees", _("手数料")
    LOSS = "loss", _("貸倒れ")


SOURCES = {
    AccountKind.ISSUANCE: UUID("00000000-0000-7000-8000-000000000101"),
    AccountKind.COUNTER_CASH: UUID("00000000-0000-7000-8000-000000000102"),
    AccountKind.SHOP_CASH: UUID("00000000-0000-7000-8000-000000000103"),
    AccountKind.EXPIRED: UUID("00000000-0000-7000-8000-000000000104"),
    AccountKind.CARD: UUID("00000000-0000-7000-8000-000000000105"),
    AccountKind.BANK: UUID("00000000-0000-7000-8000-000000000106"),
    AccountKind.FEES: UUID("00000000-0000-7000-8000-000000000107"),
    AccountKind.LOSS: UUID("00000000-0000-7000-8000-000000000108"),
}
"""The accounts of the city itself, made by migrations; they have no balance row, so that nothing queues on them."""


class Account(models.Model):
    """One account. Seen from the city it is a debt: a credit raises it, a debit lowers it.

    Everything in the ledger points here and nothing here points to a person: that is :class:`Holder`'s part alone.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(_("種別"), max_length=16, choices=AccountKind.choices, db_collation="C")
    currency = models.CharField(_("通貨"), max_length=3, default=CURRENCY, db_collation="C")
    opened_at = models.DateTimeField(_("開設日時"))
    closed_at = models.DateTimeField(_("閉鎖日時"), null=True, blank=True)

    class Meta:
        verbose_name = _("口座")
        verbose_name_plural = _("口座")
        constraints = [
            models.CheckConstraint(name="account_kind", condition=Q(kind__in=[str(kind) for kind in AccountKind])),
            models.CheckConstraint(name="account_currency", condition=Q(currency__regex="^[A-Z]{3}$")),
            models.CheckConstraint(
                name="account_closed_after_opened",
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("opened_at")),
            ),
            models.UniqueConstraint(
                name="account_one_of_each_source",
                fields=["kind", "currency"],
                condition=~Q(kind__in=["resident", "merchant", "campaign"]),
            ),
        ]

    def __str__(self) -> str:
        """Show the id."""
        return str(self.pk)


class Holder(PersonalModel):
    """The only link from a person to their account; row-level security guards it (data class ``wallet``).

    Written by ``wallet_open_account`` alone and asked by ``wallet_account_of`` and ``wallet_pay``, for the principal's own subject.
    """

    data_class = "wallet"

    account = models.OneToOneField(Account, on_delete=models.PROTECT, primary_key=True, related_name="holder")
    resident = models.ForeignKey("accounts.Resident", on_delete=models.PROTECT, related_name="+", db_index=False)
    currency = models.CharField(max_length=3, default=CURRENCY, db_collation="C")

    class Meta(PersonalModel.Meta):
        verbose_name = _("口座の名義")
        verbose_name_plural = _("口座の名義")
        constraints = [models.UniqueConstraint(name="holder_once_a_currency", fields=["resident", "currency"])]

    def __str__(self) -> str:
        """Show the account, never the person."""
        return str(self.pk)


class Frozen(models.IntegerChoices):
    """What an account may not do now; the strongest of its open freezes (:class:`wallet.models.freeze.AccountFreeze`)."""

    NO = 0, _("なし")
    OUTGOING = 1, _("出金を停止")
    ALL = 2, _("入出金を停止")


class Balance(models.Model):
    """What an account holds now: ``amount`` may be spent, ``held`` is reserved; ``version`` rises with every change.

    The row is the account's lock: whoever changes its lots, holds or inbox changes this row first. ``spent`` is what was spent
    towards the limit of the day ``spent_on`` (in Japan); the day never goes back, a straggler counts towards the later one.
    The three amounts are of SQL's domain ``wallet_yen_or_none``: never below zero. ``frozen`` is written by a trigger alone.
    """

    account = models.OneToOneField(Account, on_delete=models.PROTECT, primary_key=True, related_name="balance")
    amount = models.BigIntegerField(_("残高"), default=0)
    held = models.BigIntegerField(_("保留中"), default=0)
    version = models.BigIntegerField(_("版"), default=0)
    spent_on = models.DateField(_("利用日"), null=True, blank=True)
    spent = models.BigIntegerField(_("当日の利用額"), default=0)
    frozen = models.SmallIntegerField(_("停止"), choices=Frozen.choices, default=Frozen.NO, db_default=0)

    class Meta:
        verbose_name = _("残高")
        verbose_name_plural = _("残高")

    def __str__(self) -> str:
        """Show the account."""
        return str(self.pk)
