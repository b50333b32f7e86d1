"""A wish to hear of changes."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


class Subscription(models.Model):
    """Which changes to hear of, and who hears: a handler that an app contributes, or a topic of the realtime hub.

    ``id_pattern`` is a regular expression for the whole id, empty for all; ``attributes`` are the names that matter, empty for all.
    """

    name = models.TextField(primary_key=True, db_collation="C")
    entity_type = models.TextField(db_collation="C", db_index=True)
    id_pattern = models.TextField(default="")
    attributes = ArrayField(models.TextField(), default=list)
    handler = models.TextField(default="", db_collation="C")
    topic = models.TextField(default="", db_collation="C")
    created_at = models.DateTimeField()

    class Meta:
        """What the database itself refuses."""

        constraints = [
            models.CheckConstraint(
                name="cityos_subscription_one_hearer",
                condition=Q(handler="") & ~Q(topic="") | ~Q(handler="") & Q(topic=""),
            ),
        ]

    def __str__(self) -> str:
        """Show the name."""
        return self.name
