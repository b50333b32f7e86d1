"""The city's counters and the tills that officers open, count and close there."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kernel.ids import new_id
from wallet.models.journal import Journal


class CashCounter(models.Model):
    """A counter of the city that takes cash. Once there is one, cash is only taken into an open till."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(_("窓口"), max_length=60, unique=True)
    opened_at = models.DateTimeField(_("登録日時"))
    closed_at = models.DateTimeField(_("廃止日時"), null=True, blank=True)

    class Meta:
        verbose_name = _("現金の窓口")
        verbose_name_plural = _("現金の窓口")

    def __str__(self) -> str:
        """Show the name."""
        return self.name


class CashTill(models.Model):
    """One till from its opening with a float to its count and the signature of a second officer.

    ``expected`` is float and top-ups as the ledger had them at closing, ``counted`` what lay there; counts are pieces by their yen.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    counter = models.ForeignKey(CashCounter, on_delete=models.PROTECT, related_name="tills", verbose_name=_("窓口"))
    day = models.DateField(_("日"))
    float_yen = models.BigIntegerField(_("釣り銭"))
    opened_by = models.UUIDField(_("開けた人"))
    opened_at = models.DateTimeField(_("開けた日時"))
    taken_over = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="handed_to", verbose_name=_("引き継いだレジ")
    )
    closed_by = models.UUIDField(_("締めた人"), null=True)
    closed_at = models.DateTimeField(_("締めた日時"), null=True)
    count = models.JSONField(_("枚数"), null=True)
    expected = models.BigIntegerField(_("計算上の現金"), null=True)
    counted = models.BigIntegerField(_("数えた現金"), null=True)
    why = models.CharField(_("差額の理由"), max_length=200, blank=True)
    signed_by = models.UUIDField(_("署名した人"), null=True)
    signed_at = models.DateTimeField(_("署名日時"), null=True)

    class Meta:
        verbose_name = _("窓口のレジ")
        verbose_name_plural = _("窓口のレジ")
        constraints = [
            models.CheckConstraint(name="till_float", condition=Q(float_yen__gte=0)),
            models.CheckConstraint(
                name="till_closed_whole",
                condition=Q(closed_at__isnull=True, closed_by__isnull=True, counted__isnull=True, expected__isnull=True,
                            count__isnull=True, signed_at__isnull=True)
                | Q(closed_at__gte=F("opened_at"), closed_by__isnull=False, counted__gte=0, expected__gte=0,
                    count__isnull=False),
            ),
            models.CheckConstraint(
                name="till_difference_explained",
                condition=Q(counted__isnull=True) | Q(counted=F("expected")) | ~Q(why=""),
            ),
            models.CheckConstraint(
                name="till_signed_by_another",
                condition=Q(signed_by__isnull=True, signed_at__isnull=True)
                | (Q(signed_by__isnull=False, signed_at__isnull=False) & ~Q(signed_by=F("closed_by"))),
            ),
            models.UniqueConstraint(name="till_one_open_a_counter", fields=["counter"], condition=Q(closed_at=None)),
            models.UniqueConstraint(name="till_one_open_an_officer", fields=["opened_by"], condition=Q(closed_at=None)),
        ]  # fmt: skip
        indexes = [models.Index(name="till_by_day", fields=["day", "id"])]

    def __str__(self) -> str:
        """Show the id."""
        return str(self.pk)


class CashTillEntry(models.Model):
    """Cash that went into a till, or below zero out of it: what its journal moved at the counter. Written once."""

    journal = models.OneToOneField(Journal, on_delete=models.PROTECT, primary_key=True, related_name="till_entry")
    till = models.ForeignKey(CashTill, on_delete=models.PROTECT, related_name="entries")
    amount = models.BigIntegerField(_("金額"))

    class Meta:
        verbose_name = _("レジの入金")
        verbose_name_plural = _("レジの入金")
        constraints = [models.CheckConstraint(name="till_entry_amount", condition=~Q(amount=0))]

    def __str__(self) -> str:
        """Show the journal."""
        return str(self.pk)
