"""Who may act for whom: parents, guardians, care managers and family, within services, for a time."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models.resident import Resident
from kernel.ids import new_id

EVIDENCE = ["family_register", "resident_record", "court", "care_contract", "letter", "own_word"]


class Mandate(models.Model):
    """A delegate's right to act for a principal in some services (``scopes``: apps by name), for a time.

    The principal's own invitation has no delegate until somebody takes it up. What the database asks at each reading is this row,
    so that an end holds at once and a birthday needs nobody to be awake.
    """

    class Role(models.TextChoices):
        """What the delegate is to the principal."""

        PARENT = "parent", _("親権者")
        GUARDIAN = "guardian", _("成年後見人等")
        CARE_MANAGER = "care_manager", _("ケアマネジャー")
        FAMILY = "family", _("家族")

    class Evidence(models.TextChoices):
        """What was shown for it; never a copy or a number of it."""

        FAMILY_REGISTER = "family_register", _("戸籍の証明")
        RESIDENT_RECORD = "resident_record", _("住民票")
        COURT = "court", _("登記事項証明書・審判書")
        CARE_CONTRACT = "care_contract", _("居宅介護支援の契約書")
        LETTER = "letter", _("委任状")
        OWN_WORD = "own_word", _("本人の招待")

    class End(models.TextChoices):
        """Why it ended."""

        PRINCIPAL = "principal", _("本人が取り消した")
        DELEGATE = "delegate", _("代理する人が辞めた")
        OFFICE = "office", _("市役所が取り消した")
        MAJORITY = "majority", _("18歳になった")
        TERM = "term", _("期間が終わった")
        CLOSED = "closed", _("アカウントが閉じられた")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    principal = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="mandates_given")
    delegate = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="mandates_held", null=True)
    role = models.CharField(max_length=16, choices=Role.choices, db_collation="C")
    scopes = ArrayField(models.CharField(max_length=32, db_collation="C"))
    evidence = models.CharField(max_length=24, choices=Evidence.choices, db_collation="C")
    created_at = models.DateTimeField()
    created_by = models.UUIDField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_because = models.CharField(max_length=16, choices=End.choices, blank=True, db_collation="C")
    invitation_hash = models.BinaryField(null=True)
    invitation_ends_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("代理")
        verbose_name_plural = _("代理")
        constraints = [
            models.CheckConstraint(
                name="mandate_role", condition=Q(role__in=["parent", "guardian", "care_manager", "family"])
            ),
            models.CheckConstraint(name="mandate_evidence", condition=Q(evidence__in=EVIDENCE)),
            models.CheckConstraint(name="mandate_for_another", condition=~Q(principal=F("delegate"))),
            models.CheckConstraint(
                name="mandate_has_scopes",
                condition=Q(scopes__len__gt=0),
            ),
            models.CheckConstraint(
                name="mandate_ends_after_start", condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at"))
            ),
            models.CheckConstraint(
                name="mandate_parent_has_end", condition=~Q(role="parent") | Q(ends_at__isnull=False)
            ),
            models.CheckConstraint(
                name="mandate_ended_because",
                condition=Q(ended_at__isnull=True, ended_because="") | ~Q(ended_because=""),
            ),
            models.CheckConstraint(
                name="mandate_taken_or_invited",
                condition=Q(delegate__isnull=False)
                | Q(invitation_hash__isnull=False, invitation_ends_at__isnull=False),
            ),
            models.UniqueConstraint(
                name="mandate_once",
                fields=["principal", "delegate", "role"],
                condition=Q(ended_at__isnull=True, delegate__isnull=False),
            ),
            models.UniqueConstraint(name="mandate_invitation", fields=["invitation_hash"]),
        ]
        indexes = [
            models.Index(
                name="mandate_of_delegate", fields=["delegate", "principal"], condition=Q(ended_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        """Show the id."""
        return str(self.pk)
