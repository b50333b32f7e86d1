"""What a recipient asks people to agree to, word for word, and who said yes to what."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models.mandate import Mandate
from accounts.models.organisation import Organisation
from accounts.models.resident import Resident
from kernel.ids import new_id


class Agreement(models.Model):
    """One recipient's asking for one purpose (``name``: as in an access, ``shop.points``); its words are in revisions.

    ``binding_number`` is the newest revision that widened what is asked: a yes to an older one does not count any more.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    recipient = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("提供先"))
    purpose = models.CharField(_("目的"), max_length=64, db_collation="C")
    created_at = models.DateTimeField(_("登録日時"))
    binding_number = models.PositiveIntegerField(default=0)
    closed_at = models.DateTimeField(_("終了日時"), null=True, blank=True)

    class Meta:
        verbose_name = _("同意の取り決め")
        verbose_name_plural = _("同意の取り決め")
        constraints = [
            models.CheckConstraint(
                name="agreement_purpose", condition=Q(purpose__regex=r"^[a-z][a-z0-9_]*(\.[a-z0-9_]+)+$")
            ),
            models.UniqueConstraint(name="agreement_once", fields=["recipient", "purpose"]),
        ]

    def __str__(self) -> str:
        """Show the purpose's name."""
        return self.purpose


class Revision(models.Model):
    """The words of an agreement, as they were published: ``document`` is canonical JSON (RFC 8785), ``digest`` its SHA-256.

    The document names the digest of the revision before it, so that none can be slipped in or taken out.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    document = models.TextField()
    digest = models.BinaryField()
    previous_digest = models.BinaryField()
    published_at = models.DateTimeField()
    published_by = models.UUIDField()

    class Meta:
        verbose_name = _("取り決めの版")
        verbose_name_plural = _("取り決めの版")
        constraints = [
            models.UniqueConstraint(name="revision_numbered_once", fields=["agreement", "number"]),
            models.CheckConstraint(name="revision_number", condition=Q(number__gt=0)),
        ]

    def __str__(self) -> str:
        """Show the id."""
        return str(self.pk)


class Grant(models.Model):
    """A yes: one person, one purpose × one recipient × one data class, bound to the words that were read.

    ``given_by`` is the person, or who acted for them under ``mandate``; ``receipt`` is the signed receipt (JWS). A row changes
    once: when the yes is withdrawn.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    subject = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="+")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="grants")
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="grants")
    recipient = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=64, db_collation="C")
    data_class = models.CharField(max_length=32, db_collation="C")
    number = models.PositiveIntegerField()
    given_at = models.DateTimeField()
    given_by = models.UUIDField()
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="+", null=True)
    ends_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.UUIDField(null=True)
    receipt = models.TextField()

    class Meta:
        verbose_name = _("同意")
        verbose_name_plural = _("同意")
        constraints = [
            models.UniqueConstraint(
                name="grant_once",
                fields=["subject", "agreement", "data_class"],
                condition=Q(withdrawn_at__isnull=True),
            ),
            models.CheckConstraint(
                name="grant_withdrawn_by_somebody",
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
            ),
            models.CheckConstraint(
                name="grant_ends_after_given", condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("given_at"))
            ),
        ]
        indexes = [models.Index(name="grant_of_subject", fields=["subject", "-given_at", "-id"])]

    def __str__(self) -> str:
        """Show the id."""
        return str(self.pk)
