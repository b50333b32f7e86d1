"""Banks and their branches by the codes of 全国銀行協会, as the last import had them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Bank(models.Model):
    """One bank. A code that a later import no longer has, merged or given up, stays with ``ended_at``: old payouts name it."""

    code = models.CharField(_("金融機関コード"), max_length=4, primary_key=True, db_collation="C")
    name = models.CharField(_("金融機関名"), max_length=60)
    kana = models.CharField(_("カナ"), max_length=60)
    ended_at = models.DateTimeField(_("終了日時"), null=True, blank=True)

    class Meta:
        verbose_name = _("金融機関")
        verbose_name_plural = _("金融機関")
        constraints = [models.CheckConstraint(name="bank_code", condition=Q(code__regex="^[0-9]{4}$"))]

    def __str__(self) -> str:
        """Show code and name."""
        return f"{self.code} {self.name}"


class BankBranch(models.Model):
    """One branch of a bank."""

    pk = models.CompositePrimaryKey("bank", "code")
    bank = models.ForeignKey(Bank, on_delete=models.PROTECT, related_name="branches", db_index=False)
    code = models.CharField(_("支店コード"), max_length=3, db_collation="C")
    name = models.CharField(_("支店名"), max_length=60)
    kana = models.CharField(_("カナ"), max_length=60)
    ended_at = models.DateTimeField(_("終了日時"), null=True, blank=True)

    class Meta:
        verbose_name = _("支店")
        verbose_name_plural = _("支店")
        constraints = [models.CheckConstraint(name="branch_code", condition=Q(code__regex="^[0-9]{3}$"))]

    def __str__(self) -> str:
        """Show code and name."""
        return f"{self.code} {self.name}"
