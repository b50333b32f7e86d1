"""Circulation: what was spent where and when, counted beforehand."""

from pathlib import Path

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

SQL = Path(__file__).with_name("sql")
BACK = "DELETE FROM wallet_circulationtail; DROP FUNCTION wallet_transaction_of(xid)"


class Migration(migrations.Migration):
    dependencies = [
        ("wallet", "0020_settlement"),
    ]

    operations = [
        migrations.CreateModel(
            name="CirculationDay",
            fields=[
                ("day", models.DateField(primary_key=True, serialize=False)),
                ("first_journal", models.BigIntegerField()),
                ("last_journal", models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="CirculationDue",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "kind", "day", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("kind", models.CharField(choices=[("day", "Day"), ("week", "Week")], db_collation="C", max_length=4)),
                ("day", models.DateField()),
            ],
        ),
        migrations.CreateModel(
            name="CirculationMove",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "day",
                        "kind",
                        "debit_kind",
                        "credit_kind",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("day", models.DateField()),
                ("kind", models.CharField(db_collation="C", max_length=16)),
                ("debit_kind", models.CharField(db_collation="C", max_length=16)),
                ("credit_kind", models.CharField(db_collation="C", max_length=16)),
                ("yen", models.BigIntegerField()),
                ("postings", models.IntegerField()),
                ("people", django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None)),
            ],
        ),
        migrations.CreateModel(
            name="CirculationWeek",
            fields=[
                ("week", models.DateField(primary_key=True, serialize=False)),
                ("payers", models.IntegerField()),
                ("coins_out", models.BigIntegerField()),
                ("coins_out_days", models.BigIntegerField()),
                ("is_withheld", models.BooleanField()),
            ],
        ),
        migrations.CreateModel(
            name="CirculationFigure",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "week",
                        "about",
                        "row_key",
                        "column_key",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("week", models.DateField()),
                ("about", models.CharField(db_collation="C", max_length=16)),
                ("row_key", models.CharField(db_collation="C", max_length=60)),
                ("column_key", models.CharField(db_collation="C", max_length=60)),
                ("yen", models.BigIntegerField(null=True)),
                ("support_yen", models.BigIntegerField(null=True)),
                ("payments", models.IntegerField(null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("payments__isnull", True), ("support_yen__isnull", True), ("yen__isnull", True)),
                            models.Q(
                                ("payments__isnull", False), ("support_yen__isnull", False), ("yen__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="circulation_figure_said_whole_or_not",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CirculationSale",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "day", "hour", "shop", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("day", models.DateField()),
                ("hour", models.SmallIntegerField()),
                ("yen", models.BigIntegerField()),
                ("support_yen", models.BigIntegerField()),
                ("payments", models.IntegerField()),
                ("people", django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None)),
                (
                    "shop",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="wallet.shop",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CirculationTail",
            fields=[
                ("id", models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("below_journal", models.BigIntegerField(default=0)),
                ("below_transaction", models.BigIntegerField(default=0)),
                ("next_journal", models.BigIntegerField(default=0)),
                ("next_transaction", models.BigIntegerField(default=0)),
                ("noted_at", models.DateTimeField(null=True)),
                ("register_digest", models.CharField(db_collation="C", default="", max_length=64)),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="circulation_tail_once")],
            },
        ),
        migrations.RunSQL((SQL / "circulation.sql").read_text(), BACK),
    ]
