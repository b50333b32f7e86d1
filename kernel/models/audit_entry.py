"""A row of the audit log, to be read."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AuditEntry(models.Model):
    """One act: who, for whom, what, when, why. The key in the database is (id, recorded_at); the id alone is unique as well."""

    id = models.UUIDField(primary_key=True)
    recorded_at = models.DateTimeField(_("日時"))
    actor = models.UUIDField(_("行った人"))
    subject = models.UUIDField(_("対象の住民"), null=True)
    action = models.CharField(_("操作"), max_length=120)
    key = models.CharField(_("キー"), max_length=128)
    what = models.JSONField(_("内容"))
    why = models.TextField(_("理由"))
    request_id = models.CharField(_("リクエスト番号"), max_length=64)

    class Meta:
        managed = False
        db_table = "kernel_audit"
        verbose_name = _("監査記録")
        verbose_name_plural = _("監査記録")

    def __str__(self) -> str:
        """Show the id."""
        return str(self.pk)
