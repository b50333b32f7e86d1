"""Coins sold with a bonus: the campaign, who may buy how much, who applied, and what was bought."""

from django.db import models
from django.db.models import F, Q

from kernel.ids import new_id
from wallet.models.account import Account
from wallet.models.campaign import Campaign
from wallet.models.card import CardPayment
from wallet.models.issue import TopUp
from wallet.models.journal import Journal

OPEN_CLAIM = Q(released_at=None, purchase=None)
"""Which claims hold units."""


class PremiumWay(models.TextChoices):
    """How it is decided who gets the units."""

    FIRST_COME = "first_come"
    DRAW = "draw"


class PremiumWho(models.TextChoices):
    """Who may buy."""

    EVERYBODY = "everybody"
    RESIDENT = "resident"


class Premium(models.Model):
    """A campaign that sells ``units`` of ``unit_yen``, with a bonus of ``rate_bp`` basis points from the budget of ``campaign``.

    Its terms are announced once and never change (trigger); ``sold`` counts units; its CHECK is the last guard of the last one.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    campaign = models.OneToOneField(Campaign, on_delete=models.PROTECT, related_name="premium")
    name = models.CharField(max_length=40)
    name_en = models.CharField(max_length=60)
    way = models.CharField(max_length=10, db_collation="C")
    who = models.CharField(max_length=10, db_collation="C")
    unit_yen = models.BigIntegerField()
    rate_bp = models.PositiveIntegerField()
    units = models.PositiveIntegerField()
    per_person = models.PositiveIntegerField()
    apply_from = models.DateTimeField(null=True)
    apply_until = models.DateTimeField(null=True)
    draw_at = models.DateTimeField(null=True)
    draw_id = models.UUIDField(null=True)
    window_days = models.PositiveSmallIntegerField(null=True)
    sells_from = models.DateTimeField()
    sells_until = models.DateTimeField()
    bonus_last_day = models.DateField()
    made_at = models.DateTimeField()
    sold = models.PositiveIntegerField(default=0)
    sold_out_at = models.DateTimeField(null=True)
    allotted_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="premium_sells_no_more_than_there_is", condition=Q(sold__lte=F("units"))),
            models.CheckConstraint(
                name="premium_amounts",
                condition=Q(unit_yen__gt=0, rate_bp__range=(1, 10_000), units__gt=0, per_person__gt=0)
                & Q(per_person__lte=F("units")),
            ),
            models.CheckConstraint(
                name="premium_way",
                condition=Q(
                    way="first_come", apply_from=None, apply_until=None, draw_at=None, draw_id=None, window_days=None
                )
                | Q(
                    way="draw",
                    apply_from__lt=F("apply_until"),
                    apply_until__lt=F("draw_at"),
                    draw_at__lte=F("sells_from"),
                    draw_id__isnull=False,
                    window_days__gt=0,
                ),
            ),
            models.CheckConstraint(name="premium_period", condition=Q(sells_from__lt=F("sells_until"))),
            models.CheckConstraint(name="premium_who", condition=Q(who__in=["everybody", "resident"])),
            models.CheckConstraint(
                name="premium_sold_out_at_an_instant",
                condition=Q(sold_out_at=None, sold__lt=F("units")) | Q(sold_out_at__isnull=False, sold=F("units")),
            ),
            models.UniqueConstraint(name="premium_one_draw", fields=["draw_id"]),
        ]

    def __str__(self) -> str:
        """Show the name."""
        return self.name


class PremiumShare(models.Model):
    """How many units one account may buy and has bought: its CHECK is the cap per person, or what the draw allotted."""

    pk = models.CompositePrimaryKey("premium", "account")
    premium = models.ForeignKey(Premium, on_delete=models.PROTECT, related_name="shares", db_index=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", db_index=True)
    cap = models.PositiveIntegerField()
    bought = models.PositiveIntegerField(default=0)
    window_ends_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="premium_share_within_its_cap", condition=Q(bought__lte=F("cap"))),
        ]

    def __str__(self) -> str:
        """Show both keys."""
        return f"{self.premium_id} {self.account_id}"


class PremiumApplication(models.Model):
    """One account's wish, one a campaign. ``ticket`` stands for it in the draw; ``rank`` is where the draw put it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    premium = models.ForeignKey(Premium, on_delete=models.PROTECT, related_name="applications", db_index=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", db_index=True)
    wished = models.PositiveIntegerField()
    ticket = models.CharField(max_length=64, unique=True, db_collation="C")
    applied_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    rank = models.PositiveIntegerField(null=True)
    told_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="premium_application_one_a_person", fields=["premium", "account"]),
            models.UniqueConstraint(name="premium_application_one_a_rank", fields=["premium", "rank"]),
            models.CheckConstraint(name="premium_application_wishes", condition=Q(wished__gt=0)),
            models.CheckConstraint(
                name="premium_application_withdrawn_has_no_rank", condition=Q(withdrawn_at=None) | Q(rank=None)
            ),
        ]

    def __str__(self) -> str:
        """Show the ticket."""
        return self.ticket


class PremiumPurchase(models.Model):
    """So many units were bought by one top-up. Written once."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    premium = models.ForeignKey(Premium, on_delete=models.PROTECT, related_name="purchases")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", db_index=False)
    top_up = models.OneToOneField(TopUp, on_delete=models.PROTECT, related_name="premium_purchase")
    units = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="premium_purchase_units", condition=Q(units__gt=0))]

    def __str__(self) -> str:
        """Show the id."""
        return str(self.pk)


class PremiumClaim(models.Model):
    """Units that wait for a card: counted as sold, their bonus held in the budget, until the payment ends.

    Open while neither let go nor bought. What was let go is bought all the same where its money comes late and there are units.
    """

    payment = models.OneToOneField(
        CardPayment, on_delete=models.PROTECT, primary_key=True, related_name="premium_claim"
    )
    premium = models.ForeignKey(Premium, on_delete=models.PROTECT, related_name="claims", db_index=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", db_index=False)
    units = models.PositiveIntegerField()
    at = models.DateTimeField()
    released_at = models.DateTimeField(null=True)
    purchase = models.OneToOneField(PremiumPurchase, on_delete=models.PROTECT, null=True, related_name="claim")

    class Meta:
        constraints = [
            models.CheckConstraint(name="premium_claim_units", condition=Q(units__gt=0)),
            models.CheckConstraint(
                name="premium_claim_ends_after_it_began", condition=Q(released_at=None) | Q(released_at__gte=F("at"))
            ),
            models.UniqueConstraint(name="premium_claim_one_open", fields=["premium", "account"], condition=OPEN_CLAIM),
        ]

    def __str__(self) -> str:
        """Show the payment's id."""
        return str(self.pk)

    @property
    def is_open(self) -> bool:
        """Tell whether the units are held for it."""
        return self.released_at is None and self.purchase_id is None


class PremiumVoid(models.Model):
    """A purchase was taken back whole: the cash, and with it the bonus. Written once."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    purchase = models.OneToOneField(PremiumPurchase, on_delete=models.PROTECT, related_name="void")
    journal = models.OneToOneField(Journal, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        """Show the id."""
        return str(self.pk)
