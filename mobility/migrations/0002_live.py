"""Where running data comes from, and notices about the service."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

import kernel.ids

SQL = Path(__file__).with_name("sql")
UNGUARD = """
DROP TRIGGER never_deleted ON mobility_livesource;
DROP TRIGGER never_truncated ON mobility_livesource;
DROP TRIGGER own_never_deleted ON mobility_servicealert;
DROP TRIGGER never_truncated ON mobility_servicealert;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("mobility", "0001_feeds"),
    ]

    operations = [
        migrations.CreateModel(
            name="LiveSource",
            fields=[
                ("id", models.UUIDField(default=kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("trip_updates", "遅れや運休"),
                            ("vehicle_positions", "車両の位置"),
                            ("alerts", "お知らせ"),
                            ("gbfs", "シェアサイクル"),
                        ],
                        db_collation="C",
                        max_length=20,
                        verbose_name="種類",
                    ),
                ),
                ("name", models.CharField(max_length=100, verbose_name="名前")),
                ("url", models.CharField(db_collation="C", max_length=1000, verbose_name="アドレス")),
                ("poll_seconds", models.PositiveSmallIntegerField(default=30, verbose_name="取りに行く間隔（秒）")),
                ("key_version", models.SmallIntegerField(null=True)),
                ("sealed_headers", models.BinaryField(null=True)),
                ("licence", models.CharField(blank=True, max_length=200, verbose_name="ライセンス")),
                ("attribution", models.CharField(blank=True, max_length=300, verbose_name="出典の書き方")),
                ("is_open", models.BooleanField(default=False, verbose_name="オープンデータとして配る")),
                ("next_at", models.DateTimeField(verbose_name="次に取りに行く日時")),
                ("tried_at", models.DateTimeField(null=True, verbose_name="前回の日時")),
                ("good_at", models.DateTimeField(null=True, verbose_name="最後に届いた日時")),
                ("said_at", models.DateTimeField(null=True, verbose_name="提供元が記した日時")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("never", "まだ取り込んでいません"),
                            ("good", "届いています"),
                            ("stale", "古いため、使っていません"),
                            ("refused", "読めないため、使っていません"),
                            ("away", "取りに行けませんでした"),
                        ],
                        db_collation="C",
                        default="never",
                        max_length=10,
                        verbose_name="前回の結果",
                    ),
                ),
                ("report", models.JSONField(default=dict)),
                ("made_at", models.DateTimeField(verbose_name="登録日時")),
                ("retired_at", models.DateTimeField(null=True, verbose_name="終了日時")),
                (
                    "feed",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="live",
                        to="mobility.feedsource",
                        verbose_name="時刻表",
                    ),
                ),
            ],
            options={
                "verbose_name": "運行情報の提供元",
                "verbose_name_plural": "運行情報の提供元",
            },
        ),
        migrations.CreateModel(
            name="ServiceAlert",
            fields=[
                ("id", models.UUIDField(default=kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("external_id", models.CharField(blank=True, db_collation="C", max_length=255)),
                ("digest", models.BinaryField(null=True)),
                ("header", models.JSONField(verbose_name="見出し")),
                ("description", models.JSONField(default=dict, verbose_name="本文")),
                ("url", models.JSONField(default=dict, verbose_name="アドレス")),
                ("cause", models.CharField(db_collation="C", max_length=30, verbose_name="原因")),
                ("effect", models.CharField(db_collation="C", max_length=30, verbose_name="影響")),
                ("severity", models.CharField(db_collation="C", max_length=30, verbose_name="重さ")),
                ("periods", models.JSONField(default=list)),
                ("concerned", models.JSONField(default=list)),
                ("begins_at", models.DateTimeField(null=True, verbose_name="はじまり")),
                ("ends_at", models.DateTimeField(null=True, verbose_name="おわり")),
                ("written_by", models.UUIDField(null=True, verbose_name="書いた人")),
                ("made_at", models.DateTimeField(verbose_name="登録日時")),
                ("changed_at", models.DateTimeField(verbose_name="変更日時")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="取り下げた日時")),
                (
                    "source",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="alerts",
                        to="mobility.livesource",
                    ),
                ),
            ],
            options={
                "verbose_name": "運行のお知らせ",
                "verbose_name_plural": "運行のお知らせ",
            },
        ),
        migrations.AddIndex(
            model_name="livesource",
            index=models.Index(condition=models.Q(("retired_at", None)), fields=["next_at"], name="live_source_due"),
        ),
        migrations.AddConstraint(
            model_name="livesource",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["trip_updates", "vehicle_positions", "alerts", "gbfs"])),
                name="live_source_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="livesource",
            constraint=models.CheckConstraint(
                condition=models.Q(("url__regex", "^(https?://|demo:)[!-~]+$")), name="live_source_url"
            ),
        ),
        migrations.AddConstraint(
            model_name="livesource",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind", "gbfs"), ("feed__isnull", False), _connector="XOR"), name="live_source_feed"
            ),
        ),
        migrations.AddConstraint(
            model_name="livesource",
            constraint=models.CheckConstraint(
                condition=models.Q(("poll_seconds__gte", 10), ("poll_seconds__lte", 3600)), name="live_source_poll"
            ),
        ),
        migrations.AddConstraint(
            model_name="livesource",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome__in", ["never", "good", "stale", "refused", "away"])),
                name="live_source_outcome",
            ),
        ),
        migrations.AddConstraint(
            model_name="livesource",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_open", False), models.Q(("licence", ""), _negated=True), _connector="OR"),
                name="live_source_open_licence",
            ),
        ),
        migrations.AddConstraint(
            model_name="livesource",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("key_version", None), ("sealed_headers", None)),
                    models.Q(("key_version__isnull", False), ("sealed_headers__isnull", False)),
                    _connector="OR",
                ),
                name="live_source_headers",
            ),
        ),
        migrations.AddIndex(
            model_name="servicealert",
            index=models.Index(
                condition=models.Q(("ended_at", None)), fields=["-changed_at", "id"], name="service_alert_stands"
            ),
        ),
        migrations.AddIndex(
            model_name="servicealert",
            index=models.Index(
                condition=models.Q(("ended_at__isnull", False)), fields=["ended_at"], name="service_alert_ended"
            ),
        ),
        migrations.AddConstraint(
            model_name="servicealert",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("digest__isnull", False), ("source__isnull", False), ("written_by", None)),
                    models.Q(("digest", None), ("external_id", ""), ("source", None), ("written_by__isnull", False)),
                    _connector="OR",
                ),
                name="service_alert_one_author",
            ),
        ),
        migrations.AddConstraint(
            model_name="servicealert",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("begins_at", None), ("ends_at", None), ("ends_at__gt", models.F("begins_at")), _connector="OR"
                ),
                name="service_alert_span",
            ),
        ),
        migrations.AddConstraint(
            model_name="servicealert",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)), fields=("source", "external_id"), name="service_alert_once"
            ),
        ),
        migrations.RunSQL((SQL / "live.sql").read_text(), UNGUARD),
    ]
