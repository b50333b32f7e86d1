"""A resident, guest or worker of the town as everybody may point to them: a key, and nothing personal."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kernel.ids import new_id


class Resident(models.Model):
    """A person's bare key. The row outlives a closed account, so that ledgers and audit rows keep what they point to.

    ``merged_into`` names the ID that stands for this one since two officers found that both are one person's.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("住民")
        verbose_name_plural = _("住民")
        constraints = [
            models.CheckConstraint(
                name="resident_closed_after_created",
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("created_at")),
            ),
            models.CheckConstraint(
                name="resident_merged_into_another_and_closed",
                condition=Q(merged_into=None) | (~Q(merged_into=F("id")) & Q(closed_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        """Show the id; a name is never at hand here."""
        return str(self.pk)
