"""One message to many: written once, handed out in pieces."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kernel.ids import new_id


class Broadcast(models.Model):
    """What an officer wrote in one or more languages (``texts``), or an app's message with the same values for everybody.

    ``audience`` is ``{"kind": …, "value": …}``; ``cursor`` is the last resident whose piece has been cut, ``is_cut`` says that none
    is left to cut.
    """

    class State(models.TextChoices):
        """What has become of it."""

        DRAFT = "draft", _("下書き")
        RUNNING = "running", _("配信中")
        DONE = "done", _("配信済み")
        STOPPED = "stopped", _("中止")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=80, blank=True, db_collation="C")
    packed_values = models.TextField(blank=True)
    texts = models.JSONField(default=dict)
    link = models.CharField(max_length=200, blank=True)
    category = models.CharField(_("種類"), max_length=40, db_collation="C")
    priority = models.CharField(max_length=8, db_collation="C")
    audience = models.JSONField()
    state = models.CharField(_("状態"), max_length=8, choices=State.choices, default=State.DRAFT, db_collation="C")
    dedupe = models.CharField(max_length=120, null=True, unique=True, db_collation="C")
    created_by = models.UUIDField()
    created_at = models.DateTimeField(_("作成日時"))
    started_at = models.DateTimeField(_("開始日時"), null=True)
    ended_at = models.DateTimeField(_("終了日時"), null=True)
    expected = models.PositiveIntegerField(default=0)
    cursor = models.UUIDField(null=True)
    is_cut = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("一斉のお知らせ")
        verbose_name_plural = _("一斉のお知らせ")
        constraints = [
            models.CheckConstraint(name="broadcast_priority", condition=Q(priority__in=["normal", "life"])),
            models.CheckConstraint(
                name="broadcast_state", condition=Q(state__in=["draft", "running", "done", "stopped"])
            ),
            models.CheckConstraint(name="broadcast_started", condition=Q(state="draft") | Q(started_at__isnull=False)),
            models.CheckConstraint(
                name="broadcast_ended",
                condition=(Q(ended_at__isnull=True) & Q(state__in=["draft", "running"]))
                | (Q(ended_at__gte=F("started_at")) & Q(state__in=["done", "stopped"])),
            ),
        ]
        indexes = [
            models.Index(name="broadcast_running", fields=["priority", "started_at"], condition=Q(state="running")),
            models.Index(name="broadcast_newest", fields=["-created_at", "-id"]),
        ]

    def __str__(self) -> str:
        """Show the id."""
        return str(self.pk)


class BroadcastPiece(models.Model):
    """A run of residents, by key, that one worker writes copies for; claimed for a while, so that a dead worker's is taken over."""

    broadcast = models.ForeignKey(Broadcast, on_delete=models.CASCADE, related_name="pieces", db_index=False)
    number = models.PositiveIntegerField()
    after = models.UUIDField(null=True)
    upto = models.UUIDField()
    claimed_until = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    written = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("配信の区切り")
        verbose_name_plural = _("配信の区切り")
        constraints = [models.UniqueConstraint(name="broadcast_piece_once", fields=["broadcast", "number"])]
        indexes = [
            models.Index(name="broadcast_piece_open", fields=["claimed_until"], condition=Q(done_at__isnull=True))
        ]

    def __str__(self) -> str:
        """Show the id."""
        return str(self.pk)
