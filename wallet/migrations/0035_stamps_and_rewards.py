"""Stamp cards, and rewards that are given once; coupons count what was used under a merged ID."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

import kernel.ids

SQL = Path(__file__).with_name("sql")
UNGUARD = """
DROP TRIGGER proved_at_commit ON wallet_reward;
DROP FUNCTION wallet_prove_reward_end;
"""


def _use_coupons_before() -> str:
    """Return the function as it was."""
    said = (SQL / "coupons.sql").read_text()
    begins, ends = (
        said.index("CREATE FUNCTION wallet_use_coupons"),
        said.index("REVOKE EXECUTE ON FUNCTION wallet_use_coupons"),
    )
    return said[begins:ends].replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1)


class Migration(migrations.Migration):
    dependencies = [
        ("wallet", "0034_refund_ceilings"),
    ]

    operations = [
        migrations.CreateModel(
            name="StampCard",
            fields=[
                ("id", models.UUIDField(default=kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("title", models.CharField(max_length=60, verbose_name="スタンプカードの名前")),
                ("title_en", models.CharField(max_length=60, verbose_name="英語の名前")),
                ("rule", models.JSONField(verbose_name="決まり")),
                ("organisation_id", models.UUIDField(db_index=True, null=True)),
                ("starts_at", models.DateTimeField(verbose_name="開始日時")),
                ("ends_at", models.DateTimeField(db_index=True, verbose_name="終了日時")),
                ("stock", models.IntegerField(null=True, verbose_name="特典の数")),
                ("given", models.IntegerField(default=0, verbose_name="渡した特典の数")),
                ("paused_at", models.DateTimeField(null=True, verbose_name="停止日時")),
                ("created_at", models.DateTimeField(verbose_name="作成日時")),
                ("created_by", models.UUIDField()),
                (
                    "campaign",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stamp_cards",
                        to="wallet.campaign",
                    ),
                ),
                (
                    "coupon",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="wallet.coupon"
                    ),
                ),
            ],
            options={
                "verbose_name": "スタンプカード",
                "verbose_name_plural": "スタンプカード",
            },
        ),
        migrations.CreateModel(
            name="Stamp",
            fields=[
                ("id", models.UUIDField(default=kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("shop_id", models.UUIDField()),
                ("at", models.DateTimeField(verbose_name="日時")),
                ("day", models.DateField(verbose_name="日付")),
                ("taken_back_at", models.DateTimeField(null=True, verbose_name="取消日時")),
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
                    "payment",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stamps",
                        to="wallet.payment",
                    ),
                ),
                (
                    "card",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stamps",
                        to="wallet.stampcard",
                    ),
                ),
            ],
            options={
                "verbose_name": "スタンプ",
                "verbose_name_plural": "スタンプ",
            },
        ),
        migrations.CreateModel(
            name="Reward",
            fields=[
                ("id", models.UUIDField(default=kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                (
                    "source",
                    models.CharField(
                        choices=[("stamps", "スタンプ"), ("referral", "紹介")],
                        db_collation="C",
                        max_length=8,
                        verbose_name="由来",
                    ),
                ),
                ("source_id", models.UUIDField()),
                ("number", models.IntegerField()),
                ("given_at", models.DateTimeField(verbose_name="日時")),
                ("kept_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True, verbose_name="取消日時")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="wallet.account"
                    ),
                ),
                (
                    "campaign",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rewards",
                        to="wallet.campaign",
                    ),
                ),
                (
                    "claim",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reward",
                        to="wallet.couponclaim",
                    ),
                ),
                (
                    "journal",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="wallet.journal"
                    ),
                ),
                (
                    "top_up",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="reward", to="wallet.topup"
                    ),
                ),
            ],
            options={
                "verbose_name": "特典",
                "verbose_name_plural": "特典",
                "constraints": [
                    models.UniqueConstraint(fields=("source_id", "account", "number"), name="reward_once_a_number"),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1), ("source__in", ["stamps", "referral"])),
                        name="reward_source",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("campaign__isnull", False), ("claim__isnull", True), ("top_up__isnull", False)),
                            models.Q(("campaign__isnull", True), ("claim__isnull", False), ("top_up__isnull", True)),
                            _connector="OR",
                        ),
                        name="reward_is_coins_or_a_coupon",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("journal__isnull", True)),
                            models.Q(
                                ("ended_at__gte", models.F("given_at")),
                                ("kept_at__isnull", True),
                                models.Q(
                                    models.Q(("claim__isnull", False), ("journal__isnull", True)),
                                    models.Q(("journal__isnull", False), ("top_up__isnull", False)),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="reward_ended_in_the_books",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="stampcard",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("title", ""), _negated=True), models.Q(("title_en", ""), _negated=True)),
                name="stamp_card_named",
            ),
        ),
        migrations.AddConstraint(
            model_name="stampcard",
            constraint=models.CheckConstraint(
                condition=models.Q(("starts_at__lt", models.F("ends_at"))), name="stamp_card_period"
            ),
        ),
        migrations.AddConstraint(
            model_name="stampcard",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("given__gte", 0),
                    models.Q(
                        ("stock__isnull", True),
                        models.Q(("given__lte", models.F("stock")), ("stock__gte", 1)),
                        _connector="OR",
                    ),
                ),
                name="stamp_card_stock_never_passed",
            ),
        ),
        migrations.AddConstraint(
            model_name="stampcard",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("campaign__isnull", False), ("organisation_id__isnull", True)),
                    models.Q(("campaign__isnull", True), ("coupon__isnull", False), ("organisation_id__isnull", False)),
                    _connector="OR",
                ),
                name="stamp_card_has_one_purse",
            ),
        ),
        migrations.AddIndex(
            model_name="stamp",
            index=models.Index(fields=["account", "card"], name="stamp_of_account"),
        ),
        migrations.AddConstraint(
            model_name="stamp",
            constraint=models.UniqueConstraint(fields=("payment", "card"), name="stamp_once_a_payment"),
        ),
        migrations.RunSQL((SQL / "stamps.sql").read_text(), UNGUARD),
        migrations.RunSQL((SQL / "coupons_of_merged_ids.sql").read_text(), _use_coupons_before()),
    ]
