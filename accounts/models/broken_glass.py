"""Reading without a yes where a life is at stake (個人情報保護法27条1項2号): for a reason, for a while, and the person is told."""

from datetime import timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models.resident import Resident
from kernel.ids import new_id

LONGEST = timedelta(hours=4)


class BrokenGlass(models.Model):
    """One officer may read some classes of one person's data from ``broken_at`` until ``ends_at``; then the person is told."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    subject = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="+")
    officer = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="+")
    recipient = models.UUIDField()
    classes = ArrayField(models.CharField(max_length=32, db_collation="C"))
    reason = models.TextField()
    broken_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("緊急の閲覧")
        verbose_name_plural = _("緊急の閲覧")
        constraints = [
            models.CheckConstraint(name="broken_glass_for_another", condition=~Q(subject=F("officer"))),
            models.CheckConstraint(name="broken_glass_reason", condition=~Q(reason="")),
            models.CheckConstraint(name="broken_glass_has_classes", condition=Q(classes__len__gt=0)),
            models.CheckConstraint(
                name="broken_glass_time_box",
                condition=Q(ends_at__gt=F("broken_at")) & Q(ends_at__lte=F("broken_at") + LONGEST),
            ),
        ]

    def __str__(self) -> str:
        """Show the id."""
        return str(self.pk)
