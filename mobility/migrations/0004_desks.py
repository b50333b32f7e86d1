"""What officers' desks keep: pauses of sources, drafts of notices and what was done with them, and which stop a sign shows."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

import kernel.ids

SQL = Path(__file__).with_name("sql")
UNGUARD = """
DROP TRIGGER written_once ON mobility_alertstep;
DROP TRIGGER never_truncated ON mobility_alertstep;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("mobility", "0003_saved_places"),
    ]

    operations = [
        migrations.CreateModel(
            name="AlertStep",
            fields=[
                ("id", models.UUIDField(default=kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                (
                    "deed",
                    models.CharField(
                        choices=[
                            ("written", "作成"),
                            ("changed", "変更"),
                            ("published", "公開"),
                            ("ended", "取り下げ"),
                        ],
                        db_collation="C",
                        max_length=10,
                        verbose_name="操作",
                    ),
                ),
                ("said", models.JSONField(verbose_name="内容")),
                ("why", models.CharField(blank=True, max_length=200, verbose_name="理由")),
                ("by", models.UUIDField(verbose_name="行った人")),
                ("at", models.DateTimeField(verbose_name="日時")),
            ],
            options={
                "verbose_name": "運行のお知らせの履歴",
                "verbose_name_plural": "運行のお知らせの履歴",
            },
        ),
        migrations.CreateModel(
            name="StopSign",
            fields=[
                ("device", models.UUIDField(primary_key=True, serialize=False)),
                ("stop_id", models.CharField(db_collation="C", max_length=255, verbose_name="停留所")),
                ("languages", models.JSONField(default=list, verbose_name="ことば")),
                ("look", models.CharField(blank=True, db_collation="C", max_length=5, verbose_name="画面の色")),
                ("set_by", models.UUIDField(verbose_name="決めた人")),
                ("set_at", models.DateTimeField(verbose_name="決めた日時")),
                ("heard_at", models.DateTimeField(null=True, verbose_name="最後に表示した日時")),
            ],
            options={
                "verbose_name": "停留所の表示端末",
                "verbose_name_plural": "停留所の表示端末",
            },
        ),
        migrations.AddField(
            model_name="livesource",
            name="paused_at",
            field=models.DateTimeField(null=True, verbose_name="止めた日時"),
        ),
        migrations.AddField(
            model_name="servicealert",
            name="is_draft",
            field=models.BooleanField(default=False, verbose_name="下書き"),
        ),
        migrations.AddConstraint(
            model_name="servicealert",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_draft", False), ("source", None), _connector="OR"), name="service_alert_draft"
            ),
        ),
        migrations.AddField(
            model_name="alertstep",
            name="alert",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="mobility.servicealert"
            ),
        ),
        migrations.AddConstraint(
            model_name="stopsign",
            constraint=models.CheckConstraint(
                condition=models.Q(("stop_id", ""), _negated=True), name="stop_sign_stop"
            ),
        ),
        migrations.AddConstraint(
            model_name="stopsign",
            constraint=models.CheckConstraint(
                condition=models.Q(("look__in", ["", "dark", "light"])), name="stop_sign_look"
            ),
        ),
        migrations.AddConstraint(
            model_name="alertstep",
            constraint=models.CheckConstraint(
                condition=models.Q(("deed__in", ["written", "changed", "published", "ended"])), name="alert_step_deed"
            ),
        ),
        migrations.RunSQL((SQL / "desks.sql").read_text(), UNGUARD),
    ]
