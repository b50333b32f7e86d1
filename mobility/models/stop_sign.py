"""Which stop a sign of the town shows."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class StopSign(models.Model):
    """A paired device that shows the board of a stop instead of the town's notices.

    ``languages`` take turns, all of them where none is named; ``look`` is blank for the one that the screen prefers. ``heard_at``
    is when the sign last asked for its board.
    """

    device = models.UUIDField(primary_key=True)
    stop_id = models.CharField(_("停留所"), max_length=255, db_collation="C")
    languages = models.JSONField(_("ことば"), default=list)
    look = models.CharField(_("画面の色"), max_length=5, blank=True, db_collation="C")
    set_by = models.UUIDField(_("決めた人"))
    set_at = models.DateTimeField(_("決めた日時"))
    heard_at = models.DateTimeField(_("最後に表示した日時"), null=True)

    class Meta:
        verbose_name = _("停留所の表示端末")
        verbose_name_plural = _("停留所の表示端末")
        constraints = [
            models.CheckConstraint(name="stop_sign_stop", condition=~Q(stop_id="")),
            models.CheckConstraint(name="stop_sign_look", condition=Q(look__in=["", "dark", "light"])),
        ]

    def __str__(self) -> str:
        """Show the device's id."""
        return str(self.device)
