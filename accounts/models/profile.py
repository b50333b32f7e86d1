"""What a person says of themself. Sealed with their own key, shown by the database only inside an access."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.resident import Resident
from kernel.access import PersonalModel

NAME_PLACE = "accounts.profile.display_name"


class Profile(PersonalModel):
    """A resident's personal data of the class ``profile``; ``display_name`` is sealed for :data:`NAME_PLACE`."""

    data_class = "profile"

    resident = models.OneToOneField(Resident, on_delete=models.PROTECT, primary_key=True, related_name="+")
    display_name = models.BinaryField()

    class Meta(PersonalModel.Meta):
        verbose_name = _("プロフィール")
        verbose_name_plural = _("プロフィール")
