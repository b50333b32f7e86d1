"""The number that stands beside a code for those without a camera."""

from django.db import models

from wallet.models.code import QrToken


class CodeNumber(models.Model):
    """One code's number. ``key`` is the digits themselves where anybody may see them (a shop's, a charge's), else their keyed
    digest.

    A customer's number has eleven random digits: a plain hash of it could be tried through, so the city's secret is mixed in.
    """

    code = models.OneToOneField(QrToken, on_delete=models.PROTECT, primary_key=True, related_name="number")
    key = models.CharField(max_length=64, unique=True, db_collation="C")

    def __str__(self) -> str:
        """Show the code's id."""
        return str(self.pk)
