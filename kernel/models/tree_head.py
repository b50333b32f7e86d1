"""Heads of the logs' trees, as the city signed them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kernel.ids import new_id


class TreeHead(models.Model):
    """One signed head: of which log, how many leaves, which root, when. The day's own carries its ``day``; written once."""

    id = models.UUIDField(primary_key=True, default=new_id)
    log = models.CharField(max_length=63, db_collation="C")
    size = models.BigIntegerField()
    root = models.CharField(max_length=64, db_collation="C")
    at = models.DateTimeField(_("日時"))
    day = models.DateField(_("日"), null=True)
    jws = models.TextField()

    class Meta:
        verbose_name = _("記録の署名")
        verbose_name_plural = _("記録の署名")
        indexes = [models.Index(fields=["log", "-at", "-id"], name="tree_head_newest")]
        constraints = [
            models.UniqueConstraint(name="tree_head_one_a_day", fields=["log", "day"]),
            models.CheckConstraint(name="tree_head_shape", condition=Q(size__gte=0, root__regex="^[0-9a-f]{64}$")),
        ]

    def __str__(self) -> str:
        """Show the id."""
        return str(self.pk)
