"""The accounts, who holds them and what they hold."""

import django.db.models.deletion
from django.db import migrations, models

import kernel.ids


class Migration(migrations.Migration):
    """The accounts, who holds them and what they hold."""

    initial = True

    dependencies = [
        ("accounts", "0001_people_and_organisations"),
        ("kernel", "0001_first_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="Account",
            fields=[
                ("id", models.UUIDField(default=kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("resident", "住民"),
                            ("merchant", "加盟店"),
                            ("issuance", "ボーナス発行"),
                            ("counter_cash", "窓口の現金"),
                            ("shop_cash", "店頭の現金"),
                            ("expired", "失効"),
                        ],
                        db_collation="C",
                        max_length=16,
                        verbose_name="種別",
                    ),
                ),
                ("currency", models.CharField(db_collation="C", default="JPY", max_length=3, verbose_name="通貨")),
                ("opened_at", models.DateTimeField(verbose_name="開設日時")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="閉鎖日時")),
            ],
            options={
                "verbose_name": "口座",
                "verbose_name_plural": "口座",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["resident", "merchant", "issuance", "counter_cash", "shop_cash", "expired"])
                        ),
                        name="account_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("currency__regex", "^[A-Z]{3}$")), name="account_currency"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_at__isnull", True), ("closed_at__gte", models.F("opened_at")), _connector="OR"
                        ),
                        name="account_closed_after_opened",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind__in", ["resident", "merchant"]), _negated=True),
                        fields=("kind", "currency"),
                        name="account_one_of_each_source",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Holder",
            fields=[
                (
                    "account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="holder",
                        serialize=False,
                        to="wallet.account",
                    ),
                ),
                (
                    "resident",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.resident",
                    ),
                ),
                ("currency", models.CharField(db_collation="C", default="JPY", max_length=3)),
            ],
            options={
                "verbose_name": "口座の名義",
                "verbose_name_plural": "口座の名義",
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(fields=("resident", "currency"), name="holder_once_a_currency")
                ],
            },
        ),
        migrations.CreateModel(
            name="Balance",
            fields=[
                (
                    "account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="balance",
                        serialize=False,
                        to="wallet.account",
                    ),
                ),
                ("amount", models.BigIntegerField(default=0, verbose_name="残高")),
                ("held", models.BigIntegerField(default=0, verbose_name="保留中")),
                ("version", models.BigIntegerField(default=0, verbose_name="版")),
                ("spent_on", models.DateField(blank=True, null=True, verbose_name="利用日")),
                ("spent", models.BigIntegerField(default=0, verbose_name="当日の利用額")),
            ],
            options={
                "verbose_name": "残高",
                "verbose_name_plural": "残高",
            },
        ),
    ]
