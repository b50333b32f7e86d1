"""Alerts about what was sent, for an officer to decide on."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

import kernel.ids

SQL = Path(__file__).with_name("sql")


class Migration(migrations.Migration):
    dependencies = [
        ("wallet", "0024_cash_tills"),
    ]

    operations = [
        migrations.CreateModel(
            name="WatchAlert",
            fields=[
                ("id", models.UUIDField(default=kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("key", models.CharField(db_collation="C", max_length=120, unique=True)),
                ("kind", models.CharField(db_collation="C", max_length=12, verbose_name="種別")),
                ("transfers", models.JSONField(default=list)),
                ("found_at", models.DateTimeField(verbose_name="検知日時")),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[("dismissed", "問題なし"), ("outgoing", "出金を停止"), ("all", "入出金を停止")],
                        db_collation="C",
                        max_length=12,
                        verbose_name="判断",
                    ),
                ),
                ("decided_at", models.DateTimeField(null=True, verbose_name="判断日時")),
                ("decided_by", models.UUIDField(null=True)),
                ("reason", models.TextField(blank=True, default="", verbose_name="理由")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="wallet.account"
                    ),
                ),
            ],
            options={
                "verbose_name": "送金の見守り",
                "verbose_name_plural": "送金の見守り",
                "indexes": [
                    models.Index(condition=models.Q(("decision", "")), fields=["found_at"], name="watch_alert_open")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at__isnull", True),
                                ("decided_by__isnull", True),
                                ("decision", ""),
                                ("reason", ""),
                            ),
                            models.Q(
                                models.Q(("decision", ""), _negated=True),
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="watch_alert_decided_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["many", "under_limit", "passed_on", "ring", "gathered", "spread"])
                        ),
                        name="watch_alert_kind",
                    ),
                ],
            },
        ),
        migrations.RunSQL((SQL / "watching.sql").read_text(), migrations.RunSQL.noop),
    ]
