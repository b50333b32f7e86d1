"""Shops, their codes, and holds."""

import django.db.models.deletion
from django.db import migrations, models

import kernel.ids


class Migration(migrations.Migration):
    """Shops, their codes, and holds."""

    dependencies = [
        ("wallet", "0002_books"),
    ]

    operations = [
        migrations.CreateModel(
            name="Shop",
            fields=[
                ("id", models.UUIDField(default=kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("organisation_id", models.UUIDField(db_index=True, verbose_name="組織")),
                (
                    "account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="shop", to="wallet.account"
                    ),
                ),
                ("currency", models.CharField(db_collation="C", default="JPY", max_length=3, verbose_name="通貨")),
                ("name", models.CharField(max_length=60, verbose_name="店名")),
                ("name_en", models.CharField(max_length=60, verbose_name="英語の店名")),
                ("trade", models.CharField(db_collation="C", max_length=4, verbose_name="業種コード（MCC）")),
                ("district", models.CharField(blank=True, max_length=60, verbose_name="地区")),
                ("opened_at", models.DateTimeField(verbose_name="登録日時")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="閉店日時")),
            ],
            options={
                "verbose_name": "店舗",
                "verbose_name_plural": "店舗",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("trade__regex", "^[0-9]{4}$")), name="shop_trade_is_mcc"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", ""), _negated=True), models.Q(("name_en", ""), _negated=True)
                        ),
                        name="shop_named",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_at__isnull", True), ("closed_at__gte", models.F("opened_at")), _connector="OR"
                        ),
                        name="shop_closed_after_opened",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="QrToken",
            fields=[
                ("id", models.UUIDField(default=kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("hash", models.BinaryField(unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[("shop", "店舗"), ("charge", "請求"), ("customer", "お客さま")],
                        db_collation="C",
                        max_length=8,
                        verbose_name="種別",
                    ),
                ),
                (
                    "shop",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="codes",
                        to="wallet.shop",
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="wallet.account",
                    ),
                ),
                ("amount", models.BigIntegerField(null=True, verbose_name="金額")),
                ("created_at", models.DateTimeField(verbose_name="作成日時")),
                ("expires_at", models.DateTimeField(null=True, verbose_name="有効期限")),
                ("used_at", models.DateTimeField(null=True, verbose_name="使用日時")),
                ("cancelled_at", models.DateTimeField(null=True, verbose_name="取消日時")),
            ],
            options={
                "verbose_name": "QRコード",
                "verbose_name_plural": "QRコード",
                "indexes": [
                    models.Index(
                        condition=models.Q(("shop__isnull", False)),
                        fields=["shop", "created_at"],
                        name="qr_token_of_shop",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("account__isnull", True),
                                ("amount__isnull", True),
                                ("kind", "shop"),
                                ("shop__isnull", False),
                                ("used_at__isnull", True),
                            ),
                            models.Q(
                                ("account__isnull", True),
                                ("amount__gt", 0),
                                ("expires_at__isnull", False),
                                ("kind", "charge"),
                                ("shop__isnull", False),
                            ),
                            models.Q(
                                ("account__isnull", False),
                                ("amount__isnull", True),
                                ("expires_at__isnull", False),
                                ("kind", "customer"),
                                ("shop__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="qr_token_shape",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("used_at__isnull", True), ("cancelled_at__isnull", True), _connector="OR"),
                        name="qr_token_used_or_cancelled",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Hold",
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="holds",
                        to="wallet.shop",
                    ),
                ),
                ("amount", models.BigIntegerField(verbose_name="金額")),
                ("captured", models.BigIntegerField(default=0, verbose_name="確定額")),
                (
                    "status",
                    models.CharField(
                        choices=[("held", "保留中"), ("captured", "確定"), ("released", "解除")],
                        db_collation="C",
                        default="held",
                        max_length=8,
                        verbose_name="状態",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="日時")),
                ("expires_at", models.DateTimeField(verbose_name="有効期限")),
                ("counted_on", models.DateField()),
                ("closed_at", models.DateTimeField(null=True, verbose_name="終了日時")),
                ("closing_id", models.UUIDField(null=True)),
                (
                    "closing_journal",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="wallet.journal"
                    ),
                ),
                ("day_restored", models.BooleanField(default=False)),
            ],
            options={
                "verbose_name": "保留",
                "verbose_name_plural": "保留",
                "indexes": [
                    models.Index(fields=["account", "at"], name="hold_of_account"),
                    models.Index(
                        condition=models.Q(("status", "held")), fields=["shop", "at"], name="hold_open_at_shop"
                    ),
                    models.Index(condition=models.Q(("status", "held")), fields=["expires_at"], name="hold_open_until"),
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="hold_amount_positive"),
                    models.CheckConstraint(
                        condition=models.Q(("captured__gte", 0), ("captured__lte", models.F("amount"))),
                        name="hold_captured",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("captured", 0),
                                ("closed_at__isnull", True),
                                ("closing_journal__isnull", True),
                                ("status", "held"),
                            ),
                            models.Q(
                                ("captured__gt", 0),
                                ("closed_at__isnull", False),
                                ("closing_journal__isnull", False),
                                ("status", "captured"),
                            ),
                            models.Q(
                                ("captured", 0),
                                ("closed_at__isnull", False),
                                ("closing_journal__isnull", False),
                                ("status", "released"),
                            ),
                            _connector="OR",
                        ),
                        name="hold_status",
                    ),
                ],
            },
        ),
    ]
