"""How much cashiers and tills may give back without a manager, and what they gave back on a day."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

SQL = Path(__file__).with_name("sql")


class Migration(migrations.Migration):
    dependencies = [
        ("wallet", "0033_applications"),
    ]

    operations = [
        migrations.AddField(
            model_name="refund",
            name="is_limited",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.CreateModel(
            name="RefundCeiling",
            fields=[
                (
                    "shop",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="refund_ceiling",
                        serialize=False,
                        to="wallet.shop",
                    ),
                ),
                ("per_payment", models.BigIntegerField(null=True, verbose_name="1件の返金の上限")),
                ("per_day", models.BigIntegerField(null=True, verbose_name="1日の返金の上限")),
                ("set_by", models.UUIDField(verbose_name="決めた人")),
                ("set_at", models.DateTimeField(verbose_name="決めた日時")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("per_payment__isnull", True), ("per_payment__gte", 0), _connector="OR"),
                            models.Q(("per_day__isnull", True), ("per_day__gte", 0), _connector="OR"),
                        ),
                        name="refund_ceiling_amounts",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RefundDay",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "shop", "day", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("day", models.DateField()),
                ("given", models.BigIntegerField()),
                ("most", models.BigIntegerField(null=True)),
                (
                    "shop",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="wallet.shop"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("given__gt", 0),
                            models.Q(("most__isnull", True), ("given__lte", models.F("most")), _connector="OR"),
                        ),
                        name="refund_day_within_its_ceiling",
                    )
                ],
            },
        ),
        migrations.RunSQL((SQL / "refund_ceilings.sql").read_text(), migrations.RunSQL.noop),
    ]
