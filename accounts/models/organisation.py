"""Organisations and who works for them, in which role."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models.department import Department
from accounts.models.names import reader_name
from accounts.models.resident import Resident
from kernel.ids import new_id

CITY_ROLES = ("city.officer", "city.administrator")


class Organisation(models.Model):
    """A merchant, a transport operator, or the city itself; a role in the city counts everywhere."""

    class Kind(models.TextChoices):
        """What an organisation is; it decides which roles it can give."""

        MERCHANT = "merchant", _("加盟店")
        OPERATOR = "operator", _("交通事業者")
        CITY = "city", _("市役所")
        PARTNER = "partner", _("連携事業者")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(_("名称"), max_length=120)
    name_en = models.CharField(_("英語の名称"), max_length=120)
    kind = models.CharField(_("種別"), max_length=16, choices=Kind.choices, db_collation="C")
    created_at = models.DateTimeField(_("登録日時"))
    closed_at = models.DateTimeField(_("廃止日時"), null=True, blank=True)

    class Meta:
        verbose_name = _("組織")
        verbose_name_plural = _("組織")
        constraints = [
            models.CheckConstraint(
                name="organisation_kind", condition=Q(kind__in=["merchant", "operator", "city", "partner"])
            ),
            models.CheckConstraint(
                name="organisation_closed_after_created",
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("created_at")),
            ),
            models.UniqueConstraint(name="organisation_one_city", fields=["kind"], condition=Q(kind="city")),
        ]

    def __str__(self) -> str:
        """Show the name: an organisation's is public."""
        return reader_name(self)


ROLES_OF: dict[str, frozenset[str]] = {
    "merchant": frozenset({"merchant.manager", "merchant.cashier"}),
    "operator": frozenset({"driver"}),
    "city": frozenset(CITY_ROLES),
    "partner": frozenset(),
}
"""A role counts only in an organisation of its kind: nobody becomes an officer by working in a shop."""


class Membership(models.Model):
    """A resident works for an organisation in one role, from one instant until another.

    ``called`` is how the others there call them, as they said when they took the work up, sealed by the city's key; it goes with
    the role.
    """

    class Role(models.TextChoices):
        """What one may be there; the rights of each are in the apps' contributions."""

        MANAGER = "merchant.manager", _("店長")
        CASHIER = "merchant.cashier", _("レジ係")
        DRIVER = "driver", _("運転手")
        OFFICER = "city.officer", _("市職員")
        ADMINISTRATOR = "city.administrator", _("管理者")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("住民"))
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("組織")
    )
    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, related_name="+", verbose_name=_("部署"), null=True, blank=True
    )
    role = models.CharField(_("役割"), max_length=32, choices=Role.choices, db_collation="C")
    began_at = models.DateTimeField(_("開始日時"))
    ended_at = models.DateTimeField(_("終了日時"), null=True, blank=True)
    called = models.BinaryField(default=b"", db_default=b"", editable=False)

    class Meta:
        verbose_name = _("所属")
        verbose_name_plural = _("所属")
        constraints = [
            models.CheckConstraint(
                name="membership_role",
                condition=Q(
                    role__in=["merchant.manager", "merchant.cashier", "driver", "city.officer", "city.administrator"]
                ),
            ),
            models.CheckConstraint(
                name="membership_ended_after_began", condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("began_at"))
            ),
            models.UniqueConstraint(
                name="membership_once", fields=["resident", "organisation", "role"], condition=Q(ended_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        """Show the id: who it is stays behind the access log."""
        return str(self.pk)
