"""Tills, kiosks, desks and signage: devices with rights of their own, let in by a person who answers for them."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models.organisation import Organisation
from accounts.models.resident import Resident
from kernel.ids import new_id

DEVICES_OF: dict[str, frozenset[str]] = {
    "merchant": frozenset({"till"}),
    "operator": frozenset({"signage"}),
    "city": frozenset({"kiosk", "desk", "signage"}),
    "partner": frozenset(),
}
"""Which devices stand where: a till in a shop, a desk in the city office."""
KINDS = ("till", "kiosk", "desk", "signage")


class Device(models.Model):
    """A machine at an organisation. Its id is the actor of what is done on it; who approved it answers for it."""

    class Kind(models.TextChoices):
        """What the device is; the rights of ``device.<kind>`` are in the apps' contributions."""

        TILL = "till", _("レジ")
        KIOSK = "kiosk", _("案内端末")
        DESK = "desk", _("窓口端末")
        SIGNAGE = "signage", _("表示端末")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey("allauth_idp_oidc.Client", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="devices")
    kind = models.CharField(max_length=8, choices=Kind.choices, db_collation="C")
    label = models.CharField(max_length=40)
    approved_by = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Resident, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("端末")
        verbose_name_plural = _("端末")
        constraints = [
            models.CheckConstraint(name="device_kind", condition=Q(kind__in=list(KINDS))),
            models.CheckConstraint(
                name="device_ended_after_begun", condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("at"))
            ),
        ]

    def __str__(self) -> str:
        """Show the id."""
        return str(self.pk)


class DeviceRequest(models.Model):
    """A device that waits to be let in (RFC 8628): both its codes as hashes, and what became of them."""

    class State(models.TextChoices):
        """Where the request stands."""

        WAITING = "waiting"
        APPROVED = "approved"
        DENIED = "denied"
        TAKEN = "taken"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey("allauth_idp_oidc.Client", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, db_collation="C")
    device_code_hash = models.CharField(max_length=64, unique=True, db_collation="C")
    user_code_hash = models.CharField(max_length=64, unique=True, db_collation="C")
    state = models.CharField(max_length=8, default=State.WAITING, choices=State.choices, db_collation="C")
    device = models.OneToOneField(Device, on_delete=models.PROTECT, null=True, related_name="request")
    interval_s = models.PositiveSmallIntegerField(default=5)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    polled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="device_request_kind", condition=Q(kind__in=list(KINDS))),
            models.CheckConstraint(
                name="device_request_state", condition=Q(state__in=["waiting", "approved", "denied", "taken"])
            ),
            models.CheckConstraint(
                name="device_request_approved_has_device",
                condition=Q(state__in=["waiting", "denied"], device__isnull=True)
                | Q(state__in=["approved", "taken"], device__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        """Show the id."""
        return str(self.pk)
