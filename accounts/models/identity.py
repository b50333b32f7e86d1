"""Who a person is by their papers, how that was found out, and the card that stands for them."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models.resident import Resident
from kernel.access import PersonalModel
from kernel.ids import new_id

IDENTITY_PLACE = "accounts.identity.values"


class Identity(PersonalModel):
    """The four basic items (氏名・住所・生年月日・性別) as a card or an officer found them; one row a resident.

    ``values`` is sealed JSON for :data:`IDENTITY_PLACE`. No document's number stands here, and never the 12-digit My Number.
    """

    data_class = "identity"

    class Source(models.TextChoices):
        """Who vouches for it."""

        CARD = "card", _("マイナンバーカード")
        COUNTER = "counter", _("窓口")

    resident = models.OneToOneField(Resident, on_delete=models.PROTECT, primary_key=True, related_name="+")
    source = models.CharField(max_length=8, choices=Source.choices, db_collation="C")
    checked_at = models.DateTimeField()
    values = models.BinaryField()

    class Meta(PersonalModel.Meta):
        verbose_name = _("本人確認情報")
        verbose_name_plural = _("本人確認情報")
        constraints = [models.CheckConstraint(name="identity_source", condition=Q(source__in=["card", "counter"]))]


class Verification(PersonalModel):
    """One step in how surely a person is known: what was done, by whom, and which kinds of papers were seen. Written once."""

    data_class = "identity"

    class Kind(models.TextChoices):
        """What was done."""

        CARD = "card", _("マイナンバーカード")
        COUNTER = "counter", _("窓口での本人確認")
        UPGRADE = "upgrade", _("住民への切り替え")
        MERGE = "merge", _("IDの統合")
        FACTORS = "factors", _("サインイン方法の解除")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind.choices, db_collation="C")
    level_before = models.PositiveSmallIntegerField()
    level_after = models.PositiveSmallIntegerField()
    officer = models.UUIDField(null=True)
    documents = models.JSONField(default=list)
    created_at = models.DateTimeField()

    class Meta(PersonalModel.Meta):
        verbose_name = _("本人確認の記録")
        verbose_name_plural = _("本人確認の記録")
        constraints = [
            models.CheckConstraint(
                name="verification_kind", condition=Q(kind__in=["card", "counter", "upgrade", "merge", "factors"])
            ),
            models.CheckConstraint(
                name="verification_levels", condition=Q(level_after__lte=3, level_after__gte=F("level_before"))
            ),
            models.CheckConstraint(
                name="verification_not_by_oneself", condition=Q(officer=None) | ~Q(officer=F("resident_id"))
            ),
            models.CheckConstraint(
                name="verification_officer_at_the_counter",
                condition=~Q(kind__in=["counter", "merge", "factors"]) | Q(officer__isnull=False),
            ),
        ]


class Card(models.Model):
    """The link between a card's pairwise id and a resident: one card, one person. The id is kept as a blind index alone."""

    resident = models.OneToOneField(Resident, on_delete=models.PROTECT, primary_key=True, related_name="+")
    ppid_index = models.CharField(max_length=43, unique=True, db_collation="C")
    bound_at = models.DateTimeField()

    class Meta:
        verbose_name = _("カード")
        verbose_name_plural = _("カード")

    def __str__(self) -> str:
        """Show the resident's key."""
        return str(self.pk)


class CounterCode(models.Model):
    """A one-time code that a person shows at the counter, so that the officer finds them; kept as a blind index, one a person."""

    resident = models.OneToOneField(Resident, on_delete=models.PROTECT, primary_key=True, related_name="+")
    digest = models.CharField(max_length=43, unique=True, db_collation="C")
    expires_at = models.DateTimeField()

    class Meta:
        verbose_name = _("窓口コード")
        verbose_name_plural = _("窓口コード")

    def __str__(self) -> str:
        """Show the resident's key."""
        return str(self.pk)
