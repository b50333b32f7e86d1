"""Partner services that people sign in to with this city's ID, who is connected to them, and what became of each sign-in."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models.names import reader_name
from accounts.models.organisation import Organisation
from accounts.models.resident import Resident
from kernel.ids import new_id


class Partner(models.Model):
    """A service of an organisation: what the city knows of it beside allauth's client, whose key it shares.

    The organisation is the recipient of consent, and the sector within which a person has one pairwise subject.
    """

    class Kind(models.TextChoices):
        """How the service asks; it decides which ways of asking it has and whether it can keep a secret."""

        WEB = "web", _("ウェブサービス")
        NATIVE = "native", _("スマートフォンのアプリ")
        MACHINE = "machine", _("機械どうしの連携")
        DEVICE = "device", _("端末")

    client = models.OneToOneField(
        "allauth_idp_oidc.Client", on_delete=models.PROTECT, primary_key=True, related_name="partner"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="partners", verbose_name=_("提供先の組織")
    )
    kind = models.CharField(_("種類"), max_length=8, choices=Kind.choices, db_collation="C")
    name = models.CharField(_("サービスの名称"), max_length=60)
    name_en = models.CharField(_("英語の名称"), max_length=60)
    contacts = models.CharField(_("連絡先"), max_length=200)
    registered_at = models.DateTimeField(_("登録日時"))
    disabled_at = models.DateTimeField(_("停止日時"), null=True, blank=True)

    class Meta:
        verbose_name = _("連携サービス")
        verbose_name_plural = _("連携サービス")
        constraints = [
            models.CheckConstraint(name="partner_kind", condition=Q(kind__in=["web", "native", "machine", "device"])),
            models.CheckConstraint(
                name="partner_disabled_after_registered",
                condition=Q(disabled_at__isnull=True) | Q(disabled_at__gte=F("registered_at")),
            ),
        ]

    def __str__(self) -> str:
        """Show the name: a service's is public."""
        return reader_name(self)


class Connection(models.Model):
    """A resident said yes to a partner; ended by either side, begun anew by another yes."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="connections")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="connections")
    scopes = models.TextField()
    at = models.DateTimeField()
    last_used_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="connection_once", fields=["resident", "partner"], condition=Q(ended_at__isnull=True)
            ),
            models.CheckConstraint(
                name="connection_ended_after_begun", condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("at"))
            ),
        ]

    def __str__(self) -> str:
        """Show the id."""
        return str(self.pk)


class TokenFamily(models.Model):
    """One yes and every token that came of it: the code, then access and refresh tokens, which live and end together.

    A token (allauth's) names its family in its ``data``. A family belongs to a person's connection or to a device.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey("allauth_idp_oidc.Client", on_delete=models.PROTECT, related_name="+")
    connection = models.ForeignKey(Connection, on_delete=models.PROTECT, null=True, related_name="families")
    device = models.ForeignKey("accounts.Device", on_delete=models.PROTECT, null=True, related_name="families")
    authenticated_at = models.DateTimeField(null=True)
    level = models.PositiveSmallIntegerField(null=True)
    methods = models.JSONField(default=list)
    began_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="token_family_of_one",
                condition=Q(connection__isnull=False, device__isnull=True)
                | Q(connection__isnull=True, device__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        """Show the id."""
        return str(self.pk)


class SpentToken(models.Model):
    """The hash of a code or refresh token that has been used: who shows it again has stolen it, or was stolen from."""

    hash = models.CharField(primary_key=True, max_length=64, db_collation="C")
    family = models.ForeignKey(TokenFamily, on_delete=models.CASCADE, related_name="spent")
    at = models.DateTimeField()

    def __str__(self) -> str:
        """Show whose it was, never what it was."""
        return str(self.family_id)


class PairwiseSecret(models.Model):
    """The one secret by which subjects are made unlinkable between partners, sealed by the city's master key."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    version = models.PositiveSmallIntegerField()
    sealed = models.BinaryField()

    class Meta:
        constraints = [models.CheckConstraint(name="pairwise_secret_alone", condition=Q(id=1))]

    def __str__(self) -> str:
        """Show which it is."""
        return str(self.pk)
