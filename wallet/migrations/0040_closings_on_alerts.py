"""Closing an account on an alert by two officers, and the days that were looked at whole."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

import kernel.ids

SQL = Path(__file__).with_name("sql")


class Migration(migrations.Migration):
    dependencies = [
        ("wallet", "0039_payouts"),
    ]

    operations = [
        migrations.CreateModel(
            name="WatchDay",
            fields=[
                ("day", models.DateField(primary_key=True, serialize=False, verbose_name="日")),
                ("looked_at", models.IntegerField(verbose_name="送金の数")),
                ("new", models.IntegerField(verbose_name="新しいもの")),
                ("at", models.DateTimeField(verbose_name="日時")),
            ],
            options={
                "verbose_name": "見守りの日",
                "verbose_name_plural": "見守りの日",
            },
        ),
        migrations.CreateModel(
            name="AlertClosing",
            fields=[
                ("id", models.UUIDField(default=kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                (
                    "balance",
                    models.CharField(
                        choices=[("payout", "払い戻す"), ("kept", "止めたままにする")],
                        db_collation="C",
                        max_length=6,
                        verbose_name="残高の扱い",
                    ),
                ),
                ("reason", models.CharField(max_length=200, verbose_name="理由")),
                ("proposed_by", models.UUIDField(verbose_name="提案した人")),
                ("proposed_at", models.DateTimeField(verbose_name="提案日時")),
                ("decided_by", models.UUIDField(null=True, verbose_name="決めた人")),
                ("decided_at", models.DateTimeField(null=True, verbose_name="決めた日時")),
                ("is_accepted", models.BooleanField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="wallet.account"
                    ),
                ),
                (
                    "alert",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="closings", to="wallet.watchalert"
                    ),
                ),
            ],
            options={
                "verbose_name": "口座を閉じる提案",
                "verbose_name_plural": "口座を閉じる提案",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="alert_closing_has_a_reason"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at__isnull", True),
                                ("decided_by__isnull", True),
                                ("is_accepted__isnull", True),
                            ),
                            models.Q(
                                ("decided_at__gte", models.F("proposed_at")),
                                ("decided_by__isnull", False),
                                ("is_accepted__isnull", False),
                                models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="alert_closing_four_eyes",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("is_accepted", None), ("is_accepted", True), _connector="OR"),
                        fields=("account",),
                        name="alert_closing_once",
                    ),
                ],
            },
        ),
        migrations.RunSQL((SQL / "closings.sql").read_text(), "DROP TRIGGER as_proposed ON wallet_alertclosing"),
    ]
