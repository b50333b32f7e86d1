"""Columns that change what is written to them, and look to migrations like the plain ones that they are in the database."""

from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    Base = models.Field[Any, Any]
else:
    Base = object


class AsInMigrations(Base):
    """Shows itself to migrations as Django's own field below it: the column is the same."""

    def deconstruct(self) -> Any:
        """Return Django's own field."""
        name, _path, args, kwargs = super().deconstruct()
        plain = next(kind for kind in type(self).__mro__ if kind.__module__.startswith("django.db.models"))
        return name, f"django.db.models.{plain.__name__}", args, kwargs
