"""Where running data comes from, and notices about the service."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kernel.ids import new_id
from mobility.models.feeds import FeedSource


class LiveKind(models.TextChoices):
    """What a source tells."""

    TRIP_UPDATES = "trip_updates", _("遅れや運休")
    VEHICLE_POSITIONS = "vehicle_positions", _("車両の位置")
    ALERTS = "alerts", _("お知らせ")
    GBFS = "gbfs", _("シェアサイクル")


class LiveOutcome(models.TextChoices):
    """What came of the last time a source was asked."""

    NEVER = "never", _("まだ取り込んでいません")
    GOOD = "good", _("届いています")
    STALE = "stale", _("古いため、使っていません")
    REFUSED = "refused", _("読めないため、使っていません")
    AWAY = "away", _("取りに行けませんでした")


class LiveSource(models.Model):
    """One address that is asked every ``poll_seconds``; ``feed`` is whose timetable it speaks of, none for bicycles.

    ``sealed_headers`` go with the request, under the city's key: some operators want a key of theirs. ``is_open``: the licence
    lets the city pass on what it heard. ``said_at`` is when the source itself says that it was true; ``report`` is what was
    counted in it. One that is paused is not asked, and what it said counts no more, until it goes on.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(_("種類"), max_length=20, choices=LiveKind.choices, db_collation="C")
    name = models.CharField(_("名前"), max_length=100)
    url = models.CharField(_("アドレス"), max_length=1000, db_collation="C")
    feed = models.ForeignKey(
        FeedSource, on_delete=models.PROTECT, null=True, related_name="live", verbose_name=_("時刻表")
    )
    poll_seconds = models.PositiveSmallIntegerField(_("取りに行く間隔（秒）"), default=30)
    key_version = models.SmallIntegerField(null=True)
    sealed_headers = models.BinaryField(null=True)
    licence = models.CharField(_("ライセンス"), max_length=200, blank=True)
    attribution = models.CharField(_("出典の書き方"), max_length=300, blank=True)
    is_open = models.BooleanField(_("オープンデータとして配る"), default=False)
    next_at = models.DateTimeField(_("次に取りに行く日時"))
    tried_at = models.DateTimeField(_("前回の日時"), null=True)
    good_at = models.DateTimeField(_("最後に届いた日時"), null=True)
    said_at = models.DateTimeField(_("提供元が記した日時"), null=True)
    outcome = models.CharField(
        _("前回の結果"), max_length=10, choices=LiveOutcome.choices, default=LiveOutcome.NEVER, db_collation="C"
    )
    report = models.JSONField(default=dict)
    made_at = models.DateTimeField(_("登録日時"))
    paused_at = models.DateTimeField(_("止めた日時"), null=True)
    retired_at = models.DateTimeField(_("終了日時"), null=True)

    class Meta:
        verbose_name = _("運行情報の提供元")
        verbose_name_plural = _("運行情報の提供元")
        constraints = [
            models.CheckConstraint(name="live_source_kind", condition=Q(kind__in=LiveKind.values)),
            models.CheckConstraint(name="live_source_url", condition=Q(url__regex="^(https?://|demo:)[!-~]+$")),
            models.CheckConstraint(name="live_source_feed", condition=Q(kind="gbfs") ^ Q(feed__isnull=False)),
            models.CheckConstraint(name="live_source_poll", condition=Q(poll_seconds__gte=10, poll_seconds__lte=3600)),
            models.CheckConstraint(name="live_source_outcome", condition=Q(outcome__in=LiveOutcome.values)),
            models.CheckConstraint(name="live_source_open_licence", condition=Q(is_open=False) | ~Q(licence="")),
            models.CheckConstraint(
                name="live_source_headers",
                condition=Q(key_version=None, sealed_headers=None) | Q(key_version__isnull=False, sealed_headers__isnull=False),
            ),
        ]  # fmt: skip
        indexes = [models.Index(name="live_source_due", fields=["next_at"], condition=Q(retired_at=None))]

    def __str__(self) -> str:
        """Show the id."""
        return str(self.pk)


class ServiceAlert(models.Model):
    """A notice about lines, stops or trips: an operator's, as its source tells it, or the city's own.

    ``header``, ``description`` and ``url`` are texts by language; ``periods`` are pairs of POSIX seconds, half-open, ``null`` for
    open, and none at all means as long as it is told; ``concerned`` names lines and stops by the network's own ids. It begins and
    ends at the outermost of its periods; ``ended_at`` is when it was taken back. By ``digest`` it is known whether its source says
    the same as before. A draft of the city's own is seen by officers alone.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    source = models.ForeignKey(LiveSource, on_delete=models.PROTECT, null=True, related_name="alerts")
    external_id = models.CharField(max_length=255, blank=True, db_collation="C")
    digest = models.BinaryField(null=True)
    header = models.JSONField(_("見出し"))
    description = models.JSONField(_("本文"), default=dict)
    url = models.JSONField(_("アドレス"), default=dict)
    cause = models.CharField(_("原因"), max_length=30, db_collation="C")
    effect = models.CharField(_("影響"), max_length=30, db_collation="C")
    severity = models.CharField(_("重さ"), max_length=30, db_collation="C")
    periods = models.JSONField(default=list)
    concerned = models.JSONField(default=list)
    begins_at = models.DateTimeField(_("はじまり"), null=True)
    ends_at = models.DateTimeField(_("おわり"), null=True)
    written_by = models.UUIDField(_("書いた人"), null=True)
    made_at = models.DateTimeField(_("登録日時"))
    changed_at = models.DateTimeField(_("変更日時"))
    ended_at = models.DateTimeField(_("取り下げた日時"), null=True)
    is_draft = models.BooleanField(_("下書き"), default=False)

    class Meta:
        verbose_name = _("運行のお知らせ")
        verbose_name_plural = _("運行のお知らせ")
        constraints = [
            models.CheckConstraint(
                name="service_alert_one_author",
                condition=Q(source__isnull=False, written_by=None, digest__isnull=False)
                | Q(source=None, written_by__isnull=False, external_id="", digest=None),
            ),
            models.CheckConstraint(name="service_alert_draft", condition=Q(is_draft=False) | Q(source=None)),
            models.CheckConstraint(
                name="service_alert_span",
                condition=Q(begins_at=None) | Q(ends_at=None) | Q(ends_at__gt=F("begins_at")),
            ),
            models.UniqueConstraint(
                name="service_alert_once", fields=["source", "external_id"], condition=Q(ended_at=None)
            ),
        ]
        indexes = [
            models.Index(name="service_alert_stands", fields=["-changed_at", "id"], condition=Q(ended_at=None)),
            models.Index(name="service_alert_ended", fields=["ended_at"], condition=Q(ended_at__isnull=False)),
        ]

    def __str__(self) -> str:
        """Show the id."""
        return str(self.pk)


class AlertStep(models.Model):
    """What was done with a notice of the city, and what it said from then on. Written once."""

    class Deed(models.TextChoices):
        """What was done."""

        WRITTEN = "written", _("作成")
        CHANGED = "changed", _("変更")
        PUBLISHED = "published", _("公開")
        ENDED = "ended", _("取り下げ")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    alert = models.ForeignKey(ServiceAlert, on_delete=models.PROTECT, related_name="steps")
    deed = models.CharField(_("操作"), max_length=10, choices=Deed.choices, db_collation="C")
    said = models.JSONField(_("内容"))
    why = models.CharField(_("理由"), max_length=200, blank=True)
    by = models.UUIDField(_("行った人"))
    at = models.DateTimeField(_("日時"))

    class Meta:
        verbose_name = _("運行のお知らせの履歴")
        verbose_name_plural = _("運行のお知らせの履歴")
        constraints = [
            models.CheckConstraint(name="alert_step_deed", condition=Q(deed__in=["written", "changed", "published", "ended"])),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Show the id."""
        return str(self.pk)
