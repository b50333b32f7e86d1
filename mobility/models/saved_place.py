"""The places that a resident saved: home, work, school, and those they named themself. Sealed with their own key."""

from django.db import models
from django.db.models import Deferrable, Q
from django.utils.translation import gettext_lazy as _

from kernel.access import PersonalModel
from kernel.ids import new_id

SAVED_PLACE = "mobility.saved_place"
MOST_SAVED = 30


class SavedPlace(PersonalModel):
    """One place; ``sealed`` holds name, coordinates and address (:class:`mobility.engine.saved_places.Written`), for
    :data:`SAVED_PLACE`.

    ``key`` is the id that the resident's phone chose, so that saving twice saves once. ``position`` is its place in the list: as
    each is taken once and all lie below :data:`MOST_SAVED`, nobody can have more.
    """

    class Kind(models.TextChoices):
        """What a place is to its resident."""

        HOME = "home", _("自宅")
        WORK = "work", _("職場")
        SCHOOL = "school", _("学校")
        OTHER = "other", _("そのほか")

    data_class = "places"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    resident = models.ForeignKey("accounts.Resident", on_delete=models.PROTECT, related_name="+", db_index=False)
    key = models.UUIDField()
    kind = models.CharField(_("種類"), max_length=6, choices=Kind.choices, db_collation="C")
    position = models.SmallIntegerField(_("順番"))
    sealed = models.BinaryField()
    saved_at = models.DateTimeField(_("保存した日時"))

    class Meta(PersonalModel.Meta):
        verbose_name = _("よく行く場所")
        verbose_name_plural = _("よく行く場所")
        constraints = [
            models.CheckConstraint(name="saved_place_kind", condition=Q(kind__in=["home", "work", "school", "other"])),
            models.CheckConstraint(name="saved_place_few", condition=Q(position__gte=0, position__lt=MOST_SAVED)),
            models.UniqueConstraint(name="saved_place_once", fields=["resident", "key"]),
            models.UniqueConstraint(
                name="saved_place_one_home", fields=["resident", "kind"], condition=~Q(kind="other")
            ),
            models.UniqueConstraint(
                name="saved_place_in_order", fields=["resident", "position"], deferrable=Deferrable.DEFERRED
            ),
        ]
