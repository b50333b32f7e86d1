"""Coupons; payments take them; a receipt says what came off."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

import kernel.ids

SQL = Path(__file__).with_name("sql")


def _pay() -> str:
    """Take the function of before away: one that takes coupons stands in its place."""
    return "DROP FUNCTION wallet_pay;\n" + (SQL / "wallet_pay_takes_coupons.sql").read_text()


def _pay_before() -> str:
    before = (SQL / "wallet_pay_heeds_freezes.sql").read_text().replace("CREATE OR REPLACE FUNCTION", "CREATE FUNCTION")
    return f"DROP FUNCTION wallet_pay;\n{before}\nREVOKE EXECUTE ON FUNCTION wallet_pay FROM PUBLIC;"


class Migration(migrations.Migration):
    dependencies = [
        ("wallet", "0025_watching"),
    ]

    operations = [
        migrations.AddField(
            model_name="payment",
            name="discount",
            field=models.BigIntegerField(db_default=0, default=0, verbose_name="割引額"),
        ),
        migrations.CreateModel(
            name="Coupon",
            fields=[
                ("id", models.UUIDField(default=kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("title", models.CharField(max_length=60, verbose_name="クーポンの名前")),
                ("title_en", models.CharField(max_length=60, verbose_name="英語の名前")),
                ("rule", models.JSONField(verbose_name="決まり")),
                ("organisation_id", models.UUIDField(null=True)),
                ("starts_at", models.DateTimeField(verbose_name="開始日時")),
                ("ends_at", models.DateTimeField(db_index=True, verbose_name="終了日時")),
                ("stock", models.IntegerField(null=True, verbose_name="枚数")),
                ("taken", models.IntegerField(default=0, verbose_name="使われた枚数")),
                ("per_person", models.IntegerField(null=True, verbose_name="一人の枚数")),
                ("per_day", models.IntegerField(null=True, verbose_name="一人一日の枚数")),
                ("needs_claim", models.BooleanField(default=False, verbose_name="先に受け取る")),
                ("is_listed", models.BooleanField(default=True, verbose_name="一覧に出す")),
                ("paused_at", models.DateTimeField(null=True, verbose_name="停止日時")),
                ("created_at", models.DateTimeField(verbose_name="作成日時")),
                ("created_by", models.UUIDField()),
                ("changed_at", models.DateTimeField()),
                (
                    "campaign",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="coupons",
                        to="wallet.campaign",
                    ),
                ),
            ],
            options={
                "verbose_name": "クーポン",
                "verbose_name_plural": "クーポン",
            },
        ),
        migrations.CreateModel(
            name="CouponClaim",
            fields=[
                ("id", models.UUIDField(default=kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("own", "自分で受け取り"),
                            ("city", "市から"),
                            ("stamps", "スタンプ"),
                            ("referral", "紹介"),
                        ],
                        db_collation="C",
                        max_length=8,
                        verbose_name="由来",
                    ),
                ),
                ("source_id", models.UUIDField()),
                ("at", models.DateTimeField(verbose_name="日時")),
                ("used_at", models.DateTimeField(null=True, verbose_name="使用日時")),
                ("revoked_at", models.DateTimeField(null=True, verbose_name="取消日時")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="wallet.account"
                    ),
                ),
                (
                    "coupon",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="claims", to="wallet.coupon"
                    ),
                ),
                (
                    "payment",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="wallet.payment",
                    ),
                ),
            ],
            options={
                "verbose_name": "受け取ったクーポン",
                "verbose_name_plural": "受け取ったクーポン",
            },
        ),
        migrations.CreateModel(
            name="CouponCount",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "coupon", "account", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("used", models.IntegerField()),
                ("day", models.DateField()),
                ("on_day", models.IntegerField()),
                (
                    "account",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="wallet.account",
                    ),
                ),
                (
                    "coupon",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="wallet.coupon",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CouponUse",
            fields=[
                ("id", models.UUIDField(default=kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("discount", models.BigIntegerField(verbose_name="割引額")),
                ("returned", models.BigIntegerField(default=0, verbose_name="戻った額")),
                ("day", models.DateField(verbose_name="利用日")),
                ("at", models.DateTimeField(verbose_name="日時")),
                ("given_back_at", models.DateTimeField(null=True, verbose_name="返却日時")),
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
                    "claim",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="wallet.couponclaim",
                    ),
                ),
                (
                    "coupon",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="uses",
                        to="wallet.coupon",
                    ),
                ),
                (
                    "payment",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="coupon_uses",
                        to="wallet.payment",
                    ),
                ),
            ],
            options={
                "verbose_name": "クーポンの利用",
                "verbose_name_plural": "クーポンの利用",
            },
        ),
        migrations.AddConstraint(
            model_name="coupon",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("title", ""), _negated=True), models.Q(("title_en", ""), _negated=True)),
                name="coupon_named",
            ),
        ),
        migrations.AddConstraint(
            model_name="coupon",
            constraint=models.CheckConstraint(
                condition=models.Q(("starts_at__lt", models.F("ends_at"))), name="coupon_period"
            ),
        ),
        migrations.AddConstraint(
            model_name="coupon",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("taken__gte", 0),
                    models.Q(
                        models.Q(("stock__isnull", True), ("taken", 0)),
                        models.Q(("stock__gte", 1), ("taken__lte", models.F("stock"))),
                        _connector="OR",
                    ),
                ),
                name="coupon_stock_never_passed",
            ),
        ),
        migrations.AddConstraint(
            model_name="coupon",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("campaign__isnull", False), ("organisation_id__isnull", True)),
                    models.Q(("campaign__isnull", True), ("organisation_id__isnull", False)),
                    _connector="OR",
                ),
                name="coupon_has_one_purse",
            ),
        ),
        migrations.AddConstraint(
            model_name="couponclaim",
            constraint=models.UniqueConstraint(
                fields=("coupon", "account", "source_id"), name="coupon_claim_once_a_source"
            ),
        ),
        migrations.AddConstraint(
            model_name="couponclaim",
            constraint=models.CheckConstraint(
                condition=models.Q(("source__in", ["own", "city", "stamps", "referral"])), name="coupon_claim_source"
            ),
        ),
        migrations.AddConstraint(
            model_name="couponclaim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("payment__isnull", True), ("used_at__isnull", True)),
                    models.Q(("payment__isnull", False), ("revoked_at__isnull", True), ("used_at__isnull", False)),
                    _connector="OR",
                ),
                name="coupon_claim_used_by_a_payment",
            ),
        ),
        migrations.AddConstraint(
            model_name="couponcount",
            constraint=models.CheckConstraint(
                condition=models.Q(("on_day__gte", 0), ("used__gte", models.F("on_day"))), name="coupon_count"
            ),
        ),
        migrations.AddConstraint(
            model_name="couponuse",
            constraint=models.UniqueConstraint(fields=("payment", "coupon"), name="coupon_use_once_a_payment"),
        ),
        migrations.AddConstraint(
            model_name="couponuse",
            constraint=models.CheckConstraint(
                condition=models.Q(("discount__gt", 0), ("returned__gte", 0), ("returned__lte", models.F("discount"))),
                name="coupon_use_amounts",
            ),
        ),
        migrations.RunSQL((SQL / "coupons.sql").read_text(), (SQL / "coupons_undone.sql").read_text()),
        migrations.RunSQL(_pay(), _pay_before()),
    ]
