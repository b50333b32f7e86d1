"""A thing of the town: a road, a shelter, a vehicle, a lamp."""

from django.db import models
from django.db.models import F, Q

_NO_BOX = Q(west=None, south=None, east=None, north=None)
_BOX = (
    Q(
        west__gte=-180_000_000,
        west__lte=F("east"),
        east__lte=180_000_000,
        south__gte=-90_000_000,
        south__lte=F("north"),
        north__lte=90_000_000,
    )
    & ~Q(west=None)
    & ~Q(south=None)
    & ~Q(east=None)
    & ~Q(north=None)
)


class Entity(models.Model):
    """A thing and what was last observed of it, attribute by attribute. Never a person: nothing here is personal.

    ``attributes`` maps a name to ``{value, observed_at, unit}``. The attribute ``location`` is a GeoJSON geometry; the box around
    it, in whole microdegrees, stands beside it to be searched. ``version`` grows by one with each change; 0 says named, but not
    yet observed.
    """

    id = models.TextField(primary_key=True, db_collation="C")
    type = models.TextField(db_collation="C")
    attributes = models.JSONField(default=dict)
    west = models.IntegerField(null=True)
    south = models.IntegerField(null=True)
    east = models.IntegerField(null=True)
    north = models.IntegerField(null=True)
    version = models.BigIntegerField(default=0)
    created_at = models.DateTimeField()
    modified_at = models.DateTimeField()

    class Meta:
        """What the database itself refuses."""

        constraints = [
            models.CheckConstraint(name="cityos_entity_urn", condition=Q(id__startswith="urn:ngsi-ld:")),
            models.CheckConstraint(name="cityos_entity_version", condition=Q(version__gte=0)),
            models.CheckConstraint(name="cityos_entity_box", condition=_NO_BOX | _BOX),
        ]
        indexes = [models.Index(fields=["type", "id"], name="cityos_entity_of_type")]

    def __str__(self) -> str:
        """Show the id."""
        return self.id
