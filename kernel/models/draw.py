"""Draws that anyone can verify: what was fixed before, the tickets, the parties, the places. The database keeps their order."""

from django.db import models
from django.db.models import Q

from kernel.ids import new_id

HEX = "^[0-9a-f]{64}$"


class DrawState(models.TextChoices):
    """A draw goes forward alone: tickets come in, the list is fixed, the places are reckoned."""

    OPEN = "open"
    COMMITTED = "committed"
    DRAWN = "drawn"


class Draw(models.Model):
    """One draw. ``statement`` is what was published, and signed, before the randomness was there; triggers let nothing go back.

    ``source`` names where the seed comes from: ``drand``, ``parties`` (three people of different houses) or ``city``.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    about = models.CharField(max_length=200)
    rule = models.JSONField()
    source = models.CharField(max_length=8, db_collation="C")
    state = models.CharField(max_length=9, default=DrawState.OPEN, db_collation="C")
    opened_at = models.DateTimeField()
    committed_at = models.DateTimeField(null=True, blank=True)
    round = models.BigIntegerField(null=True, blank=True)
    draw_at = models.DateTimeField(null=True, blank=True)
    ticket_count = models.PositiveIntegerField(null=True, blank=True)
    tickets_sha256 = models.CharField(max_length=64, null=True, blank=True, db_collation="C")
    statement = models.TextField(null=True, blank=True)
    jws = models.TextField(null=True, blank=True)
    drawn_at = models.DateTimeField(null=True, blank=True)
    randomness = models.CharField(max_length=64, null=True, blank=True, db_collation="C")
    proof = models.TextField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="draw_source", condition=Q(source__in=["drand", "parties", "city"])),
            models.CheckConstraint(
                name="draw_says_what_its_state_needs",
                condition=Q(state="open", committed_at=None, statement=None, tickets_sha256=None, drawn_at=None)
                | Q(
                    state__in=["committed", "drawn"],
                    committed_at__isnull=False,
                    statement__isnull=False,
                    jws__isnull=False,
                    draw_at__isnull=False,
                    ticket_count__gt=0,
                    tickets_sha256__regex=HEX,
                ),
            ),
            models.CheckConstraint(
                name="draw_is_drawn_with_a_seed",
                condition=Q(state="drawn", drawn_at__isnull=False, randomness__regex=HEX, proof__isnull=False)
                | Q(state__in=["open", "committed"], drawn_at=None, randomness=None, proof=None),
            ),
            models.CheckConstraint(
                name="draw_names_a_round", condition=Q(source="parties", round=None) | Q(state="open") | Q(round__gte=1)
            ),
        ]

    def __str__(self) -> str:
        """Show the id."""
        return str(self.pk)


class DrawTicket(models.Model):
    """A ticket in a draw: a line that names nobody. Written while the draw is open, then never changed."""

    pk = models.CompositePrimaryKey("draw", "ticket")
    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="tickets", db_index=False)
    ticket = models.CharField(max_length=64, db_collation="C")

    class Meta:
        constraints = [models.CheckConstraint(name="draw_ticket_is_a_line", condition=Q(ticket__regex="^[!-~]{8,64}$"))]

    def __str__(self) -> str:
        """Show the ticket."""
        return self.ticket


class DrawPlace(models.Model):
    """Where a ticket came, and what it won. Written once, with the draw."""

    pk = models.CompositePrimaryKey("draw", "rank")
    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="places", db_index=False)
    rank = models.PositiveIntegerField()
    ticket = models.CharField(max_length=64, db_collation="C")
    won = models.CharField(max_length=100, null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="draw_place_one_a_ticket", fields=["draw", "ticket"]),
            models.CheckConstraint(name="draw_place_rank", condition=Q(rank__gte=1)),
        ]

    def __str__(self) -> str:
        """Show rank and ticket."""
        return f"{self.rank} {self.ticket}"


class DrawParty(models.Model):
    """One of three who make the seed together: hashes first, the value after; the others keep its halves.

    Half 1 is kept by the next party, half 2 by the one after; each says when it has it and that its hash fits.
    """

    pk = models.CompositePrimaryKey("draw", "number")
    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="parties", db_index=False)
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=100)
    value_sha256 = models.CharField(max_length=64, db_collation="C")
    half_1_sha256 = models.CharField(max_length=64, db_collation="C")
    half_2_sha256 = models.CharField(max_length=64, db_collation="C")
    half_1_kept_at = models.DateTimeField(null=True)
    half_2_kept_at = models.DateTimeField(null=True)
    value = models.BinaryField(null=True)
    revealed_at = models.DateTimeField(null=True)
    is_recovered = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(name="draw_party_number", condition=Q(number__range=(1, 3))),
            models.CheckConstraint(
                name="draw_party_hashes",
                condition=Q(value_sha256__regex=HEX, half_1_sha256__regex=HEX, half_2_sha256__regex=HEX),
            ),
            models.CheckConstraint(
                name="draw_party_reveals_at_an_instant",
                condition=Q(value=None, revealed_at=None, is_recovered=False)
                | Q(value__isnull=False, revealed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        """Show the number."""
        return f"{self.draw_id} {self.number}"
