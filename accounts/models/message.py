"""A resident's inbox, and what waits to leave by other channels."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.broadcast import Broadcast
from accounts.models.resident import Resident
from kernel.access import PersonalModel
from kernel.ids import new_id

VALUES_PLACE = "accounts.message.values"
PRIORITIES = ("normal", "life")


class InboxMessage(PersonalModel):
    """A message to one resident: a template's name and its values, sealed for :data:`VALUES_PLACE`, or the copy of a broadcast.

    Nothing of its text is kept: it is rendered when it is read, in the language of that moment. ``dedupe`` is a hash.
    """

    data_class = "messages"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80, blank=True, db_collation="C")
    sealed_values = models.BinaryField(null=True)
    broadcast = models.ForeignKey(Broadcast, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    category = models.CharField(max_length=40, db_collation="C")
    priority = models.CharField(max_length=8, db_collation="C")
    dedupe = models.BinaryField(null=True)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta(PersonalModel.Meta):
        verbose_name = _("お知らせ")
        verbose_name_plural = _("お知らせ")
        constraints = [
            models.CheckConstraint(name="inbox_priority", condition=Q(priority__in=PRIORITIES)),
            models.CheckConstraint(
                name="inbox_one_source",
                condition=(Q(broadcast__isnull=False) & Q(sealed_values__isnull=True) & Q(name=""))
                | (Q(broadcast__isnull=True) & Q(sealed_values__isnull=False) & ~Q(name="")),
            ),
            models.UniqueConstraint(name="inbox_once", fields=["resident", "dedupe"]),
            models.UniqueConstraint(name="inbox_broadcast_once", fields=["broadcast", "resident"]),
        ]
        indexes = [
            models.Index(name="inbox_newest", fields=["resident", "-at", "-id"]),
            models.Index(name="inbox_oldest", fields=["at"]),
            models.Index(name="inbox_unread", fields=["resident"], condition=Q(read_at__isnull=True)),
        ]


class Dispatch(models.Model):
    """A message that nobody has yet decided about by which channels it goes; ids alone, so that a loop may ask for it."""

    message = models.OneToOneField(InboxMessage, on_delete=models.PROTECT, primary_key=True, related_name="+")
    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="+", db_index=False)
    priority = models.CharField(max_length=8, db_collation="C")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("振り分け待ち")
        verbose_name_plural = _("振り分け待ち")
        constraints = [models.CheckConstraint(name="dispatch_priority", condition=Q(priority__in=PRIORITIES))]
        indexes = [models.Index(name="dispatch_next", fields=["priority", "at", "message"])]

    def __str__(self) -> str:
        """Show the id."""
        return str(self.pk)


class Delivery(models.Model):
    """One message by one channel to one address (a device, or the resident's own): ids, states and instants alone.

    It is claimed, the claim is committed, then it is sent. Whoever dies in between leaves it claimed; once that has run out it is
    ``unknown`` and never sent again, but for danger to life, which is sent again under the same dedupe id.
    """

    class State(models.TextChoices):
        """What has become of it."""

        QUEUED = "queued", _("送信待ち")
        CLAIMED = "claimed", _("送信中")
        SENT = "sent", _("送信済み")
        FAILED = "failed", _("送信できず")
        DROPPED = "dropped", _("送信不要")
        UNKNOWN = "unknown", _("結果不明")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    message = models.ForeignKey(InboxMessage, on_delete=models.PROTECT, related_name="+", db_index=False)
    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="+", db_index=False)
    broadcast = models.ForeignKey(Broadcast, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    channel = models.CharField(max_length=8, db_collation="C")
    address = models.UUIDField()
    priority = models.CharField(max_length=8, db_collation="C")
    state = models.CharField(max_length=8, choices=State.choices, default=State.QUEUED, db_collation="C")
    reason = models.CharField(max_length=40, blank=True, db_collation="C")
    tries = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    claimed_until = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("送信")
        verbose_name_plural = _("送信")
        constraints = [
            models.CheckConstraint(name="delivery_channel", condition=Q(channel__in=["push", "email", "sms", "line"])),
            models.CheckConstraint(name="delivery_priority", condition=Q(priority__in=PRIORITIES)),
            models.CheckConstraint(
                name="delivery_claimed",
                condition=(Q(state="claimed") & Q(claimed_until__isnull=False) & Q(settled_at__isnull=True))
                | (Q(state="queued") & Q(claimed_until__isnull=True) & Q(settled_at__isnull=True))
                | (
                    Q(state__in=["sent", "failed", "dropped", "unknown"])
                    & Q(claimed_until__isnull=True)
                    & Q(settled_at__isnull=False)
                ),
            ),
            models.UniqueConstraint(name="delivery_once", fields=["message", "channel", "address"]),
        ]
        indexes = [
            models.Index(name="delivery_due", fields=["priority", "due_at", "id"], condition=Q(state="queued")),
            models.Index(name="delivery_lost", fields=["claimed_until"], condition=Q(state="claimed")),
            models.Index(name="delivery_pace", fields=["resident", "channel", "settled_at"], condition=Q(state="sent")),
            models.Index(
                name="delivery_of_many",
                fields=["broadcast", "channel", "state"],
                condition=Q(broadcast__isnull=False),
            ),
            models.Index(name="delivery_old", fields=["settled_at"], condition=Q(settled_at__isnull=False)),
        ]

    def __str__(self) -> str:
        """Show the id."""
        return str(self.pk)
