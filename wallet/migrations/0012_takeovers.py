"""One account takes over what another holds, when two IDs of one person became one."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

import kernel.ids

SQL = Path(__file__).with_name("sql")


def _account(**more):
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="wallet.account", **more)


class Migration(migrations.Migration):
    """Tables, their guards, the journal's new kind and the two lines of the history."""

    dependencies = [("wallet", "0011_accounts_close")]

    operations = [
        migrations.AlterField(
            model_name="journal",
            name="kind",
            field=models.CharField(
                choices=[
                    ("payment", "支払い"),
                    ("capture", "保留の確定"),
                    ("refund", "返金"),
                    ("void", "取消"),
                    ("top_up", "チャージ"),
                    ("hold", "保留"),
                    ("release", "保留の解除"),
                    ("expiry", "失効"),
                    ("merge", "IDの統合"),
                ],
                db_collation="C",
                max_length=16,
                verbose_name="種別",
            ),
        ),
        migrations.CreateModel(
            name="Takeover",
            fields=[
                ("id", models.UUIDField(default=kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("arrival_id", models.UUIDField(default=kernel.ids.new_id, unique=True)),
                ("amount", models.BigIntegerField(verbose_name="金額")),
                ("at", models.DateTimeField(verbose_name="日時")),
                (
                    "journal",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="wallet.journal"
                    ),
                ),
                ("source", _account()),
                ("target", _account()),
            ],
            options={
                "verbose_name": "引き継ぎ",
                "verbose_name_plural": "引き継ぎ",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="takeover_amount"),
                    models.CheckConstraint(
                        condition=models.Q(("source", models.F("target")), _negated=True), name="takeover_between_two"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Succession",
            fields=[
                (
                    "source",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="wallet.account",
                    ),
                ),
                ("since", models.DateTimeField()),
                ("target", _account()),
            ],
            options={
                "verbose_name": "口座の承継",
                "verbose_name_plural": "口座の承継",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("source", models.F("target")), _negated=True),
                        name="succession_between_two",
                    )
                ],
            },
        ),
        migrations.RunSQL((SQL / "takeovers.sql").read_text(), (SQL / "takeovers_undone.sql").read_text()),
    ]
