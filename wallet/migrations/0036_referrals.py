"""Referrals."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

import kernel.ids

SQL = Path(__file__).with_name("sql")


class Migration(migrations.Migration):
    dependencies = [
        ("wallet", "0035_stamps_and_rewards"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReferralCampaign",
            fields=[
                ("id", models.UUIDField(default=kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("title", models.CharField(max_length=60, verbose_name="紹介の名前")),
                ("title_en", models.CharField(max_length=60, verbose_name="英語の名前")),
                ("rule", models.JSONField(verbose_name="決まり")),
                ("starts_at", models.DateTimeField(verbose_name="開始日時")),
                ("ends_at", models.DateTimeField(db_index=True, verbose_name="終了日時")),
                ("stock", models.IntegerField(null=True, verbose_name="組数")),
                ("rewarded", models.IntegerField(default=0, verbose_name="特典を渡した組")),
                ("paused_at", models.DateTimeField(null=True, verbose_name="停止日時")),
                ("created_at", models.DateTimeField(verbose_name="作成日時")),
                ("created_by", models.UUIDField()),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="referral_campaigns",
                        to="wallet.campaign",
                    ),
                ),
            ],
            options={
                "verbose_name": "紹介キャンペーン",
                "verbose_name_plural": "紹介キャンペーン",
            },
        ),
        migrations.CreateModel(
            name="ReferralLink",
            fields=[
                ("id", models.UUIDField(default=kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("hash", models.BinaryField(unique=True)),
                ("said", models.BinaryField(default=b"")),
                ("created_at", models.DateTimeField()),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="wallet.account"
                    ),
                ),
                (
                    "referral_campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="links", to="wallet.referralcampaign"
                    ),
                ),
            ],
            options={
                "verbose_name": "紹介のリンク",
                "verbose_name_plural": "紹介のリンク",
            },
        ),
        migrations.CreateModel(
            name="Referral",
            fields=[
                ("id", models.UUIDField(default=kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("entered_at", models.DateTimeField(verbose_name="日時")),
                ("pay_until", models.DateTimeField(verbose_name="支払いの期限")),
                ("earned_at", models.DateTimeField(null=True)),
                ("undone_at", models.DateTimeField(null=True)),
                (
                    "newcomer",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="wallet.account"
                    ),
                ),
                (
                    "payment",
                    models.OneToOneField(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="wallet.payment",
                    ),
                ),
                (
                    "link",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="referrals", to="wallet.referrallink"
                    ),
                ),
            ],
            options={
                "verbose_name": "紹介",
                "verbose_name_plural": "紹介",
            },
        ),
        migrations.CreateModel(
            name="ReferralRefusal",
            fields=[
                ("id", models.UUIDField(default=kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("why", models.CharField(db_collation="C", max_length=16, verbose_name="理由")),
                ("at", models.DateTimeField(verbose_name="日時")),
                (
                    "link",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="refusals", to="wallet.referrallink"
                    ),
                ),
            ],
            options={
                "verbose_name": "受け付けなかった紹介",
                "verbose_name_plural": "受け付けなかった紹介",
            },
        ),
        migrations.AddConstraint(
            model_name="referralcampaign",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("title", ""), _negated=True), models.Q(("title_en", ""), _negated=True)),
                name="referral_campaign_named",
            ),
        ),
        migrations.AddConstraint(
            model_name="referralcampaign",
            constraint=models.CheckConstraint(
                condition=models.Q(("starts_at__lt", models.F("ends_at"))), name="referral_campaign_period"
            ),
        ),
        migrations.AddConstraint(
            model_name="referralcampaign",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("rewarded__gte", 0),
                    models.Q(
                        ("stock__isnull", True),
                        models.Q(("rewarded__lte", models.F("stock")), ("stock__gte", 1)),
                        _connector="OR",
                    ),
                ),
                name="referral_campaign_stock_never_passed",
            ),
        ),
        migrations.AddConstraint(
            model_name="referrallink",
            constraint=models.UniqueConstraint(
                fields=("referral_campaign", "account"), name="referral_link_once_a_campaign"
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=models.Q(("pay_until__gt", models.F("entered_at"))), name="referral_in_time"
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("earned_at__isnull", True), ("payment__isnull", True), ("undone_at__isnull", True)),
                    models.Q(("earned_at__isnull", False), ("payment__isnull", False)),
                    _connector="OR",
                ),
                name="referral_earned_by_a_payment",
            ),
        ),
        migrations.AddConstraint(
            model_name="referralrefusal",
            constraint=models.CheckConstraint(
                condition=models.Q(("why__in", ["oneself", "ring", "same_phone", "too_many"])),
                name="referral_refusal_why",
            ),
        ),
        migrations.RunSQL((SQL / "referrals.sql").read_text(), migrations.RunSQL.noop),
    ]
