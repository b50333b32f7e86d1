"""Circulation: what was spent where and when, counted beforehand from the ledger (docs/algorithms/circulation.md).

Nothing here is the truth: it is recounted from the ledger, a day or a week at a time, and ``manage.py rebuild_circulation`` makes
the same rows again. ``people`` are up to ten accounts behind a row, enough to know whether ten stand behind a sum of rows.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from wallet.models.shop import Shop


class CirculationMove(models.Model):
    """What moved on one day in Japan from one kind of account to another, by the journal's kind."""

    pk = models.CompositePrimaryKey("day", "kind", "debit_kind", "credit_kind")
    day = models.DateField()
    kind = models.CharField(max_length=16, db_collation="C")
    debit_kind = models.CharField(max_length=16, db_collation="C")
    credit_kind = models.CharField(max_length=16, db_collation="C")
    yen = models.BigIntegerField()
    postings = models.IntegerField()
    people = ArrayField(models.UUIDField())

    def __str__(self) -> str:
        """Show the key."""
        return str(self.pk)


class CirculationSale(models.Model):
    """What one shop took in one hour of one day: coins, what campaigns paid beside them, less what was given back in that hour."""

    pk = models.CompositePrimaryKey("day", "hour", "shop")
    day = models.DateField()
    hour = models.SmallIntegerField()
    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    yen = models.BigIntegerField()
    support_yen = models.BigIntegerField()
    payments = models.IntegerField()
    people = ArrayField(models.UUIDField())

    def __str__(self) -> str:
        """Show the key."""
        return str(self.pk)


class CirculationWeek(models.Model):
    """One week that is over. Under ten people ``is_withheld``, and nothing of it is said."""

    week = models.DateField(primary_key=True)
    payers = models.IntegerField()
    coins_out = models.BigIntegerField()
    coins_out_days = models.BigIntegerField()
    is_withheld = models.BooleanField()

    def __str__(self) -> str:
        """Show its Monday."""
        return str(self.pk)


class CirculationFigure(models.Model):
    """One figure that may be said of a week; ``yen`` is empty where it is withheld, ``support_yen`` everywhere but in the total."""

    pk = models.CompositePrimaryKey("week", "about", "row_key", "column_key")
    week = models.DateField()
    about = models.CharField(max_length=16, db_collation="C")
    row_key = models.CharField(max_length=60, db_collation="C")
    column_key = models.CharField(max_length=60, db_collation="C")
    yen = models.BigIntegerField(null=True)
    support_yen = models.BigIntegerField(null=True)
    payments = models.IntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="circulation_figure_said_whole_or_not",
                condition=Q(yen__isnull=True, support_yen__isnull=True, payments__isnull=True)
                | Q(yen__isnull=False, payments__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        """Show the key."""
        return str(self.pk)


class CirculationDay(models.Model):
    """Between which journals a day's lie: they are found by their ids, for an index by time would cost every payment."""

    day = models.DateField(primary_key=True)
    first_journal = models.BigIntegerField()
    last_journal = models.BigIntegerField()

    def __str__(self) -> str:
        """Show the day."""
        return str(self.day)


class DueKind(models.TextChoices):
    """What is to be counted again."""

    DAY = "day"
    WEEK = "week"


class CirculationDue(models.Model):
    """A day or a week (its Monday) that is to be counted again, because something new was booked in it."""

    pk = models.CompositePrimaryKey("kind", "day")
    kind = models.CharField(max_length=4, choices=DueKind.choices, db_collation="C")
    day = models.DateField()

    def __str__(self) -> str:
        """Show the key."""
        return str(self.pk)


class CirculationTail(models.Model):
    """How far the ledger was looked through: the one row says below which journal and which transaction nothing new can appear."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    below_journal = models.BigIntegerField(default=0)
    below_transaction = models.BigIntegerField(default=0)
    next_journal = models.BigIntegerField(default=0)
    next_transaction = models.BigIntegerField(default=0)
    noted_at = models.DateTimeField(null=True)
    register_digest = models.CharField(max_length=64, default="", db_collation="C")

    class Meta:
        constraints = [models.CheckConstraint(name="circulation_tail_once", condition=Q(id=1))]

    def __str__(self) -> str:
        """Show where it stands."""
        return f"{self.below_journal} {self.below_transaction}"
