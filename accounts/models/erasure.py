"""How far this database has followed the erasure list."""

from django.db import models
from django.db.models import Q


class ErasureMark(models.Model):
    """One row: the lines of the list (:mod:`accounts.gateways.erasures`) that are done here. A restored backup knows fewer."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    lines = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(name="erasure_mark_only_one", condition=Q(id=1))]

    def __str__(self) -> str:
        """Show how many lines are done."""
        return str(self.lines)
