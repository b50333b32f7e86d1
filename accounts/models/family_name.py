"""What the other in a mandate is called, so that each finds the other in their own list."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.mandate import Mandate
from accounts.models.resident import Resident
from kernel.access import PersonalModel
from kernel.ids import new_id

FAMILY_PLACE = "accounts.family_name.name"


class FamilyName(PersonalModel):
    """The other's name, as ``subject`` reads it: sealed with the subject's key for :data:`FAMILY_PLACE`, gone with the mandate."""

    data_class = "family"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    subject = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="+")
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="+")
    name = models.BinaryField()

    class Meta(PersonalModel.Meta):
        verbose_name = _("家族の呼び名")
        verbose_name_plural = _("家族の呼び名")
        constraints = [models.UniqueConstraint(name="family_name_once", fields=["subject", "mandate"])]
