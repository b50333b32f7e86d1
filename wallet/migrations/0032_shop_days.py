"""A shop's days: who made a charge, what moves at a shop's tills, and the days that were closed."""

from pathlib import Path

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import kernel.ids

SQL = Path(__file__).with_name("sql")


class Migration(migrations.Migration):
    dependencies = [
        ("wallet", "0029_orders_and_how_they_are_paid"),
    ]

    operations = [
        migrations.CreateModel(
            name="ShopMovement",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("shop_id", models.UUIDField()),
                ("kind", models.TextField()),
                ("at", models.DateTimeField()),
                ("customer", models.BigIntegerField()),
                ("city", models.BigIntegerField()),
                ("own", models.BigIntegerField()),
                ("taken_by", models.UUIDField(null=True)),
                ("receipt_number", models.TextField()),
            ],
            options={
                "db_table": "wallet_shopmovement",
                "managed": False,
            },
        ),
        migrations.AddField(
            model_name="qrtoken",
            name="made_by",
            field=models.UUIDField(null=True, verbose_name="作成した人・レジ"),
        ),
        migrations.CreateModel(
            name="ShopClosing",
            fields=[
                ("id", models.UUIDField(default=kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("day", models.DateField(verbose_name="日")),
                ("closed_by", models.UUIDField(verbose_name="締めた人")),
                ("closed_at", models.DateTimeField(verbose_name="締めた日時")),
                ("counted", django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
                ("digest", models.CharField(db_collation="C", max_length=64)),
                ("tills", models.JSONField()),
                ("payments", models.BigIntegerField(verbose_name="お支払いの件数")),
                ("customers", models.BigIntegerField(verbose_name="お客さまのお支払い")),
                ("city", models.BigIntegerField(verbose_name="市のクーポン分")),
                ("own", models.BigIntegerField(verbose_name="店のクーポンの値引き")),
                ("refunds", models.BigIntegerField(verbose_name="返金の件数")),
                ("refunded", models.BigIntegerField(verbose_name="お客さまへの返金")),
                ("refunded_city", models.BigIntegerField(verbose_name="市への返金")),
                ("voids", models.BigIntegerField(verbose_name="取消の件数")),
                ("voided", models.BigIntegerField(verbose_name="お客さまへの取消")),
                ("voided_city", models.BigIntegerField(verbose_name="市への取消")),
                ("top_ups", models.BigIntegerField(verbose_name="チャージの件数")),
                ("topped_up", models.BigIntegerField(verbose_name="チャージの現金")),
                (
                    "shop",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="closings",
                        to="wallet.shop",
                    ),
                ),
            ],
            options={
                "verbose_name": "日計",
                "verbose_name_plural": "日計",
                "constraints": [
                    models.UniqueConstraint(fields=("shop", "day"), name="shop_closing_once_a_day"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("city__gte", 0),
                            ("customers__gte", 0),
                            ("own__gte", 0),
                            ("payments__gte", 0),
                            ("refunded__gte", 0),
                            ("refunded_city__gte", 0),
                            ("refunds__gte", 0),
                            ("top_ups__gte", 0),
                            ("topped_up__gte", 0),
                            ("voided__gte", 0),
                            ("voided_city__gte", 0),
                            ("voids__gte", 0),
                        ),
                        name="shop_closing_figures",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("digest__regex", "^[0-9a-f]{64}$")), name="shop_closing_digest"
                    ),
                ],
            },
        ),
        migrations.RunSQL((SQL / "shop_days.sql").read_text(), "DROP VIEW wallet_shopmovement"),
    ]
