"""Campaigns and their budgets."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

import kernel.ids

SQL = Path(__file__).with_name("sql")


class Migration(migrations.Migration):
    dependencies = [
        ("wallet", "0016_more_sources"),
    ]

    operations = [
        migrations.CreateModel(
            name="Campaign",
            fields=[
                ("id", models.UUIDField(default=kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=60, verbose_name="事業の名前")),
                ("opened_at", models.DateTimeField(verbose_name="開始日時")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="終了日時")),
                (
                    "account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="campaign", to="wallet.account"
                    ),
                ),
            ],
            options={
                "verbose_name": "キャンペーン",
                "verbose_name_plural": "キャンペーン",
            },
        ),
        migrations.CreateModel(
            name="CampaignFunding",
            fields=[
                ("id", models.UUIDField(default=kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("amount", models.BigIntegerField(verbose_name="金額")),
                ("is_return", models.BooleanField(default=False, verbose_name="戻し")),
                ("why", models.CharField(max_length=200, verbose_name="理由")),
                ("at", models.DateTimeField(verbose_name="日時")),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="fundings", to="wallet.campaign"
                    ),
                ),
                (
                    "journal",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="wallet.journal"
                    ),
                ),
            ],
            options={
                "verbose_name": "予算の増減",
                "verbose_name_plural": "予算の増減",
            },
        ),
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="campaign_named"),
        ),
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("closed_at__isnull", True), ("closed_at__gte", models.F("opened_at")), _connector="OR"
                ),
                name="campaign_closed_after_opened",
            ),
        ),
        migrations.AddConstraint(
            model_name="campaignfunding",
            constraint=models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="campaign_funding_amount"),
        ),
        migrations.RunSQL((SQL / "campaigns.sql").read_text(), migrations.RunSQL.noop),
    ]
