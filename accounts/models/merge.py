"""Two IDs of one person on their way to become one: proposed by one officer, decided by another."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models.resident import Resident
from kernel.ids import new_id


class Merge(models.Model):
    """A proposal and its decision. Four eyes: who decides did not propose, and neither officer is the person."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    survivor = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="+", verbose_name=_("残すID"))
    merged = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="+", verbose_name=_("閉じるID"))
    reason = models.CharField(_("理由"), max_length=200)
    proposed_by = models.UUIDField(_("提案した職員"))
    proposed_at = models.DateTimeField(_("提案日時"))
    decided_by = models.UUIDField(_("決裁した職員"), null=True)
    decided_at = models.DateTimeField(_("決裁日時"), null=True)
    is_confirmed = models.BooleanField(_("統合した"), null=True)

    class Meta:
        verbose_name = _("IDの統合")
        verbose_name_plural = _("IDの統合")
        constraints = [
            models.CheckConstraint(name="merge_of_two", condition=~Q(survivor=F("merged"))),
            models.CheckConstraint(
                name="merge_four_eyes",
                condition=Q(decided_by=None) | Q(is_confirmed=False) | ~Q(decided_by=F("proposed_by")),
            ),
            models.CheckConstraint(
                name="merge_not_of_oneself",
                condition=~Q(proposed_by=F("survivor_id"))
                & ~Q(proposed_by=F("merged_id"))
                & (Q(decided_by=None) | (~Q(decided_by=F("survivor_id")) & ~Q(decided_by=F("merged_id")))),
            ),
            models.CheckConstraint(
                name="merge_decided_whole",
                condition=Q(decided_by=None, decided_at=None, is_confirmed=None)
                | Q(decided_by__isnull=False, decided_at__isnull=False, is_confirmed__isnull=False),
            ),
            models.UniqueConstraint(
                name="merge_one_open_proposal", fields=["merged"], condition=Q(decided_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        """Show the id."""
        return str(self.pk)
