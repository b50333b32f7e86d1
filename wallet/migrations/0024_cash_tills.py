"""The city's counters, their tills, and what went into them."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

import kernel.ids

SQL = Path(__file__).with_name("sql")


class Migration(migrations.Migration):
    dependencies = [
        ("wallet", "0023_premium"),
    ]

    operations = [
        migrations.CreateModel(
            name="CashCounter",
            fields=[
                ("id", models.UUIDField(default=kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=60, unique=True, verbose_name="窓口")),
                ("opened_at", models.DateTimeField(verbose_name="登録日時")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="廃止日時")),
            ],
            options={
                "verbose_name": "現金の窓口",
                "verbose_name_plural": "現金の窓口",
            },
        ),
        migrations.CreateModel(
            name="CashTill",
            fields=[
                ("id", models.UUIDField(default=kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("day", models.DateField(verbose_name="日")),
                ("float_yen", models.BigIntegerField(verbose_name="釣り銭")),
                ("opened_by", models.UUIDField(verbose_name="開けた人")),
                ("opened_at", models.DateTimeField(verbose_name="開けた日時")),
                ("closed_by", models.UUIDField(null=True, verbose_name="締めた人")),
                ("closed_at", models.DateTimeField(null=True, verbose_name="締めた日時")),
                ("count", models.JSONField(null=True, verbose_name="枚数")),
                ("expected", models.BigIntegerField(null=True, verbose_name="計算上の現金")),
                ("counted", models.BigIntegerField(null=True, verbose_name="数えた現金")),
                ("why", models.CharField(blank=True, max_length=200, verbose_name="差額の理由")),
                ("signed_by", models.UUIDField(null=True, verbose_name="署名した人")),
                ("signed_at", models.DateTimeField(null=True, verbose_name="署名日時")),
                (
                    "counter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tills",
                        to="wallet.cashcounter",
                        verbose_name="窓口",
                    ),
                ),
                (
                    "taken_over",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handed_to",
                        to="wallet.cashtill",
                        verbose_name="引き継いだレジ",
                    ),
                ),
            ],
            options={
                "verbose_name": "窓口のレジ",
                "verbose_name_plural": "窓口のレジ",
                "indexes": [models.Index(fields=["day", "id"], name="till_by_day")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("float_yen__gte", 0)), name="till_float"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("closed_at__isnull", True),
                                ("closed_by__isnull", True),
                                ("count__isnull", True),
                                ("counted__isnull", True),
                                ("expected__isnull", True),
                                ("signed_at__isnull", True),
                            ),
                            models.Q(
                                ("closed_at__gte", models.F("opened_at")),
                                ("closed_by__isnull", False),
                                ("count__isnull", False),
                                ("counted__gte", 0),
                                ("expected__gte", 0),
                            ),
                            _connector="OR",
                        ),
                        name="till_closed_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("counted__isnull", True),
                            ("counted", models.F("expected")),
                            models.Q(("why", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="till_difference_explained",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("signed_at__isnull", True), ("signed_by__isnull", True)),
                            models.Q(
                                ("signed_at__isnull", False),
                                ("signed_by__isnull", False),
                                models.Q(("signed_by", models.F("closed_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="till_signed_by_another",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at", None)), fields=("counter",), name="till_one_open_a_counter"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at", None)), fields=("opened_by",), name="till_one_open_an_officer"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CashTillEntry",
            fields=[
                (
                    "journal",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="till_entry",
                        serialize=False,
                        to="wallet.journal",
                    ),
                ),
                ("amount", models.BigIntegerField(verbose_name="金額")),
                (
                    "till",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="wallet.cashtill"
                    ),
                ),
            ],
            options={
                "verbose_name": "レジの入金",
                "verbose_name_plural": "レジの入金",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("amount", 0), _negated=True), name="till_entry_amount")
                ],
            },
        ),
        migrations.RunSQL((SQL / "cash.sql").read_text(), "DROP TRIGGER as_opened ON wallet_cashtill"),
    ]
