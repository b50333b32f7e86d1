"""The key of the blind index, sealed by the master key; one row."""

from django.db import models
from django.db.models import Q


class IndexKey(models.Model):
    """One random key, made when first needed and never changed: every index in the database hangs on it."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    version = models.PositiveSmallIntegerField()
    sealed = models.BinaryField()

    class Meta:
        constraints = [models.CheckConstraint(name="index_key_only_one", condition=Q(id=1))]

    def __str__(self) -> str:
        """Show the master key's version."""
        return str(self.version)
