"""Payments, refunds, top-ups and expiries."""

import django.db.models.deletion
from django.db import migrations, models

import kernel.ids


class Migration(migrations.Migration):
    """Payments, refunds, top-ups and expiries."""

    dependencies = [
        ("wallet", "0003_shops_and_codes"),
    ]

    operations = [
        migrations.CreateModel(
            name="Payment",
            fields=[
                ("id", models.UUIDField(default=kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
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
                    "shop",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payments",
                        to="wallet.shop",
                        verbose_name="店舗",
                    ),
                ),
                ("amount", models.BigIntegerField(verbose_name="金額")),
                ("refunded", models.BigIntegerField(default=0, verbose_name="返金額")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("paid", "支払い済み"),
                            ("partly_refunded", "一部返金"),
                            ("refunded", "返金済み"),
                            ("voided", "取消済み"),
                        ],
                        db_collation="C",
                        default="paid",
                        max_length=16,
                        verbose_name="状態",
                    ),
                ),
                ("receipt_number", models.CharField(db_collation="C", max_length=11, verbose_name="レシート番号")),
                ("at", models.DateTimeField(verbose_name="日時")),
                ("version", models.IntegerField(default=1, verbose_name="版")),
                ("counted_on", models.DateField(null=True)),
                (
                    "qr_token",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="wallet.qrtoken",
                    ),
                ),
                (
                    "hold",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="wallet.hold",
                    ),
                ),
            ],
            options={
                "verbose_name": "支払い",
                "verbose_name_plural": "支払い",
                "indexes": [
                    models.Index(fields=["account", "at"], name="payment_of_account"),
                    models.Index(fields=["shop", "at"], name="payment_at_shop"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("receipt_number",), name="payment_receipt_number"),
                    models.UniqueConstraint(
                        condition=models.Q(("qr_token__isnull", False)),
                        fields=("qr_token",),
                        name="payment_once_a_code",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Refund",
            fields=[
                ("id", models.UUIDField(default=kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                (
                    "payment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="refunds", to="wallet.payment"
                    ),
                ),
                (
                    "journal",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="wallet.journal"
                    ),
                ),
                ("amount", models.BigIntegerField(verbose_name="金額")),
                ("is_void", models.BooleanField(default=False, verbose_name="取消")),
                ("receipt_number", models.CharField(db_collation="C", max_length=11, verbose_name="レシート番号")),
                ("at", models.DateTimeField(verbose_name="日時")),
                ("day_restored", models.BooleanField(default=False)),
            ],
            options={
                "verbose_name": "返金",
                "verbose_name_plural": "返金",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="refund_amount_positive"),
                    models.UniqueConstraint(fields=("receipt_number",), name="refund_receipt_number"),
                ],
            },
        ),
        migrations.CreateModel(
            name="TopUp",
            fields=[
                ("id", models.UUIDField(default=kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                (
                    "journal",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="wallet.journal"
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="wallet.account",
                    ),
                ),
                (
                    "shop",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="top_ups",
                        to="wallet.shop",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("counter", "市役所の窓口"), ("shop", "店頭"), ("gift", "ボーナスのみ")],
                        db_collation="C",
                        max_length=8,
                        verbose_name="種別",
                    ),
                ),
                ("amount", models.BigIntegerField(verbose_name="金額")),
                ("bonus", models.BigIntegerField(default=0, verbose_name="ボーナス")),
                ("receipt_number", models.CharField(db_collation="C", max_length=11, verbose_name="レシート番号")),
                ("at", models.DateTimeField(verbose_name="日時")),
                (
                    "qr_token",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="wallet.qrtoken"
                    ),
                ),
            ],
            options={
                "verbose_name": "チャージ",
                "verbose_name_plural": "チャージ",
                "indexes": [
                    models.Index(fields=["account", "at"], name="top_up_of_account"),
                    models.Index(
                        condition=models.Q(("shop__isnull", False)), fields=["shop", "at"], name="top_up_at_shop"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("amount__gt", 0), ("kind", "counter"), ("shop__isnull", True)),
                            models.Q(("amount__gt", 0), ("kind", "shop"), ("shop__isnull", False)),
                            models.Q(("amount", 0), ("bonus__gt", 0), ("kind", "gift"), ("shop__isnull", True)),
                            _connector="OR",
                        ),
                        name="top_up_kind",
                    ),
                    models.CheckConstraint(condition=models.Q(("bonus__gte", 0)), name="top_up_bonus"),
                    models.UniqueConstraint(fields=("receipt_number",), name="top_up_receipt_number"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Expiry",
            fields=[
                ("id", models.UUIDField(default=kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                (
                    "journal",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="wallet.journal"
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="wallet.account",
                    ),
                ),
                ("amount", models.BigIntegerField(verbose_name="金額")),
                ("at", models.DateTimeField(verbose_name="日時")),
            ],
            options={
                "verbose_name": "失効",
                "verbose_name_plural": "失効",
                "indexes": [models.Index(fields=["account", "at"], name="expiry_of_account")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="expiry_amount_positive")
                ],
            },
        ),
    ]
