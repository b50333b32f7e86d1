"""Invitations to work at a shop: a code that one other person takes up, once, within a day."""

from django.db import models
from django.db.models import F, Q

from accounts.models.organisation import Organisation
from accounts.models.resident import Resident
from kernel.ids import new_id


class StaffInvitation(models.Model):
    """A manager asks somebody to work at their organisation in ``role``; kept by the hash of its token, which is shown once."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=32, db_collation="C")
    hash = models.BinaryField(unique=True)
    made_by = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    taken_by = models.ForeignKey(Resident, on_delete=models.PROTECT, null=True, related_name="+")
    taken_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="staff_invitation_role", condition=Q(role__in=["merchant.manager", "merchant.cashier"])
            ),
            models.CheckConstraint(
                name="staff_invitation_taken_or_withdrawn",
                condition=Q(taken_by__isnull=True, taken_at__isnull=True)
                | Q(taken_by__isnull=False, taken_at__isnull=False, withdrawn_at__isnull=True),
            ),
            models.CheckConstraint(name="staff_invitation_for_another", condition=~Q(taken_by=F("made_by"))),
        ]

    def __str__(self) -> str:
        """Show the id."""
        return str(self.pk)
