"""Journals, postings, the merchants' inbox, lots and their moves."""

import django.db.models.deletion
from django.db import migrations, models

import kernel.ids


class Migration(migrations.Migration):
    """Journals, postings, the merchants' inbox, lots and their moves."""

    dependencies = [
        ("wallet", "0001_accounts"),
    ]

    operations = [
        migrations.CreateModel(
            name="Journal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("payment", "支払い"),
                            ("capture", "保留の確定"),
                            ("refund", "返金"),
                            ("void", "取消"),
                            ("top_up", "チャージ"),
                            ("hold", "保留"),
                            ("release", "保留の解除"),
                            ("expiry", "失効"),
                        ],
                        db_collation="C",
                        max_length=16,
                        verbose_name="種別",
                    ),
                ),
                ("actor", models.UUIDField(verbose_name="操作者")),
                ("idem_key", models.CharField(db_collation="C", max_length=128)),
                ("request_digest", models.BinaryField()),
                ("at", models.DateTimeField(verbose_name="日時")),
            ],
            options={
                "verbose_name": "仕訳帳",
                "verbose_name_plural": "仕訳帳",
                "constraints": [models.UniqueConstraint(fields=("actor", "idem_key"), name="journal_one_a_key")],
            },
        ),
        migrations.CreateModel(
            name="Posting",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "journal", "line", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "journal",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="postings",
                        to="wallet.journal",
                    ),
                ),
                ("line", models.SmallIntegerField(default=1, verbose_name="行")),
                (
                    "debit",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="wallet.account",
                    ),
                ),
                (
                    "credit",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="wallet.account",
                    ),
                ),
                ("currency", models.CharField(db_collation="C", default="JPY", max_length=3, verbose_name="通貨")),
                ("amount", models.BigIntegerField(verbose_name="金額")),
            ],
            options={
                "verbose_name": "仕訳",
                "verbose_name_plural": "仕訳",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("debit", models.F("credit")), _negated=True), name="posting_between_two"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CreditInbox",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "account", "journal", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="wallet.account",
                    ),
                ),
                (
                    "journal",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="wallet.journal",
                    ),
                ),
                ("amount", models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="Lot",
            fields=[
                ("id", models.UUIDField(default=kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                (
                    "account",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lots",
                        to="wallet.account",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("bonus", "ボーナス"), ("paid", "購入")],
                        db_collation="C",
                        max_length=8,
                        verbose_name="種別",
                    ),
                ),
                ("issued", models.BigIntegerField(verbose_name="発行額")),
                ("remaining", models.BigIntegerField(verbose_name="残り")),
                ("expires_on", models.DateField(verbose_name="有効期限")),
                ("open", models.BooleanField(default=True, verbose_name="残りあり")),
                ("issued_at", models.DateTimeField(verbose_name="発行日時")),
                (
                    "journal",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="wallet.journal",
                    ),
                ),
            ],
            options={
                "verbose_name": "コインの束",
                "verbose_name_plural": "コインの束",
                "indexes": [
                    models.Index(
                        condition=models.Q(("open", True)),
                        fields=["account", "expires_on", "kind", "id"],
                        name="lot_in_order_of_spending",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("open", models.Q(("remaining__gt", 0))), ("remaining__lte", models.F("issued"))
                        ),
                        name="lot_open_while_something_of_it_remains",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LotMove",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "journal", "lot", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "journal",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lot_moves",
                        to="wallet.journal",
                    ),
                ),
                (
                    "lot",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="moves",
                        to="wallet.lot",
                    ),
                ),
                ("delta", models.BigIntegerField()),
            ],
            options={},
        ),
    ]
