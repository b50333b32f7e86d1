"""Where an organisation's takings are transferred to."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kernel.ids import new_id


class AccountType(models.TextChoices):
    """The kinds of accounts as the banks' files number them."""

    ORDINARY = "1", _("普通")
    CURRENT = "2", _("当座")
    SAVINGS = "4", _("貯蓄")
    OTHER = "9", _("その他")


class PayoutState(models.TextChoices):
    """What has become of an account that was named."""

    WAITING = "waiting", _("確認待ち")
    VERIFIED = "verified", _("確認済み")
    RETURNED = "returned", _("組戻しあり")
    REPLACED = "replaced", _("置き換え済み")
    REFUSED = "refused", _("差し戻し")


class PayoutAccount(models.Model):
    """One account of an organisation, as it was named on a day; a change is a new row, so the history stays.

    ``sealed`` holds number and holder's name, by the city's key ``key_version``; in the open stands the number's end alone.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation_id = models.UUIDField(_("組織"), db_index=True)
    bank_code = models.CharField(_("金融機関コード"), max_length=4, db_collation="C")
    branch_code = models.CharField(_("支店コード"), max_length=3, db_collation="C")
    account_type = models.CharField(_("預金種目"), max_length=1, choices=AccountType.choices, db_collation="C")
    number_end = models.CharField(_("口座番号の末尾"), max_length=2, db_collation="C")
    key_version = models.SmallIntegerField()
    sealed = models.BinaryField()
    state = models.CharField(
        _("状態"), max_length=8, choices=PayoutState.choices, default=PayoutState.WAITING, db_collation="C"
    )
    registered_by = models.UUIDField(_("登録した人"))
    registered_at = models.DateTimeField(_("登録日時"))
    decided_by = models.UUIDField(_("確認した人"), null=True, blank=True)
    decided_at = models.DateTimeField(_("確認日時"), null=True, blank=True)
    why = models.CharField(_("理由"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("振込先口座")
        verbose_name_plural = _("振込先口座")
        constraints = [
            models.CheckConstraint(
                name="payout_decided_by_another",
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("registered_by")),
            ),
            models.CheckConstraint(
                name="payout_decided",
                condition=Q(state__in=["waiting", "replaced"])
                | Q(decided_by__isnull=False, decided_at__isnull=False, state__in=["verified", "returned", "refused"]),
            ),
            models.UniqueConstraint(
                name="payout_one_waiting", fields=["organisation_id"], condition=Q(state="waiting")
            ),
            models.UniqueConstraint(
                name="payout_one_in_force", fields=["organisation_id"], condition=Q(state__in=["verified", "returned"])
            ),
        ]
        indexes = [models.Index(name="payout_history", fields=["organisation_id", "registered_at"])]

    def __str__(self) -> str:
        """Show the id."""
        return str(self.pk)
