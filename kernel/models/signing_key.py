"""The city's own signing keys: one in use for each purpose, older ones kept so that what they signed can still be checked."""

from django.db import models
from django.db.models import Q


class SigningKey(models.Model):
    """A key pair for one purpose; the private half is sealed by the city's master key, which is kept outside the database."""

    kid = models.CharField(primary_key=True, max_length=64, db_collation="C")
    purpose = models.CharField(max_length=16, db_collation="C")
    algorithm = models.CharField(max_length=8, db_collation="C")
    public_jwk = models.JSONField()
    version = models.PositiveSmallIntegerField()
    sealed_private = models.BinaryField()
    created_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="signing_key_algorithm", condition=Q(algorithm__in=["EdDSA", "ES256", "RS256"])
            ),
            models.CheckConstraint(
                name="signing_key_retired_after_created",
                condition=Q(retired_at__isnull=True) | Q(retired_at__gte=models.F("created_at")),
            ),
            models.UniqueConstraint(
                name="signing_key_one_in_use", fields=["purpose"], condition=Q(retired_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        """Show the key's name."""
        return self.kid
