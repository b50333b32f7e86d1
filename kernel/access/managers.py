"""Models of personal data, whose managers do nothing outside an access. The real guard is the database's row-level security."""

from collections.abc import Iterator
from typing import Any, ClassVar, TypeVar

from django.db import models
from django.db.models.query import RawQuerySet

from kernel.access import stack

M = TypeVar("M", bound=models.Model)


class AccessQuerySet(models.QuerySet[M]):
    """A query that may be built anywhere, and run only inside an access to its model's class."""

    def _require(self) -> None:
        stack.require(self.model.data_class, self.model.__name__)  # type: ignore[attr-defined]

    def _fetch_all(self) -> None:
        if self._result_cache is None:
            self._require()
        super()._fetch_all()

    def iterator(self, chunk_size: int | None = None) -> Iterator[M]:
        """Stream the rows; each is fetched under the access."""
        self._require()
        for row in super().iterator(chunk_size):
            self._require()
            yield row

    def count(self) -> int:
        """Count the rows."""
        self._require()
        return super().count()

    def exists(self) -> bool:
        """Tell whether there is a row."""
        self._require()
        return super().exists()

    def aggregate(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Aggregate the rows."""
        self._require()
        return super().aggregate(*args, **kwargs)

    def explain(self, *args: Any, **kwargs: Any) -> str:
        """Explain the query's plan."""
        self._require()
        return super().explain(*args, **kwargs)

    def raw(self, *args: Any, **kwargs: Any) -> "RawQuerySet[Any]":
        """Run raw SQL; the database shows what the access covers, whatever the SQL says."""
        self._require()
        return super().raw(*args, **kwargs)

    def update(self, **kwargs: Any) -> int:
        """Change the rows."""
        self._require()
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete the rows."""
        self._require()
        return super().delete()

    def _update(self, values: Any) -> int:
        self._require()
        return super()._update(values)  # type: ignore[misc,no-any-return]

    def _insert(self, *args: Any, **kwargs: Any) -> Any:
        self._require()
        return super()._insert(*args, **kwargs)  # type: ignore[misc]

    def _raw_delete(self, using: str | None) -> int:
        self._require()
        return super()._raw_delete(using)


class AccessManager(models.Manager[M]):
    """The default and the base manager of personal models."""

    def get_queryset(self) -> AccessQuerySet[M]:
        """Return a guarded query."""
        return AccessQuerySet(self.model, using=self._db, hints=self._hints)  # type: ignore[attr-defined]


class PersonalModel(models.Model):
    """A row about one person. ``data_class`` is the class under which its table is protected (:func:`kernel.access.protect`)."""

    data_class: ClassVar[str]
    objects = AccessManager()

    class Meta:
        abstract = True
        base_manager_name = "objects"
        default_manager_name = "objects"

    def __str__(self) -> str:
        """Show the id, never what is personal."""
        return str(self.pk)
