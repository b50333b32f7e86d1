"""Accounts can be frozen: nothing goes out, or nothing moves; payments ask the balance row."""

from pathlib import Path
from uuid import UUID

import django.db.models.deletion
from django.db import migrations, models

import kernel.ids

SQL = Path(__file__).with_name("sql")
PAY = "wallet_pay_heeds_freezes.sql"


def _pay_before() -> str:
    return (SQL / "wallet_pay.sql").read_text().replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")


class Migration(migrations.Migration):
    dependencies = [
        ("wallet", "0018_shop_places"),
    ]

    operations = [
        migrations.AddField(
            model_name="balance",
            name="frozen",
            field=models.SmallIntegerField(
                choices=[(0, "なし"), (1, "出金を停止"), (2, "入出金を停止")],
                db_default=0,
                default=0,
                verbose_name="停止",
            ),
        ),
        migrations.CreateModel(
            name="AccountFreeze",
            fields=[
                ("id", models.UUIDField(default=kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                (
                    "scope",
                    models.CharField(
                        choices=[("outgoing", "出金"), ("all", "入出金")],
                        db_collation="C",
                        max_length=8,
                        verbose_name="範囲",
                    ),
                ),
                ("about", models.UUIDField(null=True)),
                ("reason", models.TextField(verbose_name="理由")),
                ("frozen_at", models.DateTimeField(verbose_name="停止日時")),
                ("frozen_by", models.UUIDField(verbose_name="停止した職員")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="解除日時")),
                ("ended_by", models.UUIDField(null=True, verbose_name="解除した職員")),
                ("end_reason", models.TextField(blank=True, default="", verbose_name="解除の理由")),
                (
                    "account",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="freezes",
                        to="wallet.account",
                    ),
                ),
            ],
            options={
                "verbose_name": "口座の停止",
                "verbose_name_plural": "口座の停止",
                "indexes": [models.Index(fields=["account", "frozen_at"], name="freeze_of_account")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("scope__in", ["outgoing", "all"])), name="freeze_scope"),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="freeze_has_a_reason"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("end_reason", ""), ("ended_at__isnull", True), ("ended_by__isnull", True)),
                            models.Q(
                                ("ended_at__gte", models.F("frozen_at")),
                                ("ended_by__isnull", False),
                                models.Q(("end_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="freeze_ended_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_by__isnull", True),
                            models.Q(("ended_by", models.F("frozen_by")), _negated=True),
                            ("frozen_by", UUID("00000000-0000-7000-8000-000000000001")),
                            _connector="OR",
                        ),
                        name="freeze_ended_by_another",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("account", "scope", "about"),
                        name="freeze_open_once",
                        nulls_distinct=False,
                    ),
                ],
            },
        ),
        migrations.RunSQL((SQL / "freezes.sql").read_text(), (SQL / "freezes_undone.sql").read_text()),
        migrations.RunSQL((SQL / PAY).read_text(), _pay_before()),
    ]
