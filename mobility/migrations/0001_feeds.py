"""Where timetables come from, every file that came, and the networks that were made of them."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

import kernel.ids

SQL = Path(__file__).with_name("sql")
UNGUARD = """
DROP TRIGGER as_made ON mobility_networkrelease;
DROP TRIGGER as_named ON mobility_feedsource;
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("kernel", "0001_first_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="FeedSource",
            fields=[
                ("id", models.UUIDField(default=kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("slug", models.CharField(db_collation="C", max_length=32, unique=True, verbose_name="略号")),
                ("name", models.CharField(max_length=100, verbose_name="名前")),
                ("name_en", models.CharField(blank=True, max_length=100, verbose_name="英語の名前")),
                ("url", models.CharField(blank=True, db_collation="C", max_length=1000, verbose_name="アドレス")),
                ("licence", models.CharField(blank=True, max_length=200, verbose_name="ライセンス")),
                ("attribution", models.CharField(blank=True, max_length=300, verbose_name="出典の書き方")),
                ("is_open", models.BooleanField(default=False, verbose_name="オープンデータとして配る")),
                ("refresh_hours", models.PositiveSmallIntegerField(default=24, verbose_name="取りに行く間隔（時間）")),
                ("position", models.PositiveIntegerField(unique=True, verbose_name="並び順")),
                ("etag", models.CharField(blank=True, db_collation="C", max_length=200)),
                ("modified", models.CharField(blank=True, db_collation="C", max_length=100)),
                ("last_sha256", models.BinaryField(null=True)),
                (
                    "last_outcome",
                    models.CharField(
                        choices=[
                            ("never", "まだ取り込んでいません"),
                            ("taken", "取り込みました"),
                            ("unchanged", "変わっていません"),
                            ("held", "届きましたが、使っていません"),
                            ("refused", "誤りがあり、受け付けませんでした"),
                            ("away", "取りに行けませんでした"),
                        ],
                        db_collation="C",
                        default="never",
                        max_length=10,
                        verbose_name="前回の結果",
                    ),
                ),
                ("last_report", models.JSONField(default=list)),
                ("last_tried_at", models.DateTimeField(null=True, verbose_name="前回の日時")),
                ("made_at", models.DateTimeField(verbose_name="登録日時")),
                ("retired_at", models.DateTimeField(null=True, verbose_name="終了日時")),
            ],
            options={
                "verbose_name": "時刻表の提供元",
                "verbose_name_plural": "時刻表の提供元",
                "indexes": [
                    models.Index(
                        condition=models.Q(("retired_at", None)), fields=["last_tried_at"], name="feed_source_due"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("slug__regex", "^[a-z][a-z0-9_-]{0,31}$")), name="feed_source_slug"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("url", ""), ("url__regex", "^https?://[!-~]+$"), _connector="OR"),
                        name="feed_source_url",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("refresh_hours__gte", 1), ("refresh_hours__lte", 720)),
                        name="feed_source_hours",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("last_outcome__in", ["never", "taken", "unchanged", "held", "refused", "away"])
                        ),
                        name="feed_source_outcome",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_open", False), models.Q(("licence", ""), _negated=True), _connector="OR"
                        ),
                        name="feed_source_open_licence",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FeedVersion",
            fields=[
                ("id", models.UUIDField(default=kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("sha256", models.BinaryField()),
                ("size", models.BigIntegerField(verbose_name="大きさ")),
                ("file", models.CharField(db_collation="C", max_length=100, unique=True)),
                ("key_version", models.SmallIntegerField()),
                ("sealed_key", models.BinaryField()),
                ("feed_version", models.CharField(blank=True, max_length=200, verbose_name="提供元の版")),
                ("first_day", models.DateField(verbose_name="最初の日")),
                ("last_day", models.DateField(verbose_name="最後の日")),
                ("figures", models.JSONField()),
                ("report", models.JSONField(default=list)),
                ("imported_by", models.UUIDField(verbose_name="取り込んだ人")),
                ("imported_at", models.DateTimeField(verbose_name="取り込み日時")),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="mobility.feedsource"
                    ),
                ),
            ],
            options={
                "verbose_name": "時刻表の版",
                "verbose_name_plural": "時刻表の版",
            },
        ),
        migrations.CreateModel(
            name="NetworkRelease",
            fields=[
                ("id", models.UUIDField(default=kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("figures", models.JSONField()),
                ("made_by", models.UUIDField(verbose_name="作った人")),
                ("made_at", models.DateTimeField(verbose_name="作成日時")),
                ("is_active", models.BooleanField(default=False, verbose_name="使用中")),
                ("activated_at", models.DateTimeField(null=True, verbose_name="使い始めた日時")),
                ("why", models.CharField(blank=True, max_length=200, verbose_name="理由")),
            ],
            options={
                "verbose_name": "路線網",
                "verbose_name_plural": "路線網",
                "indexes": [models.Index(fields=["-made_at"], name="network_release_newest")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_active", True)),
                        fields=("is_active",),
                        name="network_release_one_active",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("is_active", False), ("activated_at__isnull", False), _connector="OR"),
                        name="network_release_activated",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReleaseMember",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "release", "place", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("place", models.PositiveSmallIntegerField()),
                (
                    "release",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="members",
                        to="mobility.networkrelease",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="mobility.feedsource"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="mobility.feedversion"
                    ),
                ),
            ],
            options={
                "verbose_name": "路線網の時刻表",
                "verbose_name_plural": "路線網の時刻表",
            },
        ),
        migrations.AddIndex(
            model_name="feedversion",
            index=models.Index(fields=["source", "-imported_at"], name="feed_version_newest"),
        ),
        migrations.AddConstraint(
            model_name="feedversion",
            constraint=models.UniqueConstraint(fields=("source", "sha256"), name="feed_version_once"),
        ),
        migrations.AddConstraint(
            model_name="feedversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("last_day__gte", models.F("first_day")), ("size__gt", 0)), name="feed_version_days"
            ),
        ),
        migrations.AddConstraint(
            model_name="releasemember",
            constraint=models.UniqueConstraint(fields=("release", "source"), name="release_member_once"),
        ),
        migrations.RunSQL((SQL / "feeds.sql").read_text(), UNGUARD),
    ]
