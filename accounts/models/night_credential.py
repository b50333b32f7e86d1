"""The signed credential of a phone, for a night without a database."""

from django.db import models
from django.db.models import F, Q

from accounts.models.resident import Resident
from kernel.ids import new_id


class NightCredential(models.Model):
    """One phone's credential by the thumbprint of the phone's key; it is good while the sign-in lives that it was given to
    (``session``: the key of its row).

    The row's id is the pseudonym in the credential: who carries it, this table alone says.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="+", db_index=False)
    thumbprint = models.CharField(max_length=43, db_collation="C")
    session = models.CharField(max_length=40, db_collation="C")
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="night_credential_one_a_phone", fields=["resident", "thumbprint"]),
            models.CheckConstraint(name="night_credential_ends", condition=Q(expires_at__gt=F("issued_at"))),
        ]

    def __str__(self) -> str:
        """Show the id."""
        return str(self.pk)
