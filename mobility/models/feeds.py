"""Where timetables come from, every file that came, and the networks that were made of them."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kernel.ids import new_id

SLUG = "^[a-z][a-z0-9_-]{0,31}$"


class FeedOutcome(models.TextChoices):
    """What came of the last try to bring a source's file in."""

    NEVER = "never", _("まだ取り込んでいません")
    TAKEN = "taken", _("取り込みました")
    UNCHANGED = "unchanged", _("変わっていません")
    HELD = "held", _("届きましたが、使っていません")
    REFUSED = "refused", _("誤りがあり、受け付けませんでした")
    AWAY = "away", _("取りに行けませんでした")


class FeedSource(models.Model):
    """One operator's timetable: fetched from ``url`` every ``refresh_hours``, or uploaded where that is blank.

    ``is_open``: the licence lets the city hand the file out again. ``etag`` and ``modified`` are what the other side last said,
    ``last_sha256`` is of the file that was last looked at; ``last_report`` holds its faults and remarks.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    slug = models.CharField(_("略号"), max_length=32, unique=True, db_collation="C")
    name = models.CharField(_("名前"), max_length=100)
    name_en = models.CharField(_("英語の名前"), max_length=100, blank=True)
    url = models.CharField(_("アドレス"), max_length=1000, blank=True, db_collation="C")
    licence = models.CharField(_("ライセンス"), max_length=200, blank=True)
    attribution = models.CharField(_("出典の書き方"), max_length=300, blank=True)
    is_open = models.BooleanField(_("オープンデータとして配る"), default=False)
    refresh_hours = models.PositiveSmallIntegerField(_("取りに行く間隔（時間）"), default=24)
    position = models.PositiveIntegerField(_("並び順"), unique=True)
    etag = models.CharField(max_length=200, blank=True, db_collation="C")
    modified = models.CharField(max_length=100, blank=True, db_collation="C")
    last_sha256 = models.BinaryField(null=True)
    last_outcome = models.CharField(
        _("前回の結果"), max_length=10, choices=FeedOutcome.choices, default=FeedOutcome.NEVER, db_collation="C"
    )
    last_report = models.JSONField(default=list)
    last_tried_at = models.DateTimeField(_("前回の日時"), null=True)
    made_at = models.DateTimeField(_("登録日時"))
    retired_at = models.DateTimeField(_("終了日時"), null=True)

    class Meta:
        verbose_name = _("時刻表の提供元")
        verbose_name_plural = _("時刻表の提供元")
        constraints = [
            models.CheckConstraint(name="feed_source_slug", condition=Q(slug__regex=SLUG)),
            models.CheckConstraint(name="feed_source_url", condition=Q(url="") | Q(url__regex="^https?://[!-~]+$")),
            models.CheckConstraint(name="feed_source_hours", condition=Q(refresh_hours__gte=1, refresh_hours__lte=720)),
            models.CheckConstraint(name="feed_source_outcome", condition=Q(last_outcome__in=FeedOutcome.values)),
            models.CheckConstraint(name="feed_source_open_licence", condition=Q(is_open=False) | ~Q(licence="")),
        ]
        indexes = [models.Index(name="feed_source_due", fields=["last_tried_at"], condition=Q(retired_at=None))]

    def __str__(self) -> str:
        """Show the slug."""
        return self.slug


class FeedVersion(models.Model):
    """One file as it came, without fault. Written once; the file itself is kept sealed, its key by the city's.

    ``figures`` counts what is in it, ``report`` holds the remarks; ``first_day`` and ``last_day`` are those on which anything runs.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    source = models.ForeignKey(FeedSource, on_delete=models.PROTECT, related_name="versions")
    sha256 = models.BinaryField()
    size = models.BigIntegerField(_("大きさ"))
    file = models.CharField(max_length=100, unique=True, db_collation="C")
    key_version = models.SmallIntegerField()
    sealed_key = models.BinaryField()
    feed_version = models.CharField(_("提供元の版"), max_length=200, blank=True)
    first_day = models.DateField(_("最初の日"))
    last_day = models.DateField(_("最後の日"))
    figures = models.JSONField()
    report = models.JSONField(default=list)
    imported_by = models.UUIDField(_("取り込んだ人"))
    imported_at = models.DateTimeField(_("取り込み日時"))

    class Meta:
        verbose_name = _("時刻表の版")
        verbose_name_plural = _("時刻表の版")
        constraints = [
            models.UniqueConstraint(name="feed_version_once", fields=["source", "sha256"]),
            models.CheckConstraint(name="feed_version_days", condition=Q(last_day__gte=F("first_day"), size__gt=0)),
        ]
        indexes = [models.Index(name="feed_version_newest", fields=["source", "-imported_at"])]

    def __str__(self) -> str:
        """Show the id."""
        return str(self.pk)


class NetworkRelease(models.Model):
    """A network made of one version of each feed; its arrays lie in a folder named by the id. One is active at the most.

    ``is_active``, ``activated_at`` and ``why`` are all that changes.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    figures = models.JSONField()
    made_by = models.UUIDField(_("作った人"))
    made_at = models.DateTimeField(_("作成日時"))
    is_active = models.BooleanField(_("使用中"), default=False)
    activated_at = models.DateTimeField(_("使い始めた日時"), null=True)
    why = models.CharField(_("理由"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("路線網")
        verbose_name_plural = _("路線網")
        constraints = [
            models.UniqueConstraint(
                name="network_release_one_active", fields=["is_active"], condition=Q(is_active=True)
            ),
            models.CheckConstraint(
                name="network_release_activated", condition=Q(is_active=False) | Q(activated_at__isnull=False)
            ),
        ]
        indexes = [models.Index(name="network_release_newest", fields=["-made_at"])]

    def __str__(self) -> str:
        """Show the id."""
        return str(self.pk)


class ReleaseMember(models.Model):
    """Which version of which feed is in a release, and at which place. Written once."""

    pk = models.CompositePrimaryKey("release", "place")
    release = models.ForeignKey(NetworkRelease, on_delete=models.PROTECT, related_name="members", db_index=False)
    place = models.PositiveSmallIntegerField()
    source = models.ForeignKey(FeedSource, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(FeedVersion, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("路線網の時刻表")
        verbose_name_plural = _("路線網の時刻表")
        constraints = [models.UniqueConstraint(name="release_member_once", fields=["release", "source"])]

    def __str__(self) -> str:
        """Show the release."""
        return str(self.release_id)
