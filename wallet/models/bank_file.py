"""A file of transfers for the bank, as it was written."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class BankFile(models.Model):
    """What every file for the bank keeps: sealed by the city's key as it was written; ``sha256`` is of the open bytes."""

    transfers = models.IntegerField(_("件数"))
    total = models.BigIntegerField(_("合計"))
    sha256 = models.BinaryField()
    key_version = models.SmallIntegerField()
    sealed = models.BinaryField()
    written_by = models.UUIDField(_("作成した人"))
    written_at = models.DateTimeField(_("作成日時"))

    class Meta:
        abstract = True
