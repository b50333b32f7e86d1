"""A person's copy of everything that is kept about them: asked for, made, taken home, gone."""

from django.db import models
from django.db.models import F, Q

from accounts.models.resident import Resident
from kernel.ids import new_id


class ExportState(models.TextChoices):
    """Where a copy is on its way."""

    WAITING = "waiting"
    MAKING = "making"
    READY = "ready"
    FAILED = "failed"
    GONE = "gone"


UNDER_WAY = (ExportState.WAITING, ExportState.MAKING)


class Export(models.Model):
    """One copy. ``done`` of ``total`` steps are made; ``sealed_key`` opens the file and is sealed with the person's own key.

    ``leased_until``: a worker is at it until then. The file is gone a day after it was made, and with the account.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="+", db_index=False)
    language = models.CharField(max_length=16, db_collation="C")
    state = models.CharField(max_length=8, choices=ExportState.choices, default=ExportState.WAITING, db_collation="C")
    requested_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    done = models.PositiveSmallIntegerField(default=0)
    total = models.PositiveSmallIntegerField(default=0)
    ready_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    file = models.CharField(max_length=80, default="", db_collation="C")
    sealed_key = models.BinaryField(default=b"")
    size = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(name="export_state", condition=Q(state__in=[str(state) for state in ExportState])),
            models.CheckConstraint(name="export_steps", condition=Q(done__lte=F("total"))),
            models.CheckConstraint(
                name="export_ready_with_file",
                condition=~Q(state="ready") | (Q(expires_at__isnull=False) & ~Q(file="") & Q(size__gt=0)),
            ),
            models.UniqueConstraint(name="export_one_at_a_time", fields=["resident"], condition=Q(state__in=UNDER_WAY)),
        ]
        indexes = [
            models.Index(name="export_of_resident", fields=["resident", "-requested_at", "-id"]),
            models.Index(name="export_under_way", fields=["state"], condition=~Q(state__in=["failed", "gone"])),
        ]

    def __str__(self) -> str:
        """Show the id."""
        return str(self.pk)
