"""The departments of the city office: on whose behalf an officer reads."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models.names import reader_name
from kernel.ids import new_id


class Department(models.Model):
    """A department (課) of the city office; its name stands in the access logs of those about whom its officers read."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(_("名称"), max_length=120)
    name_en = models.CharField(_("英語の名称"), max_length=120)
    created_at = models.DateTimeField(_("登録日時"))
    closed_at = models.DateTimeField(_("廃止日時"), null=True, blank=True)

    class Meta:
        verbose_name = _("部署")
        verbose_name_plural = _("部署")
        constraints = [
            models.CheckConstraint(
                name="department_closed_after_created",
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("created_at")),
            ),
            models.UniqueConstraint(name="department_named_once", fields=["name"], condition=Q(closed_at__isnull=True)),
        ]

    def __str__(self) -> str:
        """Show the name: a department's is public."""
        return reader_name(self)
